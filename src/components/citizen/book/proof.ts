import type { Challenge } from "@/lib/appointments/book/proof";

/** The work that a browser does before it books when very many come from one address: no puzzle for a person. */
export async function solve({ seed, bits, expires, signature }: Challenge): Promise<string> {
  const encoder = new TextEncoder();
  for (let nonce = 0; ; nonce++) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(`${seed}.${nonce}`)));
    if (leadingZeros(digest) >= bits) return [seed, bits, expires, signature, nonce].join(".");
  }
}

function leadingZeros(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) {
    if (byte !== 0) return count + Math.clz32(byte) - 24;
    count += 8;
  }
  return count;
}
