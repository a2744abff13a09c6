import { describe, expect, it } from "vitest";
import { solve } from "@/components/citizen/book/proof";
import { makeChallenge, provenSeed } from "@/lib/appointments/book/proof";

const SECRET = "a secret for tests only, long enough for the rule";

describe("proof of work", () => {
  it("what the browser works out is what the server takes, until it expires and for its own seed only", async () => {
    const challenge = makeChallenge(SECRET, 1_000, 8);
    const proof = await solve(challenge);
    expect(provenSeed(SECRET, proof, 1_100)).toBe(challenge.seed);
    expect(provenSeed(SECRET, proof, 1_301)).toBeUndefined();
    expect(provenSeed("another secret, as long as the first one", proof, 1_100)).toBeUndefined();
    expect(provenSeed(SECRET, proof.replace(challenge.seed, makeChallenge(SECRET, 1_000).seed), 1_100)).toBeUndefined();
  });
});
