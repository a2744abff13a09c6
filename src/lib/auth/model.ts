/** Who may be: people of the hall, machines with a token, visitors. Pure. */

export const STAFF_ROLES = ["guide", "clerk", "chief", "hall_admin", "region_admin", "system_admin", "security_admin", "auditor"] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export const ROLES = ["citizen", "device", ...STAFF_ROLES] as const;
export type Role = (typeof ROLES)[number];

/** Roles that belong to one hall; the others see a region or the whole platform. */
export const HALL_ROLES: readonly Role[] = ["device", "guide", "clerk", "chief", "hall_admin"];

interface Base {
  role: Role;
  /** What the ledger writes as actor: "staff:7", "token:3", "device:12", "public". */
  actor: string;
  /** The only hall it may act in; absent for regional and platform roles. */
  hallId?: number;
  /** Region whose halls it may see; absent = all (platform roles). */
  region?: string;
}

export interface StaffPrincipal extends Base {
  kind: "staff";
  id: number;
  username: string;
  name: string;
  role: StaffRole;
  hall?: { id: number; code: string; name: string; nameEn: string };
  mustChange: boolean;
  sessionId: string;
}

export interface TokenPrincipal extends Base {
  kind: "token";
  id: number;
  /** A clerk's token may be bound to one window. */
  windowId?: number;
}

export interface DevicePrincipal extends Base {
  kind: "device";
  id: number;
  deviceId: number;
  hallId: number;
  role: "device";
}

export interface PublicPrincipal extends Base {
  kind: "public";
  role: "citizen";
}

export type Principal = StaffPrincipal | TokenPrincipal | DevicePrincipal | PublicPrincipal;

export const PUBLIC: PublicPrincipal = { kind: "public", role: "citizen", actor: "public" };

/** Idle and absolute limits of a staff session in minutes (GB/T 22239 8.1.4.1b; ASVS 7.3). */
export const SESSION_LIMITS = { idle: 30, absolute: 12 * 60 } as const;
/** A desk that is at work all day keeps its session by working; a forgotten one ends after this. */
export const PASSWORD_RULES = { min: 10, max: 128, classes: 3, history: 5 } as const;

/** Character classes used: small, capital, digit, other. */
export const characterClasses = (password: string): number =>
  [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((pattern) => pattern.test(password)).length;
