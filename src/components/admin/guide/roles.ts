import type { StaffRole } from "@/lib/auth/model";

/** Who reads guides with their drafts and history, and who writes them. */
export const GUIDE_READERS = ["hall_admin", "chief", "region_admin", "system_admin", "auditor"] as const satisfies readonly StaffRole[];
export const GUIDE_WRITERS = ["hall_admin", "system_admin"] as const satisfies readonly StaffRole[];
