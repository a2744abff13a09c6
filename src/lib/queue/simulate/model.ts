/**
 * The simulator of a hall: discrete events, seeded, with the calling policy itself deciding who is next. The same visitors
 * come whatever the policy and the windows (common random numbers). Times are minutes. Pure: no clock, no I/O; nothing is
 * allocated per visitor, so that a million of them cost a second or less.
 */
import { Arrivals } from "./arrivals";
import { Controls } from "./controls";
import type { HallModel, Listener } from "./hall";
import { Chains, NONE, Times, Visitors } from "./lists";
import { type Chooser, chooserOf, creditsOf } from "./order";
import { Random, ServiceTime } from "./random";

/** Purposes that have random numbers of their own. */
const ARRIVALS = 0, SERVICES = 1, PATIENCE = 2, CLASSES = 3, NOW = 4, LATER = 5, PURPOSES = 8;
/** Steps of a visit: waiting for the first call · did not come · has been called once and waits again. */
const FRESH = 0, AWAY = 1, BACK = 2;

/** In place of a visitor: the window was busy when the simulation began. */
const OCCUPIED = -2;

export class Simulation {
  now = 0;
  /** Visits that were decided: called or gone; and windows' minutes of service begun. */
  decided = 0;
  work = 0;
  /** For a hall with one stream only. */
  readonly controls: Controls | undefined;
  private readonly visitors = new Visitors();
  private readonly chains: Chains;
  private readonly chooser: Chooser;
  private readonly services: ServiceTime[];
  private readonly credits: Float64Array;
  private readonly classes: number;
  private readonly patience: Float64Array;
  /** Windows of each line, own ones first. */
  private readonly servers: Int32Array[];
  private readonly isOpen: Uint8Array;
  private readonly idle: Uint8Array;
  private idleCount = 0;
  private readonly at: Int32Array;
  private readonly ends: Times;
  private readonly returns = new Times(16);
  private readonly turns: { at: number; window: number; open: boolean }[];
  private turn = 0;
  private given = 0;
  private issued = 0;
  private readonly arrivals: Arrivals;
  private readonly random = Array.from({ length: PURPOSES }, () => new Random(0));
  private seed = 0;
  /** Waiting by line; windows that are open, and free, by their own lines. */
  private readonly inLine: Int32Array;
  private readonly ownOpen: Int32Array;
  private readonly ownIdle: Int32Array;
  private readonly own: readonly (readonly number[])[];
  /** Mean service of a line, minutes. */
  private readonly lineMinutes: Float64Array;
  private listener: Listener = { called() {}, gaveUp() {} };

  /** `exact` lets the policy's own code decide even where its plain rules have a shortcut. */
  constructor(private readonly hall: HallModel, exact = false) {
    const { classes, lines, windows, streams = [] } = hall;
    this.classes = classes.length;
    this.chains = new Chains(this.visitors, lines.length * this.classes);
    this.chooser = chooserOf(hall, this.visitors, this.chains, (line) => this.wait90(line), exact);
    this.services = hall.services.map((service) => new ServiceTime(service));
    this.credits = creditsOf(hall);
    this.patience = Float64Array.from(lines, ({ patience }) => patience ?? Infinity);
    this.servers = lines.map((_, line) => Int32Array.from([0, 1, 2].flatMap((tier) => windows.flatMap((window, w) => (window.tiers[tier]?.includes(line) ? [w] : [])))));
    this.isOpen = new Uint8Array(windows.length);
    this.idle = new Uint8Array(windows.length);
    this.at = new Int32Array(windows.length);
    this.ends = new Times(windows.length);
    this.turns = windows.flatMap(({ open = [[-Infinity, Infinity] as const] }, window) => open.flatMap(([from, until]) => [{ at: from, window, open: true }, { at: until, window, open: false }]))
      .filter(({ at }) => at < Infinity).sort((a, b) => a.at - b.at || Number(a.open) - Number(b.open));
    this.arrivals = new Arrivals(streams, this.random[ARRIVALS]!);
    this.controls = streams.length === 1 && hall.visits === undefined ? new Controls(streams[0]!.shares) : undefined;
    this.inLine = new Int32Array(lines.length);
    this.ownOpen = new Int32Array(lines.length);
    this.ownIdle = new Int32Array(lines.length);
    this.own = windows.map((window) => window.tiers[0] ?? []);
    this.lineMinutes = Float64Array.from(lines, (_, line) => {
      const known = streams.find((stream) => stream.line === line) ?? hall.visits?.find((visit) => visit.line === line);
      return known ? this.services[known.service]!.mean : 0;
    });
  }

