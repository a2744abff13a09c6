import Link from "next/link";
import { texts } from "@/components/intl/server";
import type { Words } from "@/lib/catalog/document";
import { CHOOSE, type Narrowed } from "@/lib/catalog/guide/model";
import type { Locale } from "@/lib/i18n/locale";
import { type Answers, answersBefore, answersQuery } from "./answers";

export const say = (locale: Locale, words: Words): string => (locale === "en" && words.en ? words.en : words.zh);

/** Questions one after the other; each answer is a link, so it works without scripts (BG-C03a). */
export async function Questions({ path, narrowed, answers }: { path: string; narrowed: Narrowed; answers: Answers }) {
  const { locale, t } = await texts("catalog");
  const { answered, open, situations } = narrowed;
  const question = (code: string, words: Words) => (code === CHOOSE ? t("public.chooseSituation") : say(locale, words));
  const chosen = open ? undefined : situations[0];
  if (answered.length === 0 && !open) return null;
  return (
    <section id="questions" aria-labelledby="questions-title" className="flex flex-col gap-3 rounded-base border border-brand bg-surface p-4">
      <h2 id="questions-title" className="text-xl font-semibold">{t("public.questionTitle")}</h2>
      {answered.length > 0 ? (
        <dl className="flex flex-col gap-1">
          {answered.map((each) => (
            <div key={each.question.code} className="flex flex-wrap items-center gap-x-3">
              <dt className="text-ink-soft">{question(each.question.code, each.question.text)}</dt>
              <dd className="font-medium">{say(locale, each.answer.text)} <Link scroll={false} href={`${path}${answersQuery(answersBefore(narrowed, each.question.code))}#questions`} className="inline-flex min-h-11 items-center px-2 font-normal" aria-label={`${t("public.changeAnswer")}：${question(each.question.code, each.question.text)}`}>{t("public.changeAnswer")}</Link></dd>
            </div>
          ))}
        </dl>
      ) : null}
      {open ? (
        <div role="group" aria-labelledby="question" className="flex flex-col gap-2">
          <p id="question" className="text-lg font-medium">{question(open.code, open.text)}</p>
          <ul className="flex flex-wrap gap-2">
            {open.answers.map((answer) => (
              <li key={answer.code}><Link scroll={false} href={`${path}${answersQuery({ ...answers, [open.code]: answer.code })}#questions`} className="inline-flex min-h-12 items-center rounded-base border border-line-strong bg-surface px-4 text-lg no-underline hover:bg-brand-soft">{say(locale, answer.text)}</Link></li>
            ))}
          </ul>
        </div>
      ) : null}
      {chosen ? <p className="text-lg" role="status">{t("public.yours")}：<strong>{say(locale, chosen.name)}</strong>{chosen.note.zh ? <span className="block text-base text-ink-soft">{say(locale, chosen.note)}</span> : null}</p> : null}
    </section>
  );
}
