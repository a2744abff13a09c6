import { redirect } from "next/navigation";
import { publicOrigin, setVisitorCookie, visitorForAction } from "@/components/citizen/visitor";
import { beginSignIn, platformOffered } from "@/lib/citizens/platform/commands";
import { log } from "@/lib/env/log";

export const dynamic = "force-dynamic";

/** Leads to the platform's sign-in (统一身份认证); a link and no form, since forms may lead to ourselves only. */
export async function GET(): Promise<never> {
  if (!platformOffered()) redirect("/my");
  await visitorForAction();
  const begun = await beginSignIn(`${await publicOrigin()}/my/sign-in/callback`, "/my", false).catch((error: unknown) => {
    log().warn({ err: error }, "the platform's sign-in cannot be reached");
    return undefined;
  });
  if (!begun) redirect("/my?refused=platform_refused");
  await setVisitorCookie("platform", begun.attempt, begun.seconds);
  redirect(begun.url);
}