  /** Begins run number `run` of a seed at minute 0: who waits and who is served stand as the hall says. Nobody comes by chance after `until`. */
  start(seed: number, run: number, listener: Listener, until = Infinity): void {
    this.random.forEach((random, purpose) => random.reset(seed, PURPOSES * run + purpose));
    this.seed = seed + run * 7_919;
    this.listener = listener;
    this.now = this.decided = this.work = this.turn = this.given = this.issued = this.idleCount = 0;
    this.controls?.clear();
    this.visitors.clear();
    this.chains.clear();
    this.chooser.clear();
    this.isOpen.fill(0);
    this.idle.fill(0);
    this.at.fill(NONE);
    this.ends.size = this.returns.size = 0;
    this.inLine.fill(0);
    this.ownOpen.fill(0);
    this.ownIdle.fill(0);
    const { visits = [], now = [] } = this.hall;
    now.forEach((busy, window) => {
      if (busy) this.occupy(window, NONE, this.services[busy.service]!.rest(this.random[NOW]!, busy.elapsed));
    });
    // All who wait are there before the first window looks.
    while (this.given < visits.length && visits[this.given]!.at <= 0) this.enqueue(this.admit(this.given++));
    while (this.turn < this.turns.length && this.turns[this.turn]!.at <= 0) this.turnWindow(this.turns[this.turn++]!);
    this.arrivals.start(until);
  }

  /** Goes on until so many visits are decided in all, or nothing is left to happen before the minute `end`. */
  advance(decided: number, end = Infinity): void {
    const { turns, ends, returns } = this;
    const { visits = [] } = this.hall;
    while (this.decided < decided) {
      const given = this.given < visits.length ? visits[this.given]!.at : Infinity;
      const turn = this.turn < turns.length ? turns[this.turn]!.at : Infinity;
      const inside = Math.min(ends.first, returns.first, turn);
      const outside = Math.min(this.arrivals.next, given);
      const time = Math.min(inside, outside);
      if (time === Infinity || time > end) break;
      this.now = time;
      if (outside < inside) {
        if (given <= this.arrivals.next) this.join(this.admit(this.given++));
        else this.comeByChance();
      } else if (ends.first === time) this.finish();
      else if (turn === time) this.turnWindow(turns[this.turn++]!);
      else this.comeBack();
    }
  }

  /** Tells of everybody who waits for the first call now: arrival, line, place in `visits` or -1. */
  waiting(tell: (at: number, line: number, ref: number) => void): void {
    const { visitors, chains } = this;
    for (let chain = 0; chain < chains.head.length; chain++)
      for (let slot = chains.head[chain]!; slot !== NONE; slot = visitors.next[slot]!) if (visitors.step[slot]! === FRESH) tell(visitors.at[slot]!, visitors.line[slot]!, visitors.ref[slot]!);
  }

  private comeByChance(): void {
    const { line, shares, service } = this.hall.streams![this.arrivals.stream]!;
    let kind = 0;
    if (this.classes > 1) for (let left = this.random[CLASSES]!.uniform(); kind < shares.length - 1 && (left -= shares[kind]!) >= 0; kind++);
    const time = this.services[service]!;
    const minutes = time.draw(this.random[SERVICES]!);
    const before = this.controls?.bring(this.now, minutes) ?? 0;
    this.join(this.visitor(this.now, line, kind, service, this.now - this.credits[kind]!, NONE, minutes, this.patience[line]!));
    const units = this.arrivals.pass();
    this.controls?.arrived(kind, units, minutes / time.mean, minutes, time.square, before);
  }

