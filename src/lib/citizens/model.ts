/** Signing in as a visitor: how long a code and a session live. Pure. */

export const CODE = { digits: 6, minutes: 5, tries: 5 } as const;

/** Hours of a session on a phone of one's own, and anywhere else. */
export const SESSION_HOURS = { own: 30 * 24, shared: 12 } as const;

/** How far back one's own list goes, in days. */
export const LIST_DAYS = 90;

/** Half a year without signing in: what is known of the visitor is deleted. */
export const FORGET_DAYS = 183;

/** Whoever has signed in; the keys find their bookings, the profile fills forms. */
export interface Citizen {
  id: number;
  via: "phone" | "platform";
  phoneKey?: string;
  idKey?: string;
  profile: Profile;
}

/** What is known of them, sealed in the database. The ID number never goes to a browser. */
export interface Profile {
  name?: string;
  phone?: string;
  idNumber?: string;
}
