import { z } from "zod";
import { STAFF_ROLES } from "@/lib/auth/model";
import { clearable, codeInput, flag, nameInput, optionalText } from "@/lib/kernel/input";

export const staffInput = z.object({
  username: z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9._-]{1,31}$/), name: nameInput, role: z.enum(STAFF_ROLES),
  department: optionalText, window: optionalText, active: flag,
  /** Government level that the person works for, where a hall serves several (JY-5.2.3). */
  level: clearable(codeInput),
});
export type StaffInput = z.output<typeof staffInput>;
