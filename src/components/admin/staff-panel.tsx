import { resetPasswordAction } from "@/app/admin/staff-actions";
import { translator } from "@/lib/i18n/messages";
import { ConfirmButton } from "./confirm-button";
import { Panel } from "./panel";
import type { Place } from "./place";
import type { Row } from "./register";

/** A new first password for somebody who forgot theirs. */
export function StaffPanel({ place, row, writable }: { place: Place; row: Row; writable: boolean }) {
  if (!writable || row.active !== true || row.id === place.staff.id) return null;
  const t = translator(place.locale, "admin");
  return (
    <Panel id="password" title={t("password.panel")}>
      <p className="text-ink-soft">{t("password.hint")}</p>
      <ConfirmButton action={resetPasswordAction.bind(null, { username: String(row.username), ...(place.hall ? { hall: place.hall.code } : {}) })}
        texts={{ open: t("password.reset"), title: t("password.confirmTitle", { name: String(row.name) }), description: t("password.confirmText"), confirm: t("password.reset"), cancel: t("form.cancel"), close: t("form.close"), copy: t("form.copy"), copied: t("form.copied"), done: t("form.done") }} />
    </Panel>
  );
}
