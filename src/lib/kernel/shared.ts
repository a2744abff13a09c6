/**
 * Process-wide objects. The server program and Next's bundles load this code twice, as two module instances;
 * what must exist once (pool, live hub, caches) hangs on globalThis.
 */
export function shared<T>(name: string, make: () => T): T {
  const registry = ((globalThis as Record<string, unknown>).__yiting ??= {}) as Record<string, unknown>;
  return (registry[name] ??= make()) as T;
}
