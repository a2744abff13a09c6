import type { StaffRole } from "@/lib/auth/model";

/** Where a person starts to work after signing in. */
export function homeOf(role: StaffRole): "/desk" | "/guide" | "/admin" {
  if (role === "clerk" || role === "chief") return "/desk";
  return role === "guide" ? "/guide" : "/admin";
}

/** Only a path of this site; anything else could lead a person who has just signed in to a copy of the page. */
export const safePath = (path: unknown): string | undefined =>
  typeof path === "string" && /^\/(?![/\\])[^\s\\]*$/.test(path) && !path.startsWith("/login") ? path : undefined;
