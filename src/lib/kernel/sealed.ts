import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { keyedHash } from "./ids";

const VERSION = "s1";
const keys = new Map<string, Buffer>();

/** The key for personal data, derived from the installation's secret, so that it never equals the key of another purpose. */
function keyOf(secret: string): Buffer {
  const known = keys.get(secret);
  if (known) return known;
  const key = Buffer.from(hkdfSync("sha256", secret, "yiting", "personal data", 32));
  keys.set(secret, key);
  return key;
}

/**
 * Personal text as it may lie in the database: AES-256-GCM with a random nonce, `s1.<nonce>.<tag and cipher text>`. The
 * key is outside of the database. Look-up goes by `blindIndex`.
 */
export function seal(secret: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret), nonce);
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `${VERSION}.${nonce.toString("base64url")}.${Buffer.concat([cipher.getAuthTag(), body]).toString("base64url")}`;
}

/** The text again; throws when the secret is another one or the value was changed. */
export function unseal(secret: string, sealed: string): string {
  const [version, nonce, body] = sealed.split(".");
  if (version !== VERSION || !nonce || !body) throw new Error("not a sealed text");
  const bytes = Buffer.from(body, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyOf(secret), Buffer.from(nonce, "base64url"), { authTagLength: 16 });
  decipher.setAuthTag(bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString("utf8");
}

/** Keyed hash by which a phone or ID number is found again without being readable. */
export const blindIndex = (secret: string, kind: "phone" | "id", text: string): string => keyedHash(secret, kind === "id" ? text.trim().toUpperCase() : `${kind}:${text.trim()}`);
