"use client";
import { TransferDialog } from "@/components/staff/transfer-dialog";
import type { HallDetail } from "@/lib/regions/schema";
import { waitingTotal } from "./actions";
import { CallDialog, CloseDialog, OutcomeDialog, PauseDialog } from "./dialogs";
import type { DeskControl } from "./use-desk";

/** The dialog that is open, if any; each sends one step and stays open with the reason when it is refused. */
export function DeskDialogs({ control, hall }: { control: DeskControl; hall: HallDetail | undefined }) {
  const { desk, dialog, dialogError: error, closeDialog: onClose, pending, path, send } = control;
  if (!desk || !dialog) return null;
  // Its own step is under way; an earlier one that is still to be answered does not hold it up.
  const frame = { error, onClose, busy: pending?.name.split(":")[0] === (dialog.name === "outcome" ? "finish" : dialog.name) };
  const number = desk.ticket?.number ?? "";
  switch (dialog.name) {
    case "outcome":
      return <OutcomeDialog {...frame} number={number} onFinish={(outcome) => void send("finish", `${path}/finish`, { outcome }, "finish", { number })} />;
    case "pause":
      return <PauseDialog {...frame} onPause={(reason) => void send("pause", `${path}/pause`, reason ? { reason } : {}, "pause")} />;
    case "close":
      return <CloseDialog {...frame} code={desk.window.code} waiting={waitingTotal(desk)} onConfirm={() => void send("close", `${path}/close`, undefined, "close")} />;
    case "call":
      return <CallDialog {...frame} number={dialog.number} onCall={(wanted, reason) => void send(`call:${wanted}`, `${path}/call`, { number: wanted, reason }, "call", { number: wanted })} />;
    case "transfer":
      return <TransferDialog {...frame} hall={desk.hall} detail={hall} number={number} line={desk.ticket?.line} window={desk.window.code} onTransfer={(target, name) => void send("transfer", `${path}/transfer`, target, "transfer", { number, name })} />;
  }
}
