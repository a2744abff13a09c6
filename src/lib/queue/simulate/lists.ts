/** Where simulated visitors wait: sorted chains and a heap of times, all in typed arrays that grow by doubling. Pure. */

export const NONE = -1;

/** Visitors of the simulation by slot; a slot is used again when its visitor has left. Times are minutes. */
export class Visitors {
  size = 0;
  private free = NONE;
  /** Arrival, first by which they are called, when patience ends (Infinity: never), length of the service to come. */
  at = new Float64Array(256);
  rank = new Float64Array(256);
  expires = new Float64Array(256);
  minutes = new Float64Array(256);
  /** Which figure of the input it is (NONE: drawn), running number, line, class, table of service times, steps done. */
  ref = new Int32Array(256);
  number = new Int32Array(256);
  line = new Int32Array(256);
  kind = new Int32Array(256);
  service = new Int32Array(256);
  step = new Int32Array(256);
  next = new Int32Array(256);
  previous = new Int32Array(256);

  clear(): void {
    this.size = 0;
    this.free = NONE;
  }

  take(): number {
    const slot = this.free;
    if (slot !== NONE) {
      this.free = this.next[slot]!;
      return slot;
    }
    if (this.size === this.at.length) this.grow();
    return this.size++;
  }

  leave(slot: number): void {
    this.next[slot] = this.free;
    this.free = slot;
  }

  private grow(): void {
    const doubles = (old: Float64Array<ArrayBuffer>) => { const more = new Float64Array(old.length * 2); more.set(old); return more; };
    const whole = (old: Int32Array<ArrayBuffer>) => { const more = new Int32Array(old.length * 2); more.set(old); return more; };
    this.at = doubles(this.at);
    this.rank = doubles(this.rank);
    this.expires = doubles(this.expires);
    this.minutes = doubles(this.minutes);
    this.ref = whole(this.ref);
    this.number = whole(this.number);
    this.line = whole(this.line);
    this.kind = whole(this.kind);
    this.service = whole(this.service);
    this.step = whole(this.step);
    this.next = whole(this.next);
    this.previous = whole(this.previous);
  }
}

/**
 * One chain per line and class, smallest rank first. Nearly all who come have the greatest rank of their chain, so that
 * joining and calling cost the same however many wait.
 */
export class Chains {
  readonly head: Int32Array;
  readonly length: Int32Array;
  /** Of the first one of each chain: rank (Infinity: nobody waits), arrival, end of patience. */
  readonly headRank: Float64Array;
  readonly headAt: Float64Array;
  readonly headExpires: Float64Array;
  private readonly tail: Int32Array;

  constructor(private readonly visitors: Visitors, chains: number) {
    this.head = new Int32Array(chains);
    this.tail = new Int32Array(chains);
    this.length = new Int32Array(chains);
    this.headRank = new Float64Array(chains);
    this.headAt = new Float64Array(chains);
    this.headExpires = new Float64Array(chains);
    this.clear();
  }

  clear(): void {
    this.head.fill(NONE);
    this.tail.fill(NONE);
    this.length.fill(0);
    this.headRank.fill(Infinity);
    this.headAt.fill(Infinity);
    this.headExpires.fill(Infinity);
  }

  add(chain: number, slot: number): void {
    const { next, previous, rank } = this.visitors;
    let after = this.tail[chain]!;
    while (after !== NONE && rank[after]! > rank[slot]!) after = previous[after]!;
    const before = after === NONE ? this.head[chain]! : next[after]!;
    next[slot] = before;
    previous[slot] = after;
    if (before === NONE) this.tail[chain] = slot;
    else previous[before] = slot;
    this.length[chain]!++;
    if (after === NONE) this.lead(chain, slot);
    else next[after] = slot;
  }

  /** Takes the first one out; there must be one. */
  shift(chain: number): number {
    const slot = this.head[chain]!;
    const { next, previous } = this.visitors;
    const following = next[slot]!;
    if (following === NONE) this.tail[chain] = NONE;
    else previous[following] = NONE;
    this.length[chain]!--;
    this.lead(chain, following);
    return slot;
  }

  private lead(chain: number, slot: number): void {
    const { rank, at, expires } = this.visitors;
    this.head[chain] = slot;
    this.headRank[chain] = slot === NONE ? Infinity : rank[slot]!;
    this.headAt[chain] = slot === NONE ? Infinity : at[slot]!;
    this.headExpires[chain] = slot === NONE ? Infinity : expires[slot]!;
  }
}

/** A heap of times, each with a number; the earliest is on top. */
export class Times {
  size = 0;
  private time: Float64Array;
  private id: Int32Array;

  constructor(capacity: number) {
    this.time = new Float64Array(capacity + 1);
    this.id = new Int32Array(capacity + 1);
  }

  /** Earliest time, Infinity when there is none. */
  get first(): number {
    return this.size === 0 ? Infinity : this.time[0]!;
  }

  get firstId(): number {
    return this.id[0]!;
  }

  push(time: number, id: number): void {
    if (this.size === this.time.length) this.grow();
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.time[parent]! <= time) break;
      this.time[at] = this.time[parent]!;
      this.id[at] = this.id[parent]!;
      at = parent;
    }
    this.time[at] = time;
    this.id[at] = id;
  }

  /** Puts another one in place of the earliest. */
  replace(time: number, id: number): void {
    const { time: times, id: ids, size } = this;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && times[child + 1]! < times[child]!) child++;
      if (times[child]! >= time) break;
      times[at] = times[child]!;
      ids[at] = ids[child]!;
      at = child;
    }
    times[at] = time;
    ids[at] = id;
  }

  pop(): void {
    const last = --this.size;
    if (last > 0) this.replace(this.time[last]!, this.id[last]!);
  }

  private grow(): void {
    const time = new Float64Array(this.time.length * 2);
    const id = new Int32Array(this.id.length * 2);
    time.set(this.time);
    id.set(this.id);
    this.time = time;
    this.id = id;
  }
}