  private admit(ref: number): number {
    const visit = this.hall.visits![ref]!;
    const drawn = this.services[visit.service]!.draw(this.random[SERVICES]!);
    return this.visitor(visit.at, visit.line, visit.class, visit.service, visit.rank ?? visit.at - this.credits[visit.class]!, ref, visit.minutes ?? drawn, visit.patient ? Infinity : this.patience[visit.line]!);
  }

  private visitor(at: number, line: number, kind: number, service: number, rank: number, ref: number, minutes: number, patience: number): number {
    const { visitors } = this;
    const slot = visitors.take();
    visitors.at[slot] = at;
    visitors.rank[slot] = rank;
    // Who has waited until now is as patient as on arrival: the exponential has no memory.
    visitors.expires[slot] = patience === Infinity ? Infinity : Math.max(at, 0) + patience * this.random[PATIENCE]!.exponential();
    visitors.minutes[slot] = minutes;
    visitors.ref[slot] = ref;
    visitors.number[slot] = this.issued++;
    visitors.line[slot] = line;
    visitors.kind[slot] = kind;
    visitors.service[slot] = service;
    visitors.step[slot] = FRESH;
    return slot;
  }

  private enqueue(slot: number): void {
    const { visitors } = this;
    this.chains.add(visitors.line[slot]! * this.classes + visitors.kind[slot]!, slot);
    this.inLine[visitors.line[slot]!]!++;
    this.controls?.queue(visitors.kind[slot]!, 1);
  }

  private join(slot: number): void {
    this.enqueue(slot);
    if (this.idleCount === 0) return;
    const servers = this.servers[this.visitors.line[slot]!]!;
    for (let i = 0; i < servers.length; i++) if (this.idle[servers[i]!]! === 1 && this.callNext(servers[i]!)) return;
  }

  /** The window calls whoever is next; false when nobody is. Who has lost patience meanwhile is told now, with the time of it. */
  private callNext(window: number): boolean {
    const { chains, visitors, chooser } = this;
    for (;;) {
      const chain = chooser.next(window);
      if (chain === NONE) return false;
      const late = chains.headExpires[chain]! < this.now;
      const slot = chains.shift(chain);
      const kind = visitors.kind[slot]!;
      const first = visitors.step[slot]! === FRESH;
      this.inLine[visitors.line[slot]!]!--;
      this.controls?.queue(kind, -1);
      if (first) this.decided++;
      if (late) {
        if (first) this.listener.gaveUp(visitors.expires[slot]! - visitors.at[slot]!, kind, visitors.ref[slot]!, visitors.line[slot]!);
        this.controls?.drop(visitors.minutes[slot]!);
        visitors.leave(slot);
        continue;
      }
      chooser.called(window, kind);
      if (first) this.listener.called(this.now - visitors.at[slot]!, kind, visitors.ref[slot]!, window, visitors.line[slot]!);
      this.serve(window, slot);
      return true;
    }
  }

  private serve(window: number, slot: number): void {
    const { missed } = this.hall;
    const { visitors } = this;
    const minutes = visitors.minutes[slot]!;
    if (missed && visitors.step[slot]! === FRESH && this.drawLater(slot, 1).uniform() < missed.share) {
      visitors.step[slot] = AWAY;
      return this.occupy(window, slot, missed.minutes);
    }
    if (visitors.step[slot]! === FRESH) visitors.step[slot] = BACK;
    this.controls?.began(minutes / this.services[visitors.service[slot]!]!.mean);
    this.occupy(window, slot, minutes);
  }

  private occupy(window: number, slot: number, minutes: number): void {
    if (this.idle[window]! === 1) this.setIdle(window, 0);
    this.work += minutes;
    // A window that has just finished is still on top with the present time: the new end takes its place.
    if (this.at[window]! !== NONE) this.ends.replace(this.now + minutes, window);
    else {
      this.controls?.turn(this.now, 1);
      this.ends.push(this.now + minutes, window);
    }
    this.at[window] = slot === NONE ? OCCUPIED : slot;
  }

