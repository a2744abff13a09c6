import { manyBookings, noteBooking, useProof } from "@/lib/auth/commands";
import { env } from "@/lib/env/env";
import { AppError } from "@/lib/kernel/errors";
import { makeChallenge, provenSeed } from "./proof";

/**
 * Before a visitor's booking: nothing is asked of most; an address with many bookings in a short time has to prove some
 * work. Answers what to call once the booking is made. 409 `proof_needed` with the challenge, `proof_wrong` for a bad one.
 */
export async function askProof(anonymous: boolean, address: string, proof: string | undefined): Promise<() => Promise<void>> {
  if (!anonymous) return async () => undefined;
  const { SECRET: secret } = env();
  const now = Math.floor(Date.now() / 1000);
  if (await manyBookings(address)) {
    if (proof === undefined) throw new AppError(409, "proof_needed", { details: { challenge: makeChallenge(secret, now) } });
    const seed = provenSeed(secret, proof, now);
    if (seed === undefined || !(await useProof(seed))) throw new AppError(409, "proof_wrong", { details: { challenge: makeChallenge(secret, now) } });
  }
  return () => noteBooking(address);
}
