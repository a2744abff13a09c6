/** Times of forms: what `datetime-local` holds is the hall's clock. Pure. */

const parts = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).format(at).replace(" ", "T");

/** `YYYY-MM-DDTHH:MM` of an instant on the hall's clock. */
export const toLocal = (instant: string, timeZone: string): string => parts(new Date(instant), timeZone);

/** The instant (ISO 8601, UTC) at which the hall's clock shows `local`; the text itself when it is no time, so that the schema refuses it. */
export function fromLocal(local: string, timeZone: string): string {
  const wanted = Date.parse(`${local}Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local) || Number.isNaN(wanted)) return local;
  // Twice, for the hours around a change of the clock.
  let guess = wanted;
  for (let round = 0; round < 2; round++) guess += wanted - Date.parse(`${parts(new Date(guess), timeZone)}Z`);
  return new Date(guess).toISOString();
}
