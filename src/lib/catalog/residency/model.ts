/** Residency of items in a hall (事项进驻): steps of an application, grounds for staying outside, the rate. Pure. */

export const APPLICATION_KINDS = ["enter", "change", "leave"] as const;
export type ApplicationKind = (typeof APPLICATION_KINDS)[number];

export const APPLICATION_STATES = ["applied", "returned", "reviewed", "placed", "opened", "left", "rejected", "withdrawn"] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

export type ItemResidency = "resident" | "not_resident" | "leaving";

interface ApplicationStep {
  from: readonly ApplicationState[];
  to: ApplicationState;
  event: string;
  /** Kinds of application that know this step; default all. */
  kinds?: readonly ApplicationKind[];
}

/** The residency procedure (GB/T 32169.2, HN-7.1.3) after its application: review, place, open or change, leave. */
export const APPLICATION_STEPS = {
  return: { from: ["applied"], to: "returned", event: "residency.returned" },
  resubmit: { from: ["returned"], to: "applied", event: "residency.resubmitted" },
  approve: { from: ["applied"], to: "reviewed", event: "residency.reviewed" },
  reject: { from: ["applied"], to: "rejected", event: "residency.rejected" },
  place: { from: ["reviewed", "placed"], to: "placed", event: "residency.placed", kinds: ["enter", "change"] },
  open: { from: ["placed"], to: "opened", event: "residency.opened", kinds: ["enter", "change"] },
  leave: { from: ["reviewed"], to: "left", event: "residency.left", kinds: ["leave"] },
  withdraw: { from: ["applied", "returned", "reviewed", "placed"], to: "withdrawn", event: "residency.withdrawn" },
} as const satisfies Record<string, ApplicationStep>;
export type ApplicationStepName = keyof typeof APPLICATION_STEPS;

export const CLOSED_STATES: readonly ApplicationState[] = ["opened", "left", "rejected", "withdrawn"];
export const isClosed = (state: ApplicationState): boolean => CLOSED_STATES.includes(state);

export function mayStep(step: ApplicationStepName, kind: ApplicationKind, state: ApplicationState): boolean {
  const { from, kinds }: ApplicationStep = APPLICATION_STEPS[step];
  return from.includes(state) && (kinds === undefined || kinds.includes(kind));
}

export const stepsFrom = (kind: ApplicationKind, state: ApplicationState): ApplicationStepName[] =>
  (Object.keys(APPLICATION_STEPS) as ApplicationStepName[]).filter((step) => mayStep(step, kind, state));

/** In which state an item must be, so that an application of this kind can begin for it. */
export const STARTS_FROM: Record<ApplicationKind, ItemResidency> = { enter: "not_resident", change: "resident", leave: "resident" };

/** What a step makes of the items of an application; undefined leaves them as they are. */
export function residencyAfter(kind: ApplicationKind, step: ApplicationStepName, from: ApplicationState): ItemResidency | undefined {
  if (kind === "enter" && step === "open") return "resident";
  if (kind !== "leave") return undefined;
  if (step === "approve") return "leaving";
  if (step === "leave") return "not_resident";
  return step === "withdraw" && from === "reviewed" ? "resident" : undefined;
}

/** What a lower hall may do with an item that was handed down (HN-7.2.5b). A mode that is not known here only helps. */
const SINK_POWERS: Readonly<Record<string, { accept: boolean; decide: boolean }>> = {
  entrusted: { accept: true, decide: false }, authorised: { accept: true, decide: true }, assisted: { accept: false, decide: false },
};
export const sinkPowers = (mode: string): { accept: boolean; decide: boolean } => SINK_POWERS[mode] ?? SINK_POWERS.assisted!;

export interface Standing {
  /** Items on application; value-added services are not among them. */
  eligible: number;
  resident: number;
  /** Outside and on the negative list in force. */
  negative: number;
  /** Outside under an exemption for want of room. */
  exempt: number;
  /** Outside without a ground. */
  missing: number;
}

export interface Rates {
  /** 进驻 ÷ (全部依申请 − 负面清单), in per cent; the one that thresholds are for. */
  rate: number | null;
  /** 进驻 ÷ 全部依申请 */
  gross: number | null;
  /** As `rate`, without what an exemption covers (JY-7.1.2d); absent when nothing is exempt. */
  exempted?: number | null;
}

/** Per cent with one decimal; rounded down, so that 94.96 does not reach 95. Null when there is nothing to divide by. */
export const percentOf = (part: number, whole: number): number | null => (whole > 0 ? Math.floor((part * 1000) / whole) / 10 : null);

/** Both denominators, the exemption beside them (domain.md 1.5). */
export function ratesOf({ eligible, resident, negative, exempt }: Standing): Rates {
  const rates: Rates = { rate: percentOf(resident, eligible - negative), gross: percentOf(resident, eligible) };
  return exempt > 0 ? { ...rates, exempted: percentOf(resident, eligible - negative - exempt) } : rates;
}

/** How many more items must come in to reach the threshold. */
export const itemsToTarget = ({ eligible, resident, negative }: Standing, target: number): number => Math.max(0, Math.ceil(((eligible - negative) * target) / 100) - resident);

export type RateVerdict = "met" | "below" | "exempt" | "none";

/** Below the threshold is a warning (宜), softened where the exemption explains it. */
export function verdictOf(rates: Rates, target: number | null): RateVerdict {
  if (target === null || rates.rate === null) return "none";
  if (rates.rate >= target) return "met";
  return rates.exempted !== undefined && (rates.exempted ?? 100) >= target ? "exempt" : "below";
}

export interface Admission {
  onApplication: boolean;
  residency: ItemResidency;
  /** False when intake is entrusted and no agreement in force says so. */
  agreed: boolean;
}
export type AdmissionRefusal = "item_not_on_application" | "item_not_here" | "agreement_lapsed";

/** May this item be queued for and accepted here (GD-3.1, JY-7.1.1b, HN-7.2.8)? The reason when not. */
export function admissionRefusal({ onApplication, residency, agreed }: Admission): AdmissionRefusal | undefined {
  if (!onApplication) return "item_not_on_application";
  if (residency === "not_resident") return "item_not_here";
  return agreed ? undefined : "agreement_lapsed";
}
