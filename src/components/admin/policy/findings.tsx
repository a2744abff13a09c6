"use client";
import { useLocale, useTranslations } from "use-intl";
import { Banner, StateChip } from "@/components/ui/state";
import { checkPolicy, guaranteeOf, type PolicyFacts } from "@/lib/queue/policy/check";
import { comparePolicies, type PolicyChange } from "@/lib/queue/policy/diff";
import type { PolicyDocument } from "@/lib/queue/policy/schema";
import { nameIn } from "./named";

/** What the policy promises to whom, in sentences. */
export function Promise({ policy, facts }: { policy: PolicyDocument; facts: PolicyFacts }) {
  const t = useTranslations("policy.promise");
  const locale = useLocale();
  const name = (code: string) => { const known = policy.classes.find((each) => each.code === code); return known ? nameIn(locale, known) : code; };
  const joint = locale === "en" ? ", " : "、";
  const normal = guaranteeOf(policy, facts);
  if (!normal) return <Banner tone="bad">{t("unbounded")}</Banner>;
  const most = [...normal.booked].sort((a, b) => b.tickets - a.tickets)[0];
  return (
    <div data-slot="promise" className="flex flex-col gap-2">
      {policy.classes.map((known) => {
        const promise = guaranteeOf(policy, facts, known.code)!;
        return <p key={known.code} className={known.code === "normal" ? "text-lg font-semibold" : "text-sm"}>{t(promise.minutes > 0 ? "normal" : "none", { class: name(known.code), minutes: promise.minutes })}</p>;
      })}
      {normal.overtakers.length > 0 ? <p className="text-sm text-ink-soft">{t("overtakers", { classes: normal.overtakers.map(name).join(joint) })}</p> : null}
      {most && most.tickets > 0 ? (
        <details className="text-sm">
          <summary className="min-h-6 cursor-pointer">{t("booked", { tickets: most.tickets, line: most.line })}</summary>
          <table className="mt-2"><thead><tr><th scope="col" className="pr-6 text-left font-medium">{t("line")}</th><th scope="col" className="text-right font-medium">{t("tickets")}</th></tr></thead>
            <tbody>{normal.booked.map((row) => <tr key={row.line}><th scope="row" className="pr-6 text-left font-normal">{row.line}</th><td className="text-right tabular-nums">{row.tickets}</td></tr>)}</tbody></table>
        </details>
      ) : null}
      {normal.apart.length > 0 ? <p className="text-sm text-ink-soft">{t("apart", { windows: normal.apart.join(" ") })}</p> : null}
    </div>
  );
}

/** What speaks against publishing, each with its example. */
export function Problems({ policy, facts }: { policy: PolicyDocument; facts: PolicyFacts }) {
  const t = useTranslations("policy");
  const problems = checkPolicy(policy, facts);
  const refused = problems.filter(({ severity }) => severity === "refused").length;
  return (
    <div data-slot="problems" className="flex flex-col gap-2">
      <p role="status" className="font-medium">{refused > 0 ? t("check.refused", { count: refused }) : problems.length > 0 ? t("check.warnings", { count: problems.length }) : t("check.good")}</p>
      <ul className="flex flex-col gap-2">
        {problems.map((problem, index) => (
          <li key={index} data-problem={problem.code} className="flex items-start gap-2 text-sm"><StateChip tone={problem.severity === "refused" ? "bad" : "warn"}>{t(`check.${problem.severity === "refused" ? "stop" : "look"}`)}</StateChip><span>{t(`problems.${problem.code}`, problem.values)}</span></li>
        ))}
      </ul>
    </div>
  );
}

/** Rule by rule: before and after. */
export function Changes({ before, after }: { before: PolicyDocument; after: PolicyDocument }) {
  const t = useTranslations("policy");
  const locale = useLocale();
  const changes = comparePolicies(before, after);
  if (changes.length === 0) return <p className="text-ink-soft">{t("changes.none")}</p>;
  const about = (code: string | undefined) => { const known = [...after.classes, ...before.classes].find((each) => each.code === code); return known ? nameIn(locale, known) : (code ?? ""); };
  // Words of the document that are choices have their own text; names and numbers are shown as they are.
  const value = (change: PolicyChange, text: string) => (text === "" ? t("nothing") : change.rule === "transfer.seniority" && text === "none" ? t("values.noSeniority") : /^[a-z_]+$/.test(text) && !change.rule.startsWith("class.name") && t.has(`values.${text}`) ? t(`values.${text}`) : text);
  return (
    <div role="region" aria-label={t("changes.title")} tabIndex={0} className="overflow-x-auto">
      <table data-slot="changes" className="w-full text-sm">
        <thead><tr className="border-b border-line-strong text-left">{(["rule", "about", "before", "after"] as const).map((key) => <th key={key} scope="col" className="py-1 pr-3 font-medium">{t(`changes.${key}`)}</th>)}</tr></thead>
        <tbody>{changes.map((change) => (
          <tr key={`${change.rule}/${change.about ?? ""}`} className="border-b border-line align-top last:border-0">
            <th scope="row" className="py-1 pr-3 text-left font-normal">{t(`rules.${change.rule}`)}</th><td className="py-1 pr-3">{about(change.about)}</td>
            <td className="py-1 pr-3 text-ink-soft">{value(change, change.before)}</td><td className="py-1 font-medium">{value(change, change.after)}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