  private finish(): void {
    const window = this.ends.firstId;
    const slot = this.at[window]!;
    if (slot !== OCCUPIED) this.goOn(slot);
    if (this.isOpen[window]! > 0 && this.callNext(window)) return;
    this.controls?.turn(this.now, -1);
    this.ends.pop();
    this.at[window] = NONE;
    if (this.isOpen[window]! > 0) this.setIdle(window, 1);
  }

  private setIdle(window: number, idle: 0 | 1): void {
    this.idle[window] = idle;
    this.idleCount += idle === 1 ? 1 : -1;
    const own = this.own[window]!;
    for (let i = 0; i < own.length; i++) this.ownIdle[own[i]!]! += idle === 1 ? 1 : -1;
  }

  /** After the window: away for now, on to the next line, or home. */
  private goOn(slot: number): void {
    const { visitors, hall } = this;
    const line = visitors.line[slot]!;
    if (visitors.step[slot]! === AWAY) {
      const random = this.drawLater(slot, 2);
      if (random.uniform() < hall.missed!.back) this.returns.push(this.now + hall.missed!.after * random.exponential(), slot);
      else visitors.leave(slot);
      return;
    }
    const again = hall.lines[line]!.again;
    if (!again || this.drawLater(slot, 3 + line).uniform() >= again.share) return visitors.leave(slot);
    visitors.line[slot] = again.line;
    visitors.service[slot] = again.service;
    visitors.minutes[slot] = this.services[again.service]!.draw(this.drawLater(slot, 100 + line));
    visitors.expires[slot] = Infinity;
    this.join(slot);
  }

  /** 过号顺延: behind the next few of the line (JY-7.2.2d). */
  private comeBack(): void {
    const slot = this.returns.firstId;
    this.returns.pop();
    const { visitors, chains, classes } = this;
    const line = visitors.line[slot]!;
    const ranks: number[] = [];
    for (let kind = 0; kind < classes; kind++) {
      let other = chains.head[line * classes + kind]!;
      for (let n = 0; n < this.hall.missed!.behind && other !== NONE; n++, other = visitors.next[other]!) ranks.push(visitors.rank[other]!);
    }
    const rank = ranks.sort((a, b) => a - b)[Math.min(ranks.length, this.hall.missed!.behind) - 1];
    visitors.rank[slot] = Math.max(visitors.rank[slot]!, rank ?? -Infinity);
    visitors.step[slot] = BACK;
    visitors.expires[slot] = Infinity;
    this.join(slot);
  }

  private turnWindow({ window, open }: { window: number; open: boolean }): void {
    if (this.isOpen[window] === (open ? 1 : 0)) return;
    this.isOpen[window] = open ? 1 : 0;
    for (const line of this.own[window]!) this.ownOpen[line]! += open ? 1 : -1;
    if (open && this.at[window]! === NONE && !this.callNext(window)) this.setIdle(window, 1);
    if (open) return;
    if (this.idle[window]! === 1) this.setIdle(window, 0);
    // The lines that lose it may now wait long enough to be helped.
    if (this.chooser.conditional) for (let other = 0; other < this.idle.length && this.idleCount > 0; other++) if (this.idle[other]! === 1) this.callNext(other);
  }

  /** Numbers for what is drawn in an order that depends on the policy: fixed by visitor and purpose, not by that order. */
  private drawLater(slot: number, purpose: number): Random {
    const random = this.random[LATER]!;
    random.reset(this.seed + this.visitors.number[slot]! * 4_099, 1_000_003 + purpose);
    return random;
  }

  /** What the hall would tell as the 90 % wait of a line: as many ends of service as wait in it, at its open windows. */
  private wait90(line: number): number {
    if (this.ownIdle[line]! > 0) return 0;
    if (this.ownOpen[line]! === 0) return Infinity;
    const ends = this.inLine[line]! + 1;
    return (this.lineMinutes[line]! / this.ownOpen[line]!) * (ends + 1.2816 * Math.sqrt(ends));
  }
}
