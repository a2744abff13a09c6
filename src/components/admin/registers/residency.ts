/** Registers of residency: applications, items with their place, the negative list, agreements, what is handed down or shared. */
import {
  type AgreementRow, type ApplicationRow, type ExemptionRow, type ItemChannelsRow, listAgreements, listApplications, listExemptions, listItemChannels, listNegative, listResidencyItems, listShared, listSinkCandidates, listSinks, listUnitChecks,
  type NegativeRow, type ResidencyItemRow, type SharedRow, type SinkCandidateRow, type SinkRow, type UnitCheckRow,
} from "@/lib/catalog/residency/data-admin";
import { takeReceived } from "@/lib/catalog/handed/commands";
import { listReceived, type ReceivedRow } from "@/lib/catalog/handed/data-admin";
import { type ReceivedInput, receivedInput } from "@/lib/catalog/handed/schema";
import { APPLICATION_KINDS, APPLICATION_STATES } from "@/lib/catalog/residency/model";
import { saveAgreement, saveExemption, saveItemPlace, saveNegative, saveShared, saveSink } from "@/lib/catalog/residency/register-commands";
import { type AgreementInput, agreementInput, type ExemptionInput, exemptionInput, type ItemPlaceInput, itemPlaceInput, type NegativeInput, negativeInput, type SharedInput, sharedInput, type SinkInput, sinkInput } from "@/lib/catalog/residency/schema";
import { ACTIVE, CODE, hallList, hallRegister, NAME, type Register } from "../register";
import { departmentChoices, fieldChoices, lineChoices, regionChoices, zoneChoices } from "./references";

const RESIDENCY = { values: ["resident", "leaving", "not_resident"], tones: { resident: "good", leaving: "warn", not_resident: "neutral" } } as const;
const STANDINGS = { values: ["resident", "negative", "exempt", "missing", "outside_rate"], tones: { resident: "good", negative: "info", exempt: "warn", missing: "bad", outside_rate: "neutral" } } as const;
const VALIDITY = { values: ["in_force", "review_due", "ending", "future", "lapsed", "withdrawn"], tones: { in_force: "good", review_due: "warn", ending: "warn", future: "info", lapsed: "bad", withdrawn: "neutral" } } as const;
const ITEM = { ...CODE, label: "itemCode", hint: "itemOfCatalog" } as const;
const SHOWN_NAME = { ...NAME, label: "itemName", required: false, form: false } as const;
const REGIONS = { key: "regions", kind: "tags", label: "partnerRegions", hint: "regionCodes", list: true, filter: true, choices: regionChoices } as const;
const INACTIVE = { ...ACTIVE, list: false, filter: false } as const;
const DEPARTMENT = { key: "department", kind: "choice", list: true, filter: true, choices: departmentChoices } as const;

/** Who applies for a unit; what becomes of it is decided on the application's own page. */
export const APPLICANTS = ["chief", "hall_admin", "system_admin"] as const;

export const applications: Register = { ...hallList<ApplicationRow>({
  key: "residency-applications",
  attributes: [
    { ...CODE, label: "applicationCode" },
    { key: "kind", kind: "choice", label: "applicationKind", list: true, filter: true, choices: { values: APPLICATION_KINDS } },
    { key: "state", kind: "choice", label: "applicationState", list: true, filter: true, choices: { values: APPLICATION_STATES, tones: { applied: "info", returned: "warn", reviewed: "info", placed: "info", opened: "good", left: "neutral", rejected: "bad", withdrawn: "neutral" } } },
    DEPARTMENT,
    { key: "items", kind: "number", label: "itemsCount", list: true },
    { key: "reason", kind: "text", list: true },
    { key: "wantedOn", kind: "date", list: true },
    { key: "appliedAt", kind: "datetime", list: true },
    { key: "doneAt", kind: "datetime", list: true },
  ],
  read: listApplications,
}), creators: APPLICANTS };

