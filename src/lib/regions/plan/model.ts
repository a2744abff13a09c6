/** Kind of a picture by its first bytes; undefined when it is none that a browser shows everywhere. Never trusts a file's name. */
export function pictureType(bytes: Uint8Array): "image/png" | "image/jpeg" | "image/webp" | undefined {
  const starts = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "image/png";
  if (starts(0xff, 0xd8, 0xff)) return "image/jpeg";
  const ascii = (from: number) => String.fromCharCode(...bytes.slice(from, from + 4));
  return ascii(0) === "RIFF" && ascii(8) === "WEBP" ? "image/webp" : undefined;
}
