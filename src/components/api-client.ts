/** The browser's only way to the HTTP API: language, idempotency key, retry of a lost answer, errors as values. */

export interface Problem {
  status: number;
  code: string;
  /** A sentence in the user's language. */
  detail: string;
  field?: string;
  [more: string]: unknown;
}

export type ApiResult<T> = { ok: true; value: T; status: number } | { ok: false; problem: Problem };

export interface ApiOptions {
  method?: "GET" | "POST";
  body?: unknown;
  /** Device token; staff pages use the session cookie. */
  token?: string;
  /** One per press. Give the same key again to learn what became of the first try. */
  key?: string;
  /** Tries when the line is cut or the server is away; the key makes repeating safe. Default 3 with a key, else 1. */
  tries?: number;
  timeout?: number;
}

export const newKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Problem code when no answer came at all. */
export const NO_ANSWER = "no_answer";

export async function api<T>(path: string, options: ApiOptions = {}): Promise<ApiResult<T>> {
  const tries = options.tries ?? (options.key || (options.method ?? "GET") === "GET" ? 3 : 1);
  for (let attempt = 1; ; attempt++) {
    const result = await once<T>(path, options);
    const again = !result.ok && (result.problem.code === NO_ANSWER || result.problem.status === 503);
    if (!again || attempt >= tries) return result;
    await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** attempt));
  }
}

async function once<T>(path: string, { method, body, token, key, timeout = 8_000 }: ApiOptions): Promise<ApiResult<T>> {
  try {
    const response = await fetch(`/api/v1${path}`, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: {
        Accept: "application/json",
        "Accept-Language": document.documentElement.lang.startsWith("en") ? "en" : "zh",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(key ? { "Idempotency-Key": key } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(timeout),
    });
    // A body that was cut on the way is no answer, even when the heading said 200.
    const empty = response.status === 204 || !response.ok;
    const answer = (empty ? await response.json().catch(() => ({})) : await response.json()) as T & Problem;
    if (response.ok) return { ok: true, value: answer, status: response.status };
    return { ok: false, problem: { ...answer, status: response.status, code: answer.code ?? "unexpected", detail: answer.detail ?? "" } };
  } catch {
    return { ok: false, problem: { status: 0, code: NO_ANSWER, detail: "" } };
  }
}
