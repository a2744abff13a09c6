import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env/env";
import { AppError } from "@/lib/kernel/errors";
import { endSession, signIn } from "./commands";
import { sessionCookie } from "./data";
import { SESSION_LIMITS } from "./model";

/** The only place that knows next-auth: it carries our session id in its signed, encrypted cookie. */
export function authOptions(): NextAuthOptions {
  const { name, secure } = sessionCookie();
  return {
    secret: env().SECRET,
    session: { strategy: "jwt", maxAge: SESSION_LIMITS.absolute * 60 },
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    useSecureCookies: secure,
    cookies: { sessionToken: { name, options: { httpOnly: true, sameSite: "strict", path: "/", secure } } },
    providers: [
      CredentialsProvider({
        id: "staff",
        name: "staff",
        credentials: { username: {}, password: { type: "password" } },
        async authorize(credentials, request) {
          const address = String(request.headers?.["x-client-address"] ?? "unknown");
          try {
            const result = await signIn(database(), { username: credentials?.username ?? "", password: credentials?.password ?? "", address });
            if (!result.ok) throw new Error(result.code);
            return { id: String(result.value.staffId), sid: result.value.sessionId } as { id: string };
          } catch (error) {
            if (error instanceof AppError) throw new Error(error.code === "too_many_requests" ? `too_many_requests:${error.options.retryAfterSeconds}` : error.code);
            throw error;
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, sid: (user as unknown as { sid: string }).sid } : token),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => (url.startsWith("/") && !url.startsWith("//") ? baseUrl + url : url.startsWith(`${baseUrl}/`) ? url : baseUrl),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === "string") await endSession(database(), token.sid);
      },
    },
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  };
}