export const residencyItems: Register = {
  ...hallRegister<ResidencyItemRow, ItemPlaceInput>({
    key: "residency-items",
    attributes: [
      ITEM, SHOWN_NAME, { ...DEPARTMENT, form: false },
      { key: "standing", kind: "choice", list: true, filter: true, form: false, choices: STANDINGS },
      { key: "residency", kind: "choice", list: true, filter: true, form: false, choices: RESIDENCY },
      { key: "since", kind: "date", label: "residencySince", list: true, form: false },
      { key: "demandTotal", kind: "number", unit: "times", list: true, form: false },
      { key: "asked", kind: "number", form: false, unit: "times" }, { key: "refused", kind: "number", form: false, unit: "times" }, { key: "viewed", kind: "number", label: "guideViews", list: true, form: false, unit: "times" },
      { key: "category", kind: "choice", label: "itemCategory", filter: true, form: false, choices: { codes: "item_category" } },
      { key: "level", kind: "choice", label: "powerLevel", filter: true, form: false, choices: { codes: "level" } },
      { key: "mode", kind: "choice", label: "residencyMode", list: true, filter: true, form: false, choices: { codes: "residency_mode" } },
      { key: "intakeSystem", kind: "choice", list: true, filter: true, form: false, choices: { codes: "intake_system" } },
      { key: "zone", kind: "choice", list: true, form: false, choices: zoneChoices },
      { key: "place", kind: "text", label: "outsidePlace", hint: "outsidePlace", list: true, wide: true, maxLength: 200 },
      { key: "placeEn", kind: "text", label: "outsidePlaceEn", wide: true, maxLength: 200 },
      { key: "hours", kind: "text", label: "outsideHours", maxLength: 200 }, { key: "hoursEn", kind: "text", label: "outsideHoursEn", maxLength: 200 },
      { key: "phone", kind: "text", maxLength: 40 },
      { key: "demand", kind: "number", label: "manualDemand", hint: "manualDemand", unit: "times" },
      { key: "sinkField", kind: "choice", hint: "sinkField", filter: true, choices: { codes: "sink_field" } },
    ],
    schema: itemPlaceInput, read: listResidencyItems, save: saveItemPlace,
  }),
  creators: [],
};

export const negativeList = hallRegister<NegativeRow, NegativeInput>({
  key: "negative-list",
  attributes: [
    ITEM, SHOWN_NAME, { ...DEPARTMENT, form: false },
    { key: "level", kind: "choice", label: "powerLevel", list: true, filter: true, form: false, choices: { codes: "level" } },
    { key: "reason", kind: "choice", label: "exclusionReason", list: true, filter: true, required: true, choices: { codes: "exclusion_reason" } },
    { key: "basis", kind: "text", list: true, required: true, wide: true, maxLength: 400 },
    { key: "approver", kind: "text", list: true, required: true, maxLength: 200 },
    { key: "evidence", kind: "longtext", hint: "evidence", required: true, wide: true, maxLength: 1000 },
    { key: "fromOn", kind: "date", required: true }, { key: "validTo", kind: "date", list: true, required: true }, { key: "reviewOn", kind: "date", list: true, required: true },
    { key: "state", kind: "choice", label: "validity", list: true, filter: true, form: false, choices: VALIDITY },
    INACTIVE,
  ],
  schema: negativeInput, read: listNegative, save: saveNegative,
});

export const exemptions = hallRegister<ExemptionRow, ExemptionInput>({
  key: "exemptions",
  attributes: [
    CODE, { ...DEPARTMENT, hint: "exemptUnit" },
    { key: "reason", kind: "longtext", list: true, required: true, wide: true, maxLength: 1000 },
    { key: "approver", kind: "text", list: true, required: true, maxLength: 200 },
    { key: "evidence", kind: "longtext", wide: true, maxLength: 1000 },
    { key: "validTo", kind: "date", list: true, required: true }, { key: "reviewOn", kind: "date", list: true, required: true },
    { key: "state", kind: "choice", label: "validity", list: true, filter: true, form: false, choices: VALIDITY },
    INACTIVE,
  ],
  schema: exemptionInput, read: listExemptions, save: saveExemption,
});

export const agreements = hallRegister<AgreementRow, AgreementInput>({
  key: "agreements",
  attributes: [
    CODE, NAME,
    { key: "kind", kind: "choice", label: "agreementKind", list: true, filter: true, required: true, choices: { codes: "agreement_kind" } },
    { key: "partner", kind: "text", list: true, required: true, maxLength: 200 },
    { ...DEPARTMENT, hint: "agreementUnit" },
    { key: "items", kind: "tags", label: "agreementItems", hint: "agreementItems", wide: true },
    { key: "covers", kind: "number", label: "itemsCount", list: true, form: false },
    { ...REGIONS, list: false },
    { key: "mode", kind: "choice", label: "agreementMode", list: true, filter: true, required: true, choices: { codes: "agreement_mode" } },
    { key: "powers", kind: "longtext", label: "agreementPowers", wide: true, maxLength: 1000 },
    { key: "fromOn", kind: "date", required: true }, { key: "toOn", kind: "date", list: true, hint: "noEnd" },
    { key: "link", kind: "text", label: "fileLink", wide: true, maxLength: 400 },
    { key: "state", kind: "choice", label: "validity", list: true, filter: true, form: false, choices: VALIDITY },
    INACTIVE,
  ],
  schema: agreementInput, read: listAgreements, save: saveAgreement,
});

