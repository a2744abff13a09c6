import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/env/env";

/** Address of the client: the peer, or what a trusted proxy says (the last address that is not a trusted proxy). */
export function clientAddress(request: IncomingMessage, trustedList = env().TRUSTED_PROXIES): string {
  const peer = plain(request.socket.remoteAddress ?? "unknown");
  const trusted = new Set(trustedList.split(",").map((address) => address.trim()).filter(Boolean));
  if (!trusted.has(peer)) return peer;
  const chain = String(request.headers["x-forwarded-for"] ?? "").split(",").map((address) => plain(address.trim())).filter(Boolean);
  return chain.reverse().find((address) => !trusted.has(address)) ?? peer;
}

const plain = (address: string): string => address.replace(/^::ffff:/, "");

/** Headers of every answer (ASVS 3.4); strips those by which earlier versions of Next could be talked around. */
export function securityHeaders(request: IncomingMessage, response: ServerResponse, nonce: string, dev: boolean): void {
  for (const name of Object.keys(request.headers)) if (name.startsWith("x-middleware-") || name === "x-nextjs-data") delete request.headers[name];
  const policy = [
    "default-src 'self'", `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ""}`, "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "media-src 'self' data: blob:",
    `connect-src 'self'${dev ? " ws:" : ""}`, "worker-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'",
  ].join("; ");
  // Next takes the nonce for its own scripts from the policy of the request.
  request.headers["content-security-policy"] = policy;
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  if (env().PUBLIC_URL?.startsWith("https://")) response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}
