/**
 * Sign-in by the platform's account (统一身份认证; JY-9.1.1a, BG-5.4.3) as an OpenID Connect adapter: authorization code
 * with PKCE, state and nonce. What one attempt has to remember travels in a sealed cookie of the browser that began it.
 */
import * as client from "openid-client";
import type { Database } from "@/lib/db/database";
import { env } from "@/lib/env/env";
import { log } from "@/lib/env/log";
import { keyedHash } from "@/lib/kernel/ids";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { blindIndex, seal, unseal } from "@/lib/kernel/sealed";
import { shared } from "@/lib/kernel/shared";
import { type SignedIn, signInByPlatform } from "../commands";
import { claimNames, profileOf } from "./model";

/** Minutes that signing in at the platform may take. */
const MINUTES = 15;

export interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
  /** Path to go to afterwards. */
  next: string;
  own: boolean;
  /** Milliseconds since 1970. */
  until: number;
}

export const platformOffered = (): boolean => env().OIDC_ISSUER !== undefined && env().OIDC_CLIENT_ID !== "";

/** The platform's addresses and keys, asked for once; a platform that was away is asked again the next time. */
async function configuration(): Promise<client.Configuration> {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  const issuer = new URL(OIDC_ISSUER!);
  const known = shared("oidc", () => new Map<string, Promise<client.Configuration>>());
  // Only a provider on this very machine may be spoken to without TLS.
  const local = issuer.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(issuer.hostname);
  const found = known.get(issuer.href) ?? client.discovery(issuer, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, undefined, local ? { execute: [client.allowInsecureRequests] } : {});
  known.set(issuer.href, found);
  found.catch(() => known.delete(issuer.href));
  return found;
}

/** Where to send the browser, and what it must bring back, sealed. */
export async function beginSignIn(callback: string, next: string, own: boolean): Promise<{ url: string; attempt: string; seconds: number }> {
  const config = await configuration();
  const attempt: Attempt = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier(), next, own, until: Date.now() + MINUTES * 60_000 };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: callback, scope: env().OIDC_SCOPE, state: attempt.state, nonce: attempt.nonce, code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier), code_challenge_method: "S256",
  });
  return { url: url.href, attempt: seal(env().SECRET, JSON.stringify(attempt)), seconds: MINUTES * 60 };
}

/** Ends the attempt that this browser began: asks the platform who it is and opens a session. */
export async function finishSignIn(db: Database, current: string, sealed: string | undefined): Promise<Result<SignedIn & { next: string }, "platform_refused" | "platform_expired">> {
  const attempt = openAttempt(sealed);
  if (!attempt || attempt.until < Date.now()) return refuse("platform_expired");
  try {
    const config = await configuration();
    const tokens = await client.authorizationCodeGrant(config, new URL(current), { expectedState: attempt.state, expectedNonce: attempt.nonce, pkceCodeVerifier: attempt.verifier, idTokenExpected: true });
    const named = tokens.claims()!;
    const more = config.serverMetadata().userinfo_endpoint ? await client.fetchUserInfo(config, tokens.access_token, named.sub) : {};
    const profile = profileOf({ ...named, ...more }, claimNames(env().OIDC_CLAIMS));
    const { SECRET } = env();
    const signedIn = await signInByPlatform(db, {
      identity: `oidc:${keyedHash(SECRET, `${named.iss}|${named.sub}`)}`, profile,
      ...(profile.phone ? { phoneKey: blindIndex(SECRET, "phone", profile.phone) } : {}), ...(profile.idNumber ? { idKey: blindIndex(SECRET, "id", profile.idNumber) } : {}),
    }, attempt.own);
    return ok({ ...signedIn, next: attempt.next });
  } catch (error) {
    if (!ofPlatform(error)) throw error;
    log().warn({ code: error.name, reason: error.message }, "sign-in by the platform failed");
    return refuse("platform_refused");
  }
}

/** Refused by the visitor or the platform, a forged or late answer, or the platform is away (fetch says so with a cause). */
const ofPlatform = (error: unknown): error is Error =>
  [client.ClientError, client.ResponseBodyError, client.AuthorizationResponseError, client.WWWAuthenticateChallengeError].some((kind) => error instanceof kind) || (error instanceof TypeError && error.cause !== undefined);

function openAttempt(sealed: string | undefined): Attempt | undefined {
  if (!sealed) return undefined;
  try {
    return JSON.parse(unseal(env().SECRET, sealed)) as Attempt;
  } catch {
    return undefined;
  }
}
