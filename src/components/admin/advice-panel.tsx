import { type ActionOutcome, ConfirmButton } from "@/components/admin/confirm-button";
import { Panel } from "@/components/admin/panel";
import type { Translate } from "@/lib/i18n/messages";
import type { Advice } from "@/lib/planner/model";

interface AdvicePanelProps {
  advice: readonly Advice[];
  /** Moves the window of a piece of advice; absent for who may only read. */
  follow?: (window: string, line: string) => Promise<ActionOutcome>;
  t: Translate;
  admin: Translate;
}

/** What would help at this moment, each with its reason; a move can be done from here and is kept in the record (JY-6.3c). */
export function AdvicePanel({ advice, follow, t, admin }: AdvicePanelProps) {
  const textOf = ({ kind, window, line, waiting, p90, idleMinutes }: Advice): string =>
    kind === "close" ? t("advice.close", { window, minutes: idleMinutes ?? 0 }) : t(p90 === undefined ? `advice.${kind}Unserved` : `advice.${kind}`, { window, line: line ?? "", waiting: waiting ?? 0, p90: p90 ?? 0 });
  return (
    <Panel id="advice" title={t("advice.now")}>
      {advice.length === 0 ? <p className="text-ink-soft">{t("advice.nothing")}</p> : (
        <ul className="flex flex-col gap-3">
          {advice.map((each) => (
            <li key={`${each.window}-${each.line}`} className="flex flex-wrap items-center justify-between gap-3 border-b border-line pb-3 last:border-0">
              <span>{textOf(each)}</span>
              {each.kind === "move" && each.line && follow ? (
                <ConfirmButton action={follow.bind(null, each.window, each.line)} texts={{
                  open: t("advice.follow"), title: t("advice.followTitle", { window: each.window }), description: textOf(each), confirm: t("advice.follow"), cancel: admin("form.cancel"), close: admin("form.close"), copy: admin("form.copy"), copied: admin("form.copied"), done: t("tidal.back"),
                }} />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
