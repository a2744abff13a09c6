"use client";
import { useTranslations } from "use-intl";
import { ActionButton } from "./action-button";
import { type ActionId, blockedBy, KEYS, recallSeconds, undoSeconds } from "./actions";
import type { DeskControl } from "./use-desk";

const GRID: readonly ActionId[] = ["recall", "miss", "hold", "transfer", "start", "finish", "outcome", "call"];

/** The secondary actions, always at the same place with their keys. */
export function ActionGrid({ control }: { control: DeskControl }) {
  const t = useTranslations("desk");
  const { desk, now, pending, act } = control;
  if (!desk) return null;
  const noteOf = (action: ActionId): string | undefined => {
    if (action !== "recall") return undefined;
    const seconds = recallSeconds(desk, now);
    if (desk.ticket?.state !== "called") return t("note.recallMax", { max: desk.calls.max });
    if (desk.ticket.calls >= desk.calls.max) return t("note.recallLimit", { max: desk.calls.max });
    return seconds > 0 ? t("note.recallSoon", { seconds }) : t("note.recall", { calls: desk.ticket.calls, max: desk.calls.max });
  };
  return (
    <div role="group" aria-label={t("actions")} className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      {GRID.map((action) => {
        const blocked = blockedBy(action, desk, now);
        return (
          <ActionButton
            key={action} label={t(`action.${action}`)} keyName={KEYS[action]} note={noteOf(action)} pending={pending?.name === action}
            blocked={blocked ? t(`blocked.${blocked.reason}`, blocked.values) : undefined} onPress={() => act(action)}
          />
        );
      })}
    </div>
  );
}

/** Takes the last step back; says which and how long it is possible. */
export function UndoButton({ control }: { control: DeskControl }) {
  const t = useTranslations("desk");
  const { desk, now, pending, act } = control;
  if (!desk) return null;
  const seconds = undoSeconds(desk, now);
  const blocked = blockedBy("undo", desk, now);
  const note = desk.undo && !blocked ? t("note.undo", { step: t(`undoStep.${desk.undo.type.replace("ticket.", "")}`), number: desk.undo.number, seconds }) : t("note.noUndo");
  return (
    <ActionButton
      label={t("action.undo")} keyName={KEYS.undo} note={note} pending={pending?.name === "undo"} className="w-44 shrink-0"
      blocked={blocked ? t(`blocked.${blocked.reason}`, blocked.values) : undefined} onPress={() => act("undo")}
    />
  );
}
