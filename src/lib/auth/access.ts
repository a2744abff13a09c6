/**
 * Who may enter where: the one table of every API route, live event, page and server action. A route or page without a
 * row does not compile or fails tests/integration/access.test.ts.
 */
import { HALL_ROLES, type Principal, type Role, STAFF_ROLES } from "./model";

/**
 * hall: in the own hall only (regional and platform roles in theirs) · window: also at the window that the caller holds ·
 * holder: whoever has the unguessable link · self: only about the caller · open: nothing to protect.
 */
export type Scope = "open" | "hall" | "window" | "holder" | "self";

interface Access {
  roles: readonly Role[] | "all";
  scope: Scope;
}

const ADMINS = ["hall_admin", "region_admin", "system_admin"] as const satisfies readonly Role[];
const WINDOW = ["clerk", "chief", "hall_admin"] as const satisfies readonly Role[];
const FLOOR = ["guide", "clerk", "chief", "hall_admin"] as const satisfies readonly Role[];
const READERS = [...FLOOR, "region_admin", "system_admin", "auditor"] as const satisfies readonly Role[];

/** Who sees how a hall is run, without the security administrators. */
const OVERSEERS = ["chief", ...ADMINS, "auditor"] as const satisfies readonly Role[];
const BACK_OFFICE = ["chief", ...ADMINS, "security_admin", "auditor"] as const satisfies readonly Role[];

const open: Access = { roles: "all", scope: "open" };
const at = (roles: readonly Role[], scope: Scope): Access => ({ roles, scope });

