import { redirect } from "next/navigation";
import { publicOrigin, setVisitorCookie, visitorCookie, visitorForAction } from "@/components/citizen/visitor";
import { finishSignIn } from "@/lib/citizens/platform/commands";
import { database } from "@/lib/db/database";

export const dynamic = "force-dynamic";

/** The platform leads back: only the browser that began is signed in. */
export async function GET(request: Request): Promise<never> {
  await visitorForAction();
  const { pathname, search } = new URL(request.url);
  const result = await finishSignIn(database(), `${await publicOrigin()}${pathname}${search}`, await visitorCookie("platform"));
  await setVisitorCookie("platform", "", 0);
  if (!result.ok) redirect(`/my?refused=${result.code}`);
  await setVisitorCookie("citizen", result.value.sessionId, result.value.seconds);
  redirect(result.value.next);
}
