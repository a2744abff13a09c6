import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { openPlace, param, type SearchParams } from "@/components/admin/place";
import { HALL_READERS } from "@/components/admin/register";
import { PrintButton } from "@/components/ui/print-button";
import { EmptyState } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { codeList } from "@/lib/regions/data-admin";
import { listWindows, type WindowRow } from "@/lib/windows/data-admin";

/** Signs of the windows to print, one a page: number, names in two languages, honours, chief representative (HN-5.5.4, HN-3.9). */
export default async function SignsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const place = await openPlace(HALL_READERS, "/admin/signs", params);
  if (!place.hall) return <HallChoice place={place} path="/admin/signs" />;
  const t = translator(place.locale, "floor");
  const code = param(params, "window");
  const [windows, honours, kinds] = await Promise.all([
    listWindows(database(), place.hall.id, { filters: { active: "true", ...(code ? { code } : {}) }, limit: 1_000 }), codeList(database(), "honour"), codeList(database(), "window_kind"),
  ]);
  const nameOf = (list: typeof honours, each: string) => list.find((entry) => entry.code === each)?.name ?? each;
  return (
    <>
      <div className="no-print"><PageHead title={t("signs.title")} hall={localName(place.locale, place.hall)} intro={t("signs.intro")}><PrintButton label={t("print")} /></PageHead></div>
      {windows.rows.length === 0 ? <EmptyState title={t("signs.empty")} /> : (
        <ul className="grid gap-4 lg:grid-cols-2 print:block">
          {windows.rows.map((window) => <Sign key={window.code} window={window} honours={window.honours.map((each) => nameOf(honours, each))} kinds={window.moreKinds.map((each) => nameOf(kinds, each))} chief={t("signs.chief")} />)}
        </ul>
      )}
    </>
  );
}

function Sign({ window, honours, kinds, chief }: { window: WindowRow; honours: readonly string[]; kinds: readonly string[]; chief: string }) {
  return (
    <li className="flex items-center gap-6 rounded-base border-2 border-brand bg-surface p-6 break-inside-avoid print:mb-4 print:min-h-[12cm] print:break-after-page">
      <span className="text-6xl font-bold text-brand tabular-nums">{window.code}</span>
      <span className="flex flex-col gap-1">
        <span className="text-3xl font-semibold">{window.name}</span>
        <span className="text-lg text-ink-soft" lang="en">{window.nameEn}</span>
        {kinds.length > 0 ? <span>{kinds.join("　")}</span> : null}
        {honours.length > 0 ? <span className="font-medium text-bad">★ {honours.join("　")}</span> : null}
        {window.chief ? <span className="text-ink-soft">{chief}：{window.chief}</span> : null}
      </span>
    </li>
  );
}
