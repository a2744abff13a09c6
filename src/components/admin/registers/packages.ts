import { type CoverageRow, type DisclosureRow, listCoverage, listDisclosures, listPackages, type PackageRow } from "@/lib/catalog/packages/data-admin";
import { saveDisclosure, savePackage } from "@/lib/catalog/packages/commands";
import { type DisclosureInput, disclosureInput, type PackageInput, packageInput } from "@/lib/catalog/packages/schema";
import { ACTIVE, CODE, hallList, hallRegister, NAME, NAME_EN, SORT } from "../register";
import { departmentChoices, windowChoices } from "./references";

export const packages = hallRegister<PackageRow, PackageInput>({
  key: "packages",
  attributes: [
    CODE, NAME, NAME_EN,
    { key: "source", kind: "choice", label: "packageSource", list: true, filter: true, required: true, choices: { codes: "package_source" } },
    { key: "levels", kind: "choices", label: "packageLevels", list: true, filter: true, separator: " ", choices: { codes: "hall_level" } },
    { key: "category", kind: "choice", label: "packageCategory", list: true, filter: true, choices: { codes: "package_category" } },
    { key: "lead", kind: "choice", label: "packageLead", list: true, filter: true, choices: departmentChoices },
    { key: "items", kind: "tags", label: "packageItems", hint: "packageItems", separator: " ", wide: true },
    { key: "itemCount", kind: "number", label: "packageItemCount", list: true, form: false }, { key: "residentCount", kind: "number", label: "packageResidentCount", list: true, form: false },
    { key: "windows", kind: "choices", label: "packageWindows", separator: " ", choices: windowChoices },
    { key: "guide", kind: "longtext", label: "packageGuide", wide: true, maxLength: 4000 }, { key: "guideEn", kind: "longtext", label: "packageGuideEn", wide: true, maxLength: 8000 },
    { key: "batch", kind: "text", label: "packageBatch", maxLength: 60 }, { key: "system", kind: "text", label: "packageSystem", hint: "packageSystem", maxLength: 200 },
    { key: "daysBefore", kind: "number", unit: "workingDays" }, { key: "days", kind: "number", label: "daysNow", unit: "workingDays" }, { key: "materialsBefore", kind: "number" }, { key: "materials", kind: "number", label: "materialsNow" },
    { key: "visitsBefore", kind: "number" }, { key: "visits", kind: "number", label: "visitsNow" },
    SORT, ACTIVE,
  ],
  schema: packageInput as never, read: listPackages, save: savePackage,
});

/** 重点事项 of the hall's level against what is here (JY-7.1.3a). */
export const packageCoverage = hallList<CoverageRow>({
  key: "package-coverage",
  attributes: [
    CODE, NAME, { key: "source", kind: "choice", label: "packageSource", list: true, filter: true, choices: { codes: "package_source" } }, { key: "batch", kind: "text", label: "packageBatch", list: true },
    { key: "state", kind: "choice", label: "packageState", list: true, filter: true, choices: { values: ["ready", "incomplete", "missing"], tones: { ready: "good", incomplete: "warn", missing: "bad" } } },
    { key: "itemCount", kind: "number", label: "packageItemCount", list: true }, { key: "residentCount", kind: "number", label: "packageResidentCount", list: true }, { key: "outside", kind: "text", label: "packageOutside", list: true },
  ],
  read: listCoverage,
});

/** What the hall publishes (GD-5.4.1). */
export const disclosures = hallRegister<DisclosureRow, DisclosureInput>({
  key: "disclosures",
  attributes: [
    CODE, NAME, NAME_EN,
    { key: "department", kind: "choice", label: "disclosureOwner", list: true, filter: true, required: true, choices: departmentChoices },
    { key: "rule", kind: "text", label: "disclosureRule", list: true, required: true, wide: true, maxLength: 200 }, { key: "ruleEn", kind: "text", label: "disclosureRuleEn", wide: true, maxLength: 400 },
    { key: "reviewDays", kind: "number", unit: "days", required: true, initial: "90" }, { key: "reviewedOn", kind: "date", list: true },
    { key: "state", kind: "choice", label: "disclosureState", list: true, filter: true, form: false, choices: { values: ["current", "due", "off"], tones: { current: "good", due: "warn", off: "neutral" } } },
    { key: "channels", kind: "choices", label: "disclosureChannels", list: true, filter: true, separator: " ", choices: { codes: "disclosure_channel" } },
    { key: "link", kind: "text", label: "disclosureLink", hint: "disclosureLink", wide: true, maxLength: 300 }, SORT, ACTIVE,
  ],
  schema: disclosureInput as never, read: listDisclosures, save: saveDisclosure,
});
