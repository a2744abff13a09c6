import { z } from "zod";
import { STAFF_ROLES } from "@/lib/auth/model";
import { flag, nameInput, optionalText } from "@/lib/kernel/input";

export const staffInput = z.object({
  username: z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9._-]{1,31}$/), name: nameInput, role: z.enum(STAFF_ROLES),
  department: optionalText, window: optionalText, active: flag,
});
export type StaffInput = z.output<typeof staffInput>;
