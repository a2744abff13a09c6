import { type FieldRow, listFields } from "@/lib/catalog/data-admin";
import { saveField } from "@/lib/catalog/commands";
import { type FieldInput, fieldInput } from "@/lib/catalog/schema";
import { ACTIVE, CODE, hallRegister, NAME, NAME_EN, SORT } from "../register";

export const fields = hallRegister<FieldRow, FieldInput>({
  key: "fields",
  attributes: [
    CODE, NAME, NAME_EN,
    { key: "icon", kind: "text", hint: "icon", format: "icon", initial: "file-text", required: true, maxLength: 40 },
    { key: "items", kind: "number", label: "itemCount", list: true, form: false },
    SORT, ACTIVE,
  ],
  schema: fieldInput, read: listFields, save: saveField,
});
