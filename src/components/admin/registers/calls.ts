import { type CallRow, listCalls } from "@/lib/queue/fairness/data-admin";
import { hallList, type Register } from "../register";

/** Every call with its reason: policy version, rule, the heads it was compared with, and who overrode the order and why. */
export const calls: Register = {
  title: (row) => String(row.number),
  ...hallList<CallRow>({
    key: "calls",
    attributes: [
      { key: "at", kind: "datetime", label: "calledAt", list: true },
      { key: "number", kind: "text", label: "ticketNumber", list: true },
      { key: "window", kind: "text", label: "callWindow", list: true },
      { key: "line", kind: "text", label: "callLine", list: true },
      { key: "class", kind: "text", label: "ticketClass", filter: false },
      { key: "order", kind: "choice", label: "callOrder", list: true, filter: true, choices: { values: ["own", "helping", "tidal", "targeted", "reserved", "by_number"], tones: { by_number: "warn" } } },
      { key: "rule", kind: "choice", label: "rankRule", list: true, filter: true, choices: { values: ["arrival", "credit", "returned", "transferred"] } },
      { key: "reason", kind: "text", label: "overrideReason", list: true },
      { key: "by", kind: "text", label: "calledBy", list: true },
      { key: "policy", kind: "number", label: "policyVersion", list: true },
      { key: "compared", kind: "tags", label: "comparedHeads", separator: "，", wide: true },
    ],
    read: listCalls,
  }),
};
