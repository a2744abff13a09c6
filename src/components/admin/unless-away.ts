import { currentLocale } from "@/components/intl/server";
import { currentStaff } from "@/components/session";
import { asAppError } from "@/lib/db/faults";
import { translator } from "@/lib/i18n/messages";
import { AppError } from "@/lib/kernel/errors";
import { problemText } from "./problem-text";

/** Runs an action; a session that ended meanwhile or a database that is away gives a sentence for the form instead of an error page. */
export async function unlessAway<T>(work: () => Promise<T>): Promise<T | string> {
  const locale = await currentLocale();
  try {
    if (!(await currentStaff())) return translator(locale, "admin")("form.signInAgain");
    return await work();
  } catch (error) {
    const known = asAppError(error);
    if (known instanceof AppError && known.status === 503) return problemText(locale, known.code, known.options.details);
    throw error;
  }
}