export const ACCESS = {
  "GET /health": open,
  "GET /openapi.json": open,
  "GET /docs": open,
  "GET /halls": open,
  "GET /halls/{hall}": open,
  "GET /halls/{hall}/items": open,
  "GET /items": open,
  "GET /items/{code}": open,
  "POST /halls/{hall}/items/import": at(ADMINS, "hall"),
  "GET /halls/{hall}/items/export": at(ADMINS, "hall"),
  "POST /halls/{hall}/items/{code}/reports": open,
  "GET /halls/{hall}/board": open,
  "POST /halls/{hall}/tickets": { roles: ["citizen", "device", ...FLOOR], scope: "hall" },
  "GET /tickets/{token}": { roles: "all", scope: "holder" },
  "POST /tickets/{token}/cancel": { roles: "all", scope: "holder" },
  "POST /tickets/{token}/return": { roles: "all", scope: "holder" },
  "POST /tickets/{token}/reminders": { roles: "all", scope: "holder" },
  // Whoever signs with the secret of a channel may report on its messages.
  "POST /halls/{hall}/messages/receipts": open,
  "GET /halls/{hall}/tickets": at(READERS, "hall"),
  "POST /halls/{hall}/tickets/{number}/return": at(FLOOR, "hall"),
  "POST /halls/{hall}/tickets/{number}/cancel": at(["guide", "chief", "hall_admin"], "hall"),
  "POST /halls/{hall}/tickets/{number}/transfer": at(["guide", "chief", "hall_admin"], "hall"),
  "POST /halls/{hall}/tickets/{number}/prioritise": at(["guide", "chief", "hall_admin"], "hall"),
  "POST /halls/{hall}/tickets/{number}/undo": at(["guide", "chief", "hall_admin"], "hall"),
  "GET /halls/{hall}/booking": open,
  "GET /halls/{hall}/slots": open,
  "POST /halls/{hall}/holds": { roles: ["citizen", "device", ...FLOOR], scope: "hall" },
  "POST /halls/{hall}/appointments": { roles: ["citizen", "device", ...FLOOR], scope: "hall" },
  "GET /halls/{hall}/appointments": at(READERS, "hall"),
  "POST /halls/{hall}/check-in": at(["device", ...FLOOR], "hall"),
  "GET /appointments/{token}": { roles: "all", scope: "holder" },
  "GET /appointments/{token}/calendar": { roles: "all", scope: "holder" },
  "POST /appointments/{token}/cancel": { roles: "all", scope: "holder" },
  "POST /appointments/{token}/reschedule": { roles: "all", scope: "holder" },
  "POST /appointments/{token}/check-in": { roles: "all", scope: "holder" },
  "POST /appointments/{token}/proposal": { roles: "all", scope: "holder" },
  "POST /appointments/{token}/appeal": { roles: "all", scope: "holder" },
  "GET /halls/{hall}/windows": at(READERS, "hall"),
  "GET /halls/{hall}/windows/{window}": at([...WINDOW, "region_admin", "system_admin", "auditor"], "window"),
  "POST /halls/{hall}/windows/{window}/open": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/pause": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/close": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/call-next": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/call": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/recall": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/start": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/finish": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/miss": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/hold": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/resume": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/transfer": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/undo": at(WINDOW, "window"),
  "POST /halls/{hall}/windows/{window}/move": at(["hall_admin", "system_admin"], "window"),
  "POST /halls/{hall}/windows/{window}/restore": at(["hall_admin", "system_admin"], "window"),
  "GET /halls/{hall}/plan": open,
  "GET /halls/{hall}/plan/{floor}/picture": open,
  "GET /halls/{hall}/days": open,
  "GET /halls/{hall}/overview": at(["chief", ...ADMINS, "auditor"], "hall"),
  "GET /halls/{hall}/day/preview": at(["hall_admin", "system_admin"], "hall"),
  "POST /halls/{hall}/day/close": at(["hall_admin"], "hall"),
  "GET /halls/{hall}/events": at(["auditor", "hall_admin", "system_admin"], "hall"),
  "POST /devices/pairings": open,
  "POST /devices/pair": open,
  "GET /devices/me": at(["device"], "self"),
  "POST /devices/me/heartbeat": at(["device"], "self"),
  "POST /devices/me/usage": at(["device"], "self"),
  "POST /devices/me/fault": at(["device"], "self"),
  "GET /me": at(STAFF_ROLES, "self"),
  "POST /me/password": at(STAFF_ROLES, "self"),

  "live connect": open,
  "live event": open,
  "live tick": open,

  "page /": open,
  "page /h/[hall]": open,
  "page /h/[hall]/packages": open,
  "page /h/[hall]/packages/[code]": open,
  "page /h/[hall]/lists/[list]": open,
  "page /h/[hall]/items/[code]": open,
  "page /h/[hall]/plan": open,
  "page /h/[hall]/hours": open,
  "page /h/[hall]/negative-list": open,
  "page /h/[hall]/shared-services": open,
  "page /t/[token]": { roles: "all", scope: "holder" },
  "page /m/[token]": { roles: "all", scope: "holder" },
  "page /m/[token]/save": { roles: "all", scope: "holder" },
  "page /a/[token]": { roles: "all", scope: "holder" },
  "page /h/[hall]/book": open,
  "page /my": { roles: "all", scope: "self" },
  "page /my/sign-in": open,
  "page /my/sign-in/callback": open,
  "page /offline": open,
  "page /kiosk": open,
  "page /board": open,
  "page /login": open,
  "page /login/password": at(STAFF_ROLES, "self"),
  "page /api/auth/[...nextauth]": open,
  "page /desk": at(WINDOW, "window"),
  "page /guide": at(["guide", "chief", "hall_admin"], "hall"),
  "page /admin": at(BACK_OFFICE, "hall"),
  "page /admin/events": at(["hall_admin", "system_admin", "auditor"], "hall"),
  "page /admin/plan": at(OVERSEERS, "hall"),
  "page /admin/tidal": at(OVERSEERS, "hall"),
  "page /admin/advice": at(OVERSEERS, "hall"),
  "page /admin/what-if": at(OVERSEERS, "hall"),
  "page /admin/advice/export": at(OVERSEERS, "hall"),
  "page /admin/coverage": at(OVERSEERS, "hall"),
  "page /admin/coverage/layout/[template]": at(["hall_admin", "system_admin"], "hall"),
  "page /admin/calendar": at(OVERSEERS, "hall"),
  "page /admin/signs": at(OVERSEERS, "hall"),
  "page /admin/message-report": at(OVERSEERS, "hall"),
  "page /admin/policy": at(OVERSEERS, "hall"),
  "page /admin/fairness": at(OVERSEERS, "hall"),
  "page /admin/estimates": at(OVERSEERS, "hall"),
  "action admin/policy/actions policyAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/policy/actions dropDraftAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/policy/actions draftFromVersionAction": at(["hall_admin", "system_admin"], "hall"),
  "page /admin/booking": at(OVERSEERS, "hall"),
  "page /admin/booking-report": at(OVERSEERS, "hall"),
  "action admin/booking/actions slotsAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/booking/actions copyWeekAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/booking/actions closureAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/booking/actions withdrawClosureAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/booking/actions stockEveryLineAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/booking/actions movesAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/booking/actions cancelBookingAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/booking/actions revealPersonAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/booking/actions assignDutyAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/booking/actions answerPauseAction": at(["hall_admin", "system_admin"], "hall"),
  "page /admin/pairing": at(["hall_admin", "system_admin"], "hall"),
  "page /admin/imports": at(["hall_admin", "system_admin"], "hall"),
  "page /admin/imports/template": at(["hall_admin", "system_admin"], "hall"),
  "page /admin/imports/[id]": at(["hall_admin", "system_admin"], "hall"),
  "page /admin/imports/[id]/rows": at(["hall_admin", "system_admin"], "hall"),
  "page /admin/residency": at(["hall_admin", "chief", "region_admin", "system_admin", "auditor"], "hall"),
  "page /admin/residency-applications/new": at(["chief", "hall_admin", "system_admin"], "hall"),
  "page /admin/residency-applications/record/[key]": at(["hall_admin", "chief", "region_admin", "system_admin", "auditor"], "hall"),
  "page /admin/[register]": at(BACK_OFFICE, "hall"),
  "page /admin/[register]/new": at(BACK_OFFICE, "hall"),
  "page /admin/[register]/record/[key]": at(BACK_OFFICE, "hall"),
  "page /admin/[register]/export": at(BACK_OFFICE, "hall"),

  "page /search": open,
  "page /h/[hall]/items/[code]/notice": open,
  "page /admin/guides/edit/[item]": at(["hall_admin", "system_admin"], "hall"),
  "page /admin/guides/law": at(["hall_admin", "system_admin"], "hall"),
  "page /admin/guides/compare/[item]": at(["hall_admin", "chief", "region_admin", "system_admin", "auditor"], "hall"),
  "page /admin/guides/levels/[item]": at(["hall_admin", "chief", "region_admin", "system_admin", "auditor"], "hall"),

  // Server actions: file under src/app without its ending, and the exported function.
  "action (public)/h/[hall]/book/actions holdAction": open,
  "action (public)/h/[hall]/book/actions bookAction": open,
  "action (public)/a/[token]/actions cancelAction": { roles: "all", scope: "holder" },
  "action (public)/a/[token]/actions moveAction": { roles: "all", scope: "holder" },
  "action (public)/a/[token]/actions answerAction": { roles: "all", scope: "holder" },
  "action (public)/a/[token]/actions arriveAction": { roles: "all", scope: "holder" },
  "action (public)/my/actions askCodeAction": open,
  "action (public)/my/actions enterCodeAction": open,
  "action (public)/my/actions signOutAction": { roles: "all", scope: "self" },
  "action (public)/my/actions forgetAction": { roles: "all", scope: "self" },
  "action (public)/my/actions appealAction": { roles: "all", scope: "self" },
  "action admin/[register]/actions saveAction": at(["hall_admin", "system_admin", "security_admin"], "hall"),
  "action admin/openings-actions saveWindowOpeningsAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/openings-actions saveOpeningsAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/message-actions sendAgainAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/message-actions sendTestAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/plan/actions savePlanAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/plan/actions savePictureAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/tidal/actions moveWindowAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/tidal/actions followAdviceAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/tidal/actions dismissAdviceAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/tidal/actions acknowledgeAlertAction": at(["chief", "hall_admin", "system_admin"], "hall"),
  "action admin/tidal/actions saveTidalRulesAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/what-if/actions startWhatIfAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/tidal/actions restoreWindowAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/coverage/actions makeLayoutAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/guides/actions saveDraftAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/guides/actions publishDraftAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/guides/actions discardDraftAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/guides/actions lawChangeAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/staff-actions resetPasswordAction": at(["hall_admin", "system_admin", "security_admin"], "hall"),
  "action admin/imports/actions uploadAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/imports/actions applyImportAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/imports/actions undoImportAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/imports/actions cancelImportAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/imports/actions continueImportAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/residency/actions publishNegativeListAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/residency-applications/actions applyAction": at(["chief", "hall_admin", "system_admin"], "hall"),
  "action admin/residency-applications/actions stepAction": at(["chief", "hall_admin", "system_admin"], "hall"),
  "action admin/pairing/actions createPairingAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/pairing/actions revokeDeviceAction": at(["hall_admin", "system_admin"], "hall"),
  "action admin/pairing/actions confirmPairingAction": at(["hall_admin", "system_admin"], "hall"),
} as const satisfies Record<string, Access>;

