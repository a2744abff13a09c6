import { type DepartmentRow, listDepartments } from "@/lib/catalog/data-admin";
import { saveDepartment } from "@/lib/catalog/commands";
import { type DepartmentInput, departmentInput } from "@/lib/catalog/schema";
import { ACTIVE, CODE, hallRegister, NAME, NAME_EN } from "../register";

export const departments = hallRegister<DepartmentRow, DepartmentInput>({
  key: "departments",
  attributes: [
    CODE, NAME, NAME_EN,
    { key: "shortName", kind: "text", list: true, maxLength: 40 },
    { key: "vertical", kind: "flag", list: true, filter: true, hint: "vertical" },
    { key: "items", kind: "number", label: "itemCount", list: true, form: false },
    ACTIVE,
  ],
  schema: departmentInput, read: listDepartments, save: saveDepartment,
});
