/** The public API as a kiosk, guide desk, clerk or phone uses it: nothing else of the server is touched. */
export class ApiClient {
  constructor(private readonly origin: string, private readonly token?: string) {}

  async call<T = Record<string, unknown>>(method: "GET" | "POST", path: string, body?: unknown, keyed = method === "POST"): Promise<{ status: number; body: T & { code?: string } }> {
    // A real device repeats a press whose answer was lost, with the same key.
    const key = keyed ? crypto.randomUUID() : undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await fetch(`${this.origin}/api/v1${path}`, {
          method, signal: AbortSignal.timeout(15_000),
          headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}), ...(key ? { "Idempotency-Key": key } : {}) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const answer = { status: response.status, body: (await response.json().catch(() => ({}))) as T & { code?: string } };
        if (response.status !== 503 || attempt >= 20) return answer;
      } catch (error) {
        if (attempt >= 20) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 250 * Math.min(attempt, 8)));
    }
  }

  get = <T>(path: string) => this.call<T>("GET", path);
  post = <T>(path: string, body?: unknown) => this.call<T>("POST", path, body);
  /** A look whether somebody is there: without a key, so that an empty answer costs the server no write. */
  poll = <T>(path: string) => this.call<T>("POST", path, undefined, false);
}
