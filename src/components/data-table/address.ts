/** A list's search, filters, order and page live in the address, so that a view can be shared and the way back is kept. */

export interface ListAddress {
  q?: string;
  filters: Readonly<Record<string, string>>;
  sort?: string;
  desc: boolean;
  page: number;
  size: number;
}

export const PAGE_SIZES = [25, 50, 100, 200] as const;
const DEFAULT_SIZE = 50;

type Params = Readonly<Record<string, string | string[] | undefined>>;
const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value) || undefined;

/** Reads what the register declares and leaves everything else. */
export function parseAddress(params: Params, allowed: { filters: readonly string[]; sorts: readonly string[] }): ListAddress {
  const q = first(params.q)?.slice(0, 100);
  const order = first(params.sort);
  const sort = order?.replace(/^-/, "");
  const page = Number(first(params.page));
  const size = Number(first(params.size));
  const filters = Object.fromEntries(allowed.filters.flatMap((name) => {
    const value = first(params[name]);
    return value === undefined ? [] : [[name, value]];
  }));
  return {
    ...(q ? { q } : {}), filters, ...(sort && allowed.sorts.includes(sort) ? { sort } : {}), desc: order?.startsWith("-") ?? false,
    page: Number.isInteger(page) && page > 0 ? Math.min(page, 100_000) : 1, size: (PAGE_SIZES as readonly number[]).includes(size) ? size : DEFAULT_SIZE,
  };
}

/** Parameters of an address with changes; what is at its default is left out. */
export function addressParams(address: ListAddress, change: Partial<ListAddress> = {}): Record<string, string | undefined> {
  const next = { ...address, ...change };
  return {
    ...next.filters, q: next.q, sort: next.sort ? `${next.desc ? "-" : ""}${next.sort}` : undefined,
    page: next.page > 1 ? String(next.page) : undefined, size: next.size === DEFAULT_SIZE ? undefined : String(next.size),
  };
}

export const toListQuery = (address: ListAddress) => ({
  ...(address.q ? { q: address.q } : {}), filters: address.filters, ...(address.sort ? { sort: address.sort } : {}), desc: address.desc, offset: (address.page - 1) * address.size, limit: address.size,
});
