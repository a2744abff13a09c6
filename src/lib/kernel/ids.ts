import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** 128 random bits, URL-safe, 22 characters (ASVS 11.5.1: a UUID does not count). */
export const randomToken = (bytes = 16): string => randomBytes(bytes).toString("base64url");

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** Keyed hash for looking personal identifiers up without storing them. */
export const keyedHash = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("base64url");

export function sameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
