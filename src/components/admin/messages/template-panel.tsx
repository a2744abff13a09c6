import { sendTestAction } from "@/app/admin/message-actions";
import { toLocal } from "@/components/form/zoned-time";
import { SimpleTable } from "@/components/ui/simple-table";
import { database } from "@/lib/db/database";
import { type Locale, localName } from "@/lib/i18n/locale";
import { MESSAGES, translator } from "@/lib/i18n/messages";
import { stopText } from "@/lib/notify/commands";
import { templateHistory, type TemplateRow } from "@/lib/notify/data-admin";
import { COMMON, kindOf } from "@/lib/notify/model";
import { timeZoneOf } from "../choices";
import { ConfirmButton } from "../confirm-button";
import { Panel } from "../panel";
import type { Place } from "../place";
import type { Row } from "../register";
import { TemplatePreview } from "./template-preview";

const links = (locale: Locale) => ({ link: "https://…/b/…", stop: stopText(locale, "https://…/m/…") });

/** Beside the texts of a kind: how they will read while they are typed, a test to the log, earlier versions. */
export async function TemplatePanel({ place, row, writable }: { place: Place; row: Row; writable: boolean }) {
  if (!place.hall) return null;
  const { hall, locale } = place;
  const t = translator(locale, "admin");
  const { code: kind, text, textEn } = row as unknown as TemplateRow;
  const history = await templateHistory(database(), hall.id, kind);
  const known: readonly string[] = [...kindOf(kind).variables, ...COMMON];
  const ask = (language: "zh" | "en") => ({ open: t(`messages.test_${language}`), title: t("messages.testTitle"), description: t("messages.testText"), confirm: t("messages.testSend"), cancel: t("form.cancel"), close: t("form.close"), copy: t("form.copy"), copied: t("form.copied"), done: t("form.done") });
  return (
    <>
      <Panel id="preview" title={t("messages.preview")}>
        <p className="text-sm text-ink-soft">{t("messages.placeholders")}</p>
        <ul className="grid gap-x-6 sm:grid-cols-2">
          {known.map((name) => <li key={name}><code className="font-mono">{`{${name}}`}</code> {t(`messages.variables.${name}`)}{kindOf(kind).needed.includes(name) ? <span className="text-ink-soft">（{t("messages.needed")}）</span> : null}</li>)}
        </ul>
        <TemplatePreview kind={kind} first={{ text, textEn }} values={{ text: { ...MESSAGES.zh.outbox.samples, ...links("zh"), hall: hall.name }, textEn: { ...MESSAGES.en.outbox.samples, ...links("en"), hall: localName("en", hall) } }}
          texts={{ text: t("messages.inChinese"), textEn: t("messages.inEnglish"), segments: t("messages.segments", { length: "#", parts: "%" }), placeholder_unknown: t("messages.placeholder_unknown", { name: "#" }), placeholder_needed: t("messages.placeholder_needed", { name: "#" }), braces_open: t("messages.braces_open", { name: "#" }) }} />
        {writable ? <div className="flex flex-wrap gap-3">{(["zh", "en"] as const).map((language) => <ConfirmButton key={language} action={sendTestAction.bind(null, hall.code, kind, language)} texts={ask(language)} />)}</div> : null}
      </Panel>
      <Panel id="versions" title={t("messages.versions")}>
        <SimpleTable label={t("messages.versions")} empty={t("messages.noVersion")} columns={[{ label: t("messages.version") }, { label: t("messages.at") }, { label: t("messages.by") }, { label: t("fields.templateText") }]}
          rows={history.map((each) => ({ key: String(each.version), cells: [String(each.version), toLocal(each.publishedAt, timeZoneOf(place)).replace("T", " "), each.publishedBy, each.restored ? t("messages.restored") : each.text] }))} />
      </Panel>
    </>
  );
}
