import { useTranslations } from "use-intl";
import type { Overview } from "@/lib/queue/board/overview-schema";

/** Today's figures with units; an unknown one is a dash, never a zero. */
export function LiveFigures({ figures }: { figures: Overview["figures"] }) {
  const t = useTranslations("admin.live");
  const minutes = (value: number | undefined) => (value === undefined ? undefined : Math.round(value));
  const entries: { key: string; value: number | undefined; unit: string }[] = [
    { key: "issued", value: figures.issued, unit: t("people") },
    { key: "waiting", value: figures.waiting, unit: t("people") },
    { key: "active", value: figures.active, unit: t("people") },
    { key: "served", value: figures.served, unit: t("people") },
    { key: "meanWait", value: minutes(figures.meanWait), unit: t("minutes") },
    { key: "p90Wait", value: minutes(figures.p90Wait), unit: t("minutes") },
    { key: "missed", value: figures.called > 0 ? Math.round((figures.missed / figures.called) * 1000) / 10 : undefined, unit: "%" },
  ];
  return (
    <section aria-labelledby="figures">
      <h2 id="figures" className="sr-only">{t("figures")}</h2>
      <dl className="grid grid-cols-2 overflow-hidden rounded-base border border-line bg-surface sm:grid-cols-4 xl:grid-cols-7">
        {entries.map((entry) => (
          <div key={entry.key} className="-mr-px -mb-px flex flex-col justify-between border-r border-b border-line px-4 py-3">
            <dt className="text-sm text-ink-soft">{t(`figure.${entry.key}`)}</dt>
            <dd className="text-2xl font-semibold">{entry.value ?? "—"}{entry.value === undefined ? null : <span className="ml-1 text-sm font-normal text-ink-soft">{entry.unit}</span>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
