import { z } from "zod";
import { OperatorError } from "@/lib/kernel/errors";
import { shared } from "@/lib/kernel/shared";

const schema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default("0.0.0.0"),
  /** Set by the launcher to the embedded server when the operator gave none. */
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must start with postgres:// or postgresql://"),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(16),
  REDIS_URL: z.string().regex(/^rediss?:\/\//).optional(),
  /** Address under which browsers reach this program; https here turns on secure cookies and HSTS. */
  PUBLIC_URL: z.string().url().optional(),
  /** Signs sessions and keys look-ups of personal identifiers; kept outside the database. */
  SECRET: z.string().min(32, "must have at least 32 characters"),
  /** Addresses of reverse proxies whose X-Forwarded-For is believed, separated by commas. */
  TRUSTED_PROXIES: z.string().default(""),
  /** Sign-in of citizens by the platform's account (OpenID Connect); without an issuer it is not offered. */
  OIDC_ISSUER: z.string().url().optional(),
  OIDC_CLIENT_ID: z.string().default(""),
  OIDC_CLIENT_SECRET: z.string().default(""),
  OIDC_SCOPE: z.string().default("openid profile phone"),
  /** Names of the platform's claims, e.g. "name=userName phone=mobile id=certNo". */
  OIDC_CLAIMS: z.string().regex(/^((name|phone|id)=\S+\s*)*$/, 'must be pairs such as "name=userName phone=mobile id=certNo"').default(""),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});

export type Env = z.infer<typeof schema>;

/** The environment, parsed once. Throws an OperatorError that names every wrong variable. */
export function env(): Env {
  return shared("env", () => parseEnv(process.env));
}

export function parseEnv(source: Record<string, string | undefined>): Env {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(filled);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; ");
  throw new OperatorError(`Wrong environment: ${faults}. See .env.example.`);
}
