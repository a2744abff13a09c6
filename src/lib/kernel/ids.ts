import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** 128 random bits, URL-safe, 22 characters (ASVS 11.5.1: a UUID does not count). */
export const randomToken = (bytes = 16): string => randomBytes(bytes).toString("base64url");

/** A link of a hall: its number and 128 random bits. */
export const hallToken = (hallId: number): string => `${hallId.toString(36)}-${randomToken()}`;

/** Hall of a link, so that one hall's data is asked only; undefined for what is no link. */
export function hallOfToken(token: string): number | undefined {
  const match = /^([0-9a-z]{1,6})-[A-Za-z0-9_-]{22}$/.exec(token);
  return match ? Number.parseInt(match[1]!, 36) : undefined;
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** Keyed hash for looking personal identifiers up without storing them. */
export const keyedHash = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("base64url");

export function sameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
