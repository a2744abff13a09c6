import { notFound } from "next/navigation";
import { DocumentEditor } from "@/components/admin/guide/document-editor";
import { GUIDE_WRITERS } from "@/components/admin/guide/roles";
import type { Entry } from "@/components/admin/guide/spec";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, param, type SearchParams } from "@/components/admin/place";
import { ClientMessages } from "@/components/intl/client-messages";
import { codeTables } from "@/lib/catalog/codes/data";
import { CODED, emptyDocument } from "@/lib/catalog/document";
import { checkDocument } from "@/lib/catalog/guide/check";
import { currentGuide, guideVersion } from "@/lib/catalog/guide/data";
import { guideItem } from "@/lib/catalog/guide/data-admin";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { MESSAGES, translator } from "@/lib/i18n/messages";
import { discardDraftAction, publishDraftAction, saveDraftAction } from "../../actions";

interface Props {
  params: Promise<{ item: string }>;
  searchParams: Promise<SearchParams>;
}

/** Editor of an item's draft; a new draft starts from the version named in the address, else from the valid one. */
export default async function EditGuidePage({ params, searchParams }: Props) {
  const code = decodeURIComponent((await params).item);
  const search = await searchParams;
  const path = `/admin/guides/edit/${encodeURIComponent(code)}`;
  const place = await openPlace(GUIDE_WRITERS, path, search);
  if (!place.hall) return <HallChoice place={place} path={path} />;
  const db = database();
  const { hall, locale } = place;
  const item = await guideItem(db, hall.id, code);
  if (!item) notFound();
  const [draft, valid] = await Promise.all([guideVersion(db, hall.id, code, "draft"), currentGuide(db, hall.id, code)]);
  const from = Number(param(search, "from"));
  const base = draft ?? (Number.isInteger(from) && from > 0 ? await guideVersion(db, hall.id, code, from) : valid);
  const document = base?.document ?? emptyDocument();
  const tables = await codeTables(db, [...new Set([...Object.values(CODED), "channel"])]);
  const known = new Map([...tables].map(([table, entries]) => [table, new Set(entries.map((entry) => entry.code))]));
  const codes = Object.fromEntries([...tables].map(([table, entries]) => [table, entries.filter((entry) => entry.active).map((entry) => ({ code: entry.code, name: localName(locale, entry) }))]));
  const admin = translator(locale, "admin");
  const t = translator(locale, "catalog");
  const target = { hall: hall.code, item: code };
  return (
    <>
      <PageHead title={`${t("editor.title")} · ${localName(locale, item)}`} hall={localName(locale, hall)} intro={t("editor.intro")} back={{ href: adminHref(place, `/admin/items/record/${encodeURIComponent(code)}`), label: `${code} ${localName(locale, item)}` }} />
      <ClientMessages locale={locale} messages={{ catalog: MESSAGES[locale].catalog }}>
        <DocumentEditor document={document as unknown as Entry} fallback={(valid?.document ?? emptyDocument()) as unknown as Entry} note={draft?.note ?? ""} revision={draft?.revision ?? 0} today={item.today} codes={codes}
          findings={draft ? checkDocument(document, { item, known: (table, each) => known.get(table)?.has(each) ?? false }) : []} storedHref={adminHref(place, path)}
          actions={{ save: saveDraftAction.bind(null, target), publish: publishDraftAction.bind(null, target), discard: discardDraftAction.bind(null, target) }}
          texts={{ cancel: admin("form.cancel"), close: admin("form.close"), copy: admin("form.copy"), copied: admin("form.copied"), done: admin("form.close") }} />
      </ClientMessages>
    </>
  );
}