export const sinks = hallRegister<SinkRow, SinkInput>({
  key: "sinks",
  attributes: [
    CODE,
    { key: "item", kind: "text", label: "itemCode", hint: "itemOfCatalog", list: true, required: true, maxLength: 64 }, SHOWN_NAME,
    { key: "level", kind: "choice", label: "sinkLevel", list: true, filter: true, required: true, choices: { codes: "level" } },
    { ...REGIONS, label: "sinkRegions" },
    { key: "mode", kind: "choice", label: "sinkMode", hint: "sinkMode", list: true, filter: true, required: true, choices: { codes: "sink_mode" } },
    { key: "receiver", kind: "text", list: true, required: true, maxLength: 200 },
    { key: "fromOn", kind: "date", label: "sunkOn", list: true, required: true }, { key: "toOn", kind: "date", hint: "noEnd" },
    { key: "note", kind: "text", wide: true, maxLength: 400 },
    { key: "state", kind: "choice", label: "validity", list: true, filter: true, form: false, choices: { values: ["running", "future", "ended", "withdrawn"], tones: { running: "good", future: "info", ended: "neutral", withdrawn: "neutral" } } },
    INACTIVE,
  ],
  schema: sinkInput, read: listSinks, save: saveSink,
});

/** What halls above handed down to this one: taken into the own catalogue, or put out of use again, by its form (HN-7.1.2). */
export const received: Register = {
  ...hallRegister<ReceivedRow, ReceivedInput>({
    key: "received-items",
    attributes: [
      ITEM, SHOWN_NAME,
      { key: "state", kind: "choice", label: "receivedState", list: true, filter: true, form: false, choices: { values: ["offered", "taken", "newer_guide", "ended", "retired"], tones: { offered: "info", taken: "good", newer_guide: "warn", ended: "bad", retired: "neutral" } } },
      { key: "source", kind: "text", form: false }, { key: "sourceName", kind: "text", label: "source", list: true, form: false },
      { key: "mode", kind: "choice", label: "sinkMode", list: true, filter: true, form: false, choices: { codes: "sink_mode" } },
      { key: "receiver", kind: "text", form: false },
      { key: "fromOn", kind: "date", label: "sunkOn", list: true, form: false }, { key: "toOn", kind: "date", list: true, form: false },
      { key: "sourceGuide", kind: "number", list: true, form: false }, { key: "guide", kind: "number", label: "takenGuide", list: true, form: false },
      { key: "department", kind: "choice", required: true, choices: departmentChoices },
      { key: "field", kind: "choice", required: true, choices: fieldChoices },
      { key: "line", kind: "choice", hint: "receivedLine", choices: lineChoices },
      { ...ACTIVE, label: "receivedActive", hint: "receivedActive", list: false, filter: false },
    ],
    schema: receivedInput, read: listReceived, save: takeReceived,
  }),
  creators: [],
};

export const shared = hallRegister<SharedRow, SharedInput>({
  key: "shared-services",
  attributes: [
    ITEM, SHOWN_NAME,
    { key: "scope", kind: "choice", label: "shareScope", list: true, filter: true, required: true, choices: { codes: "share_scope" } },
    REGIONS,
    { key: "mode", kind: "choice", label: "shareMode", list: true, filter: true, required: true, choices: { codes: "share_mode" } },
    { key: "windows", kind: "tags", label: "shareWindows", hint: "windowCodes", list: true },
    ACTIVE,
  ],
  schema: sharedInput, read: listShared, save: saveShared,
});

export const sinkCandidates = hallList<SinkCandidateRow>({
  key: "sink-candidates",
  attributes: [
    ITEM, SHOWN_NAME, DEPARTMENT,
    { key: "sinkField", kind: "choice", list: true, filter: true, choices: { codes: "sink_field" } },
    { key: "popular", kind: "flag", list: true, filter: true },
    { key: "demandTotal", kind: "number", unit: "times", list: true },
  ],
  read: listSinkCandidates,
});

export const itemChannels = hallList<ItemChannelsRow>({
  key: "item-channels",
  attributes: [
    ITEM, SHOWN_NAME, DEPARTMENT,
    { key: "field", kind: "choice", list: true, filter: true, choices: fieldChoices },
    { key: "standings", kind: "choice", label: "channelStanding", list: true, across: "channel", choices: { values: ["open", "planned", "gap"], tones: { open: "good", planned: "info", gap: "bad" } } },
    { key: "gap", kind: "flag", label: "channelGap", filter: true },
    { key: "channels", kind: "choices", filter: true, choices: { codes: "channel" } },
    { key: "channelsPlanned", kind: "choices", filter: true, choices: { codes: "channel" } },
    { key: "gaps", kind: "choices", label: "channelGaps", filter: true, choices: { codes: "channel" } },
  ],
  read: listItemChannels,
});

export const unitChecks = hallList<UnitCheckRow>({
  key: "unit-checks",
  attributes: [
    CODE, NAME,
    { key: "openChecks", kind: "number", list: true, filter: false },
    { key: "functionsMerged", kind: "flag", list: true, filter: true }, { key: "movedIn", kind: "flag", list: true, filter: true }, { key: "itemsOnline", kind: "flag", list: true, filter: true },
    { key: "checksEvidence", kind: "longtext", list: true },
  ],
  read: listUnitChecks,
});

export const RESIDENCY_REGISTERS: readonly Register[] = [applications, residencyItems, negativeList, exemptions, agreements, sinks, received, shared, sinkCandidates, itemChannels, unitChecks];
