import Link from "next/link";
import { notFound } from "next/navigation";
import { ConfirmButton } from "@/components/admin/confirm-button";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, param, type SearchParams } from "@/components/admin/place";
import { HALL_WRITERS } from "@/components/admin/register";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/field";
import { SimpleTable } from "@/components/ui/simple-table";
import { Banner } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { listZones } from "@/lib/regions/data-admin";
import { layoutPlan } from "@/lib/windows/layout/data";
import { makeLayoutAction } from "../../actions";

interface LayoutPageProps {
  params: Promise<{ template: string }>;
  searchParams: Promise<SearchParams>;
}

/** What a layout template would add to the hall, in a zone that is chosen first; then made in one step (BG-C03b, BG-C10d). */
export default async function LayoutPage({ params, searchParams }: LayoutPageProps) {
  const template = decodeURIComponent((await params).template);
  const search = await searchParams;
  const path = `/admin/coverage/layout/${encodeURIComponent(template)}`;
  const place = await openPlace(HALL_WRITERS, path, search);
  if (!place.hall) return <HallChoice place={place} path={path} />;
  const { hall, locale } = place;
  const zones = (await listZones(database(), hall.id, { filters: { active: "true" }, limit: 200 })).rows;
  const zone = zones.find(({ code }) => code === param(search, "zone")) ?? zones.find(({ kind }) => kind === "window") ?? zones[0];
  const plan = zone && (await layoutPlan(database(), hall.id, template, zone.code));
  const t = translator(locale, "floor");
  if (!plan) notFound();
  const admin = translator(locale, "admin");
  return (
    <>
      <PageHead title={localName(locale, plan)} hall={localName(locale, hall)} intro={t("layout.intro")} back={{ href: adminHref(place, "/admin/coverage"), label: t("coverage.title") }} />
      {plan.windows.length === 0 ? <Banner tone="good" title={t("coverage.meets")}><p><Link href={adminHref(place, "/admin/windows", { zone: zone.code })}>{t("layout.toWindows")}</Link></p></Banner> : (
        <>
          <form method="get" className="flex flex-wrap items-end gap-3">
            {place.choosing ? <input type="hidden" name="hall" value={hall.code} /> : null}
            <SelectField id="zone" name="zone" label={t("layout.zone")} defaultValue={zone.code}>{zones.map((each) => <option key={each.code} value={each.code}>{each.code} {localName(locale, each)}</option>)}</SelectField>
            <Button type="submit">{t("layout.preview")}</Button>
          </form>
          <section aria-labelledby="windows" className="flex flex-col gap-3">
            <h2 id="windows" className="text-lg font-semibold">{t("layout.windows", { count: plan.windows.length, zone: localName(locale, zone) })}</h2>
            <SimpleTable label={t("layout.windows", { count: plan.windows.length, zone: localName(locale, zone) })} empty="" columns={[{ label: t("coverage.window") }, { label: t("coverage.kind") }, { label: t("coverage.name") }]}
              rows={plan.windows.map((window) => ({ key: window.code, cells: [window.code, localName(locale, window), `${window.name} · ${window.nameEn}`] }))} />
            <ConfirmButton look="primary" action={makeLayoutAction.bind(null, hall.code, template, zone.code, plan.windows.map(({ code }) => code))}
              texts={{ open: t("layout.make"), title: t("layout.makeTitle", { count: plan.windows.length }), description: t("layout.makeText"), confirm: t("layout.make"), cancel: admin("form.cancel"), close: admin("form.close"), copy: admin("form.copy"), copied: admin("form.copied"), done: admin("form.done") }} />
          </section>
        </>
      )}
    </>
  );
}
