import { LawForm } from "@/components/admin/guide/law-form";
import { GUIDE_WRITERS } from "@/components/admin/guide/roles";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, type SearchParams } from "@/components/admin/place";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { lawChangeAction } from "../actions";

/** A law or policy changed: which guides rest on it? (BG-2.2.2) */
export default async function LawPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const place = await openPlace(GUIDE_WRITERS, "/admin/guides/law", await searchParams);
  if (!place.hall) return <HallChoice place={place} path="/admin/guides/law" />;
  const t = translator(place.locale, "catalog");
  const admin = translator(place.locale, "admin");
  return (
    <>
      <PageHead title={t("law.title")} hall={localName(place.locale, place.hall)} intro={t("law.intro")} back={{ href: adminHref(place, "/admin/guides"), label: admin("registers.guides.title") }} />
      <LawForm action={lawChangeAction.bind(null, place.hall.code)} listHref={adminHref(place, "/admin/guide-reports", { state: "open" })}
        texts={{ law: t("law.law"), note: t("law.note"), submit: t("law.submit"), done: t("law.done", { items: "{items}" }), none: t("law.none", { law: "{law}" }), open: t("law.open") }} />
    </>
  );
}
