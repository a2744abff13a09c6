import { database } from "@/lib/db/database";
import { AppError } from "@/lib/kernel/errors";
import { consume } from "@/lib/auth/commands";
import { changeHall } from "@/lib/ledger/commands";
import { recipientByToken } from "@/lib/notify/data";
import { STOPPABLE } from "@/lib/notify/model";
import { stopMessages } from "@/lib/notify/outbox/commands";

/** Saves which messages somebody wants: whoever has the link may; then back to the page, so that loading it again sends nothing. */
export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  try {
    await consume("anonymous_write", request.headers.get("x-client-address") ?? "unknown");
    const recipient = await recipientByToken(database(), token);
    if (!recipient) return new Response(null, { status: 404 });
    const form = await request.formData();
    const stopped = STOPPABLE.filter((group) => form.has("none") || !form.getAll("wanted").includes(group));
    const result = await changeHall(database(), { hall: { id: recipient.hallId, code: recipient.hall }, actor: "recipient" }, (ctx) => stopMessages(ctx, token, stopped));
    return new Response(null, { status: result.ok ? 303 : 404, headers: { Location: `/m/${token}?saved=1` } });
  } catch (error) {
    if (error instanceof AppError) return new Response(null, { status: error.status });
    throw error;
  }
}
