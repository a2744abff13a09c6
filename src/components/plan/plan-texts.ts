import type { Translate } from "@/lib/i18n/messages";
import type { PlanTexts } from "./plan-editor";

export const planTexts = (t: Translate): PlanTexts => ({
  drawing: t("plan.drawing"), add: t("plan.add"), shapes: t("plan.kindLabel"), none: t("plan.allPlaced"), undo: t("plan.undo"), remove: t("plan.remove"), save: t("plan.save"), saving: t("plan.saving"), saved: t("plan.saved"), leave: t("plan.leave"), keys: t("plan.keys"),
  corner: t("plan.corner", { number: "#" }), x: t("plan.x"), y: t("plan.y"), name: t("plan.name"), nameEn: t("plan.nameEn"), choose: t("plan.choose"),
  kind: { zone: t("plan.kind.zone"), window: t("plan.kind.window"), facility: t("plan.kind.facility"), label: t("plan.kind.label") },
});
