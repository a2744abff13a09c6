"use server";
import { createHash } from "node:crypto";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { readWho } from "@/components/citizen/book/read-who";
import { valuesOf, type WhoState } from "@/components/citizen/book/who";
import { bookPath, wishOf } from "@/components/citizen/book/wish";
import { type StepState, stepOf, type Visitor } from "@/components/citizen/visitor";
import { bookVisit, holdSeats } from "@/lib/appointments/book/commands";
import { countDemand } from "@/lib/appointments/book/data";
import { appointmentByToken } from "@/lib/appointments/book/rows";
import { cancelAppointment } from "@/lib/appointments/steps/commands";
import { askProof } from "@/lib/appointments/book/suspicion";
import { type BookInput, holdInput } from "@/lib/appointments/schema";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env/env";
import { refusalText, translator } from "@/lib/i18n/messages";
import { badInput } from "@/lib/kernel/errors";
import { changeHall } from "@/lib/ledger/commands";
import { hallRef } from "@/lib/regions/data";

/** Second step: keeps the chosen time while the form is filled; a time chosen before is given back. */
export async function holdAction(_state: StepState, form: FormData): Promise<StepState> {
  return stepOf<StepState>(async ({ locale, address }) => {
    const hall = await hallRef(String(form.get("hall")));
    const wish = wishOf(Object.fromEntries([...form].map(([name, value]) => [name, String(value)])));
    const [start, kind] = String(form.get("slot")).split("|");
    const input = holdInput.safeParse({ items: wish.items, start, kind, party: wish.party });
    if (!input.success) throw badInput("invalid_input");
    const proved = await askProof(true, address, textOf(form, "proof") || undefined);
    const result = await changeHall(database(), { hall, actor: "public" }, (ctx) => holdSeats(ctx, input.data));
    if (!result.ok) {
      await countRefused(hall.id, result.code, wish.items, input.data.start);
      // The times as they are now come with the answer.
      revalidatePath(`/h/${hall.code}/book`);
      return { problem: refusalText(locale, result.code, result.details) };
    }
    await proved();
    if (wish.hold) await giveBack(wish.hold);
    redirect(bookPath(hall.code, { ...wish, hold: result.value.token }));
  }, {});
}

/** A wish that met no free place is counted for the hall's demand (BG-4.2.2). */
async function countRefused(hallId: number, code: string, items: readonly string[], start: string): Promise<void> {
  if (code === "slot_full" || code === "slot_gone") await countDemand(database(), hallId, items, start, code === "slot_full" ? "full" : "outside_hours");
}

/** A hold of nobody, or one that ran out meanwhile, needs no giving back. */
async function giveBack(token: string): Promise<void> {
  const row = await appointmentByToken(database(), token).catch(() => undefined);
  if (row?.state !== "held") return;
  const { code } = await database().selectFrom("halls").select("code").where("id", "=", row.hall_id).executeTakeFirstOrThrow();
  await changeHall(database(), { hall: { id: row.hall_id, code }, actor: "public" }, (ctx) => cancelAppointment(ctx, row, { staff: false }));
}

/** Third and fourth step: checks what was typed, shows it, and books on confirmation. */
export async function bookAction(state: WhoState, form: FormData): Promise<WhoState> {
  const values = valuesOf(form);
  return stepOf<WhoState>(async (visitor) => {
    if (form.get("intent") === "edit") return { phase: "fill", values, errors: [] };
    const t = translator(visitor.locale, "book");
    const { citizen, locale } = visitor;
    const read = readWho(values, chosenOf(form), { channel: citizen?.via === "platform" ? "platform" : "web", locale, idNumber: citizen?.profile.idNumber, proof: textOf(form, "proof") || undefined }, t);
    if ("errors" in read) return { phase: "fill", values, errors: read.errors };
    if (form.get("intent") !== "confirm") return { phase: "check", values, errors: [] };
    return { phase: "check", values, errors: [], ...(await confirm(visitor, form, read.input)) };
  }, { phase: state.phase, errors: [], values });
}

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? "");

const chosenOf = (form: FormData) => ({
  hold: textOf(form, "chosen-hold"), items: textOf(form, "chosen-items").split(",").filter(Boolean), start: textOf(form, "chosen-start"), kind: textOf(form, "chosen-kind"), party: Number(textOf(form, "chosen-party")) || 1,
});

const GONE = new Set(["slot_full", "slot_gone", "slot_too_soon"]);

/** Books with the kept seat; when it is not kept any more, the same time while there is room. */
async function confirm({ address, locale, citizen }: Visitor, form: FormData, input: BookInput): Promise<Pick<WhoState, "problem" | "gone" | "challenge">> {
  const hall = await hallRef(textOf(form, "chosen-hall"));
  const { hold, ...chosen } = chosenOf(form);
  const book = (wish: BookInput) => {
    // A lost answer is asked for again with the same key and gives the first one; what was changed since then is another wish.
    const request = createHash("sha256").update(JSON.stringify(wish)).digest("base64url");
    return changeHall(database(), { hall, actor: "public", once: { key: `${textOf(form, "chosen-key").slice(0, 64)}.${request}`, request, scope: `public:${address}` } }, (ctx) => bookVisit(ctx, wish, { secret: env().SECRET, online: true, citizenId: citizen?.id }));
  };
  let result = await book({ ...input, hold });
  if (!result.ok && result.code === "hold_expired") {
    const proved = await askProof(true, address, input.proof);
    result = await book({ ...input, ...chosen, hold: undefined, kind: chosen.kind as BookInput["kind"] });
    if (result.ok) await proved();
    else await countRefused(hall.id, result.code, chosen.items, chosen.start);
  }
  if (result.ok) redirect(`/a/${result.value.token}?done=1`);
  return { problem: refusalText(locale, result.code, result.details), ...(GONE.has(result.code) ? { gone: true } : {}) };
}
