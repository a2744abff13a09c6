import { createHash } from "node:crypto";
import { keyedHash, randomToken, sameSecret } from "@/lib/kernel/ids";

/**
 * Proof of work, asked for under suspicion only: many bookings from one address. A browser needs about a second and
 * nobody has to read a distorted picture (domain.md section 9); whoever cannot run scripts books by telephone or at the hall.
 */
export interface Challenge {
  seed: string;
  /** Leading zero bits of SHA-256(`seed.nonce`) that are asked for. */
  bits: number;
  /** Unix time in seconds until which it can be answered. */
  expires: number;
  signature: string;
}

const LIFE_SECONDS = 300;
const BITS = 17;

const sign = (secret: string, { seed, bits, expires }: Omit<Challenge, "signature">): string => keyedHash(secret, `proof|${seed}|${bits}|${expires}`);

export function makeChallenge(secret: string, nowSeconds: number, bits = BITS): Challenge {
  const open = { seed: randomToken(12), bits, expires: nowSeconds + LIFE_SECONDS };
  return { ...open, signature: sign(secret, open) };
}

/** `seed.bits.expires.signature.nonce` as the page sends it: ours, not expired, and solved. The caller lets each seed count once. */
export function provenSeed(secret: string, proof: string, nowSeconds: number): string | undefined {
  const [seed, bits, expires, signature, nonce] = proof.split(".");
  if (!seed || !bits || !expires || !signature || nonce === undefined || Number(expires) < nowSeconds) return undefined;
  if (!sameSecret(signature, sign(secret, { seed, bits: Number(bits), expires: Number(expires) }))) return undefined;
  return zeroBits(createHash("sha256").update(`${seed}.${nonce}`).digest()) >= Number(bits) ? seed : undefined;
}

function zeroBits(bytes: Buffer): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? bytes.length * 8 : first * 8 + Math.clz32(bytes[first]!) - 24;
}
