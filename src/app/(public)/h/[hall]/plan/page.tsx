import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { texts } from "@/components/intl/server";
import { PlanView } from "@/components/plan/plan-view";
import { PrintButton } from "@/components/ui/print-button";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { AppError } from "@/lib/kernel/errors";
import { boardOf } from "@/lib/queue/board/data";
import { hallDetail } from "@/lib/queue/hall/data";
import { hallRef } from "@/lib/regions/data";
import { codeList } from "@/lib/regions/data-admin";
import { hallPlan } from "@/lib/regions/plan/data";

interface Props {
  params: Promise<{ hall: string }>;
  searchParams: Promise<{ window?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("floor")).t("plan.publicTitle") };
}

/** The public plan of a hall (HN-5.5.3): where each window is, which are open now; `?window=` points one out. */
export default async function HallPlanPage({ params, searchParams }: Props) {
  const { locale, t } = await texts("floor");
  const { hall: code } = await params;
  const hall = await hallRef(code).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const marked = (await searchParams).window;
  const [detail, plan, board, facilities] = await Promise.all([hallDetail(database(), hall.code), hallPlan(database(), hall), boardOf(database(), hall), codeList(database(), "facility")]);
  const open = new Set(board.windows.filter((window) => window.state !== "closed").map((window) => window.code));
  const names = Object.fromEntries(facilities.map((facility) => [facility.code, localName(locale, facility)]));
  const target = detail.windows.find((window) => window.code === marked);
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <p><Link href={`/h/${hall.code}`}>{localName(locale, detail)}</Link></p>
          <h1 className="text-3xl font-semibold">{t("plan.publicTitle")}</h1>
        </div>
        <PrintButton label={t("print")} />
      </div>
      {target ? <p className="text-lg">{t("plan.marked", { window: target.code, name: localName(locale, target), floor: target.floor, zone: localName(locale, detail.zones.find((zone) => zone.code === target.zone) ?? { name: target.zone, nameEn: target.zone }) })}</p> : null}
      {plan.floors.length === 0 ? <p>{t("plan.empty")}</p> : plan.floors.map((floor) => (
        <section key={floor.floor} aria-labelledby={`floor-${floor.floor}`} className="break-inside-avoid">
          <h2 id={`floor-${floor.floor}`} className="mb-2 text-xl font-semibold">{t("plan.floor", { floor: floor.floor })}</h2>
          <PlanView floor={floor} locale={locale} facilities={names} open={open} {...(marked ? { marked: new Set([marked]) } : {})} label={t("plan.drawingOf", { floor: floor.floor })} />
          <details className="mt-2">
            <summary className="min-h-11 cursor-pointer py-2 font-medium">{t("plan.asList")}</summary>
            <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
              {floor.shapes.filter((shape) => shape.kind === "window").map((shape) => <li key={shape.code}><span className="font-medium">{shape.code}</span> {localName(locale, shape)} · {open.has(shape.code) ? t("plan.open") : t("plan.closed")}</li>)}
              {floor.shapes.filter((shape) => shape.kind === "facility").map((shape, index) => <li key={index}>{localName(locale, shape) || names[shape.code]}</li>)}
            </ul>
          </details>
        </section>
      ))}
    </div>
  );
}
