import { createHmac, randomBytes } from "node:crypto";
import dns from "node:dns";
import http from "node:http";
import https from "node:https";
import { BlockList, isIP } from "node:net";
import { sameSecret } from "@/lib/kernel/ids";
import { plainError, type Sent } from "./model";

/** Addresses that no channel has: link-local with the metadata services of clouds, unspecified, multicast. */
const NEVER = new BlockList();
for (const [net, bits] of [["0.0.0.0", 8], ["169.254.0.0", 16], ["100.100.100.200", 32], ["224.0.0.0", 3]] as const) NEVER.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [["::", 128], ["fe80::", 10], ["fd00:ec2::254", 128], ["ff00::", 8], ["64:ff9b::", 96]] as const) NEVER.addSubnet(net, bits, "ipv6");
/** Networks of the installation: a gateway of the hall may be there, an address that a visitor's browser names may not. */
const INSIDE = new BlockList();
for (const [net, bits] of [["10.0.0.0", 8], ["127.0.0.0", 8], ["172.16.0.0", 12], ["192.168.0.0", 16], ["100.64.0.0", 10], ["198.18.0.0", 15]] as const) INSIDE.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [["::1", 128], ["fc00::", 7]] as const) INSIDE.addSubnet(net, bits, "ipv6");

export class AddressBlocked extends Error {}

/** May a connection go to this IP address? */
export function reachable(ip: string, outside: boolean): boolean {
  const family = isIP(ip) === 6 ? "ipv6" : "ipv4";
  return !NEVER.check(ip, family) && !(outside && INSIDE.check(ip, family));
}

/** IP address of a host that may be connected to; throws `AddressBlocked` when any of its addresses may not. */
export async function resolveHost(host: string, outside = false): Promise<string> {
  const name = host.replace(/^\[|\]$/g, "");
  const found = isIP(name) ? [{ address: name }] : await dns.promises.lookup(name, { all: true });
  if (found.some(({ address }) => !reachable(address, outside))) throw new AddressBlocked(host);
  return found[0]!.address;
}

const TIMEOUT = 10_000;
const LONGEST_ANSWER = 64 * 1024;

export interface Answer {
  status: number;
  body: string;
}

/** `outside`: the address came from a visitor's browser, so it must not be one of the installation's own networks. */
export type Post = (address: string, request: { headers: Record<string, string>; body: string | Buffer; outside?: boolean }) => Promise<Answer>;

/**
 * One POST without redirects, at most ten seconds, http(s) only. The host is looked up once and the connection goes to
 * the address that was checked, so that a name cannot change its meaning in between.
 */
export const post: Post = async (address, { headers, body, outside = false }) => {
  const url = new URL(address);
  if (url.protocol !== "https:" && (url.protocol !== "http:" || outside)) throw new AddressBlocked(url.protocol);
  const ip = await resolveHost(url.hostname, outside);
  const { request } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request({
      host: ip, servername: isIP(url.hostname) ? "" : url.hostname, port: url.port || undefined, path: url.pathname + url.search, method: "POST", agent: false, signal: AbortSignal.timeout(TIMEOUT),
      headers: { ...headers, Host: url.host, "Content-Length": String(Buffer.byteLength(body)) },
    }, (answer) => {
      const parts: Buffer[] = [];
      let size = 0;
      answer.on("data", (part: Buffer) => {
        size += part.length;
        if (size > LONGEST_ANSWER) sent.destroy(new Error("answer too long"));
        else parts.push(part);
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString("utf8") }));
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
};

/** What a failed connection means: a wrong or forbidden address is not tried again, everything else is. */
export const connectionFault = (error: unknown): Sent => {
  if (error instanceof AddressBlocked) return { ok: false, retry: false, error: "address_blocked" };
  if (error instanceof TypeError) return { ok: false, retry: false, error: "address_wrong" };
  const { name, code } = error as { name?: string; code?: string };
  return { ok: false, retry: true, error: name === "TimeoutError" || name === "AbortError" || code === "ABORT_ERR" ? "timeout" : plainError(`unreachable ${code ?? ""}`.trim()) };
};

/** Signature over time, nonce and body: HMAC-SHA256 with the channel's secret, in hexadecimal. */
export const signatureOf = (secret: string, timestamp: string, nonce: string, body: string): string => createHmac("sha256", secret).update(`${timestamp}\n${nonce}\n${body}`).digest("hex");

/** Headers of a signed request, as both sides of a gateway use them. */
export function signedHeaders(channel: { account: string; secret: string }, now: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.parse(now) / 1000));
  const nonce = randomBytes(12).toString("hex");
  return { "Content-Type": "application/json", "X-Account": channel.account, "X-Timestamp": timestamp, "X-Nonce": nonce, "X-Signature": signatureOf(channel.secret, timestamp, nonce, body) };
}

/** Seconds that a signed request may be old or early. */
const SKEW = 300;

/** Is a request signed with this secret, and lately? */
export function signedBy(secret: string, now: string, { timestamp = "", nonce = "", signature = "" }: { timestamp?: string | undefined; nonce?: string | undefined; signature?: string | undefined }, body: string): boolean {
  if (!secret || !/^\d{9,11}$/.test(timestamp) || nonce.length < 8 || Math.abs(Date.parse(now) / 1000 - Number(timestamp)) > SKEW) return false;
  return sameSecret(signature, signatureOf(secret, timestamp, nonce, body));
}