export type Entry = keyof typeof ACCESS;

export interface Place {
  hallId?: number;
  windowId?: number;
  /** Region code of the hall, for regional roles. */
  region?: string;
}

/**
 * May this principal use the entry at this place? Role first, then hall or region, then window for tokens bound to one.
 * That a person holds the window is decided under the hall's lock (windows/commands `windowOf`).
 */
export function mayEnter(entry: Entry, who: Principal, place: Place = {}): boolean {
  const { roles, scope }: Access = ACCESS[entry];
  if (roles !== "all" && !roles.includes(who.role)) return false;
  if (scope === "open" || scope === "self" || scope === "holder") return true;
  if (who.role === "citizen") return true;
  if (HALL_ROLES.includes(who.role)) {
    // A machine account of a hall role without a hall would see all halls: it sees none.
    if (who.hallId === undefined || who.hallId !== place.hallId) return false;
  } else if (who.role === "region_admin") {
    if (who.hallId !== undefined ? who.hallId !== place.hallId : !inRegion(who.region, place.region)) return false;
  } else if (who.hallId !== undefined && who.hallId !== place.hallId) return false;
  return !(who.kind === "token" && who.windowId !== undefined && place.windowId !== undefined && who.windowId !== place.windowId);
}

/** A region's code ends in zeros where it covers everything below it. */
export const inRegion = (region: string | undefined, code: string | undefined): boolean =>
  region !== undefined && code !== undefined && code.startsWith(region.replace(/(00)+$/, ""));
