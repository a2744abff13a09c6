import Link from "next/link";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, param, type SearchParams } from "@/components/admin/place";
import { HALL_READERS, HALL_WRITERS } from "@/components/admin/register";
import { PictureForm } from "@/components/plan/picture-form";
import { PlanEditor } from "@/components/plan/plan-editor";
import { planTexts } from "@/components/plan/plan-texts";
import { PlanView } from "@/components/plan/plan-view";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { hallPlan } from "@/lib/regions/plan/data";
import { codeList, listZones } from "@/lib/regions/data-admin";
import { listWindows } from "@/lib/windows/data-admin";
import { savePictureAction, savePlanAction } from "./actions";

const MOST = 1_000;

/** The plan of a hall, floor by floor: drawn here, shown to the public, on boards and signs (HN-5.5.3). */
export default async function PlanPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const place = await openPlace(HALL_READERS, "/admin/plan", params);
  if (!place.hall) return <HallChoice place={place} path="/admin/plan" />;
  const { hall, locale } = place;
  const t = translator(locale, "floor");
  const [zones, windows, facilities, plan] = await Promise.all([
    listZones(database(), hall.id, { filters: { active: "true" }, limit: MOST }), listWindows(database(), hall.id, { filters: { active: "true" }, limit: MOST }), codeList(database(), "facility"), hallPlan(database(), hall),
  ]);
  const floors = [...new Set([...zones.rows.map((zone) => zone.floor), ...plan.floors.map((floor) => floor.floor)])].sort((a, b) => a - b);
  const wanted = Number(param(params, "floor") ?? floors[0]);
  const known = plan.floors.find((floor) => floor.floor === wanted);
  const floor = known ?? { floor: wanted, width: 1600, height: 900, version: 0, shapes: [] };
  // Names of zones and windows are the registers'; a plan keeps only their codes.
  const shapes = floor.shapes.map((shape) => (shape.kind === "zone" || shape.kind === "window" ? { ...shape, name: "", nameEn: "" } : shape));
  const here = new Map(zones.rows.map((zone) => [zone.code, zone.floor]));
  const choices = {
    zone: zones.rows.filter((zone) => zone.floor === wanted).map((zone) => ({ code: zone.code, name: localName(locale, zone) })),
    window: windows.rows.filter((window) => here.get(window.zone) === wanted).map((window) => ({ code: window.code, name: localName(locale, window) })),
    facility: facilities.map((facility) => ({ code: facility.code, name: localName(locale, facility) })),
  };
  return (
    <>
      <PageHead title={t("plan.title")} hall={localName(locale, hall)} intro={t("plan.intro")}><Link href={`/h/${hall.code}/plan`} className={buttonClass({ size: "small" })}>{t("plan.public")}</Link></PageHead>
      <nav aria-label={t("plan.floors")} className="flex flex-wrap gap-2">
        {floors.map((each) => <Link key={each} href={adminHref(place, "/admin/plan", { floor: String(each) })} aria-current={each === wanted ? "page" : undefined} className={buttonClass({ look: each === wanted ? "primary" : "secondary", size: "small" })}>{t("plan.floor", { floor: each })}</Link>)}
      </nav>
      {floors.length === 0 ? <EmptyState title={t("plan.noFloors")} /> : HALL_WRITERS.includes(place.staff.role) ? (
        <>
          <PlanEditor key={wanted} floor={{ ...floor, shapes }} choices={choices} texts={planTexts(t)} save={savePlanAction.bind(null, hall.code, wanted, { width: floor.width, height: floor.height })} />
          <PictureForm action={savePictureAction.bind(null, hall.code, wanted)} present={known?.picture !== undefined} texts={{ label: t("plan.picture"), hint: t("plan.pictureHint"), upload: t("plan.upload"), remove: t("plan.removePicture"), saved: t("plan.saved") }} />
        </>
      ) : known ? <PlanView floor={known} locale={locale} facilities={Object.fromEntries(facilities.map((facility) => [facility.code, localName(locale, facility)]))} label={t("plan.floor", { floor: wanted })} /> : <EmptyState title={t("plan.empty")} />}
    </>
  );
}
