import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "@/lib/auth/next-auth";

type Context = { params: Promise<{ nextauth: string[] }> };

// The options need the environment, which the build does not have: made at the first request.
const handler = (request: NextRequest, context: Context): Promise<Response> => NextAuth(authOptions())(request, context) as Promise<Response>;

export { handler as GET, handler as POST };
