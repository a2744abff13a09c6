/**
 * Sums whose true mean is 0, because what is added was drawn after its weight was fixed: the regression of
 * `meanWithControls` takes what they explain out of the spread of a mean wait, so that an interval of the same width needs
 * a tenth of the visitors or less (Henderson and Glynn 2002). Pure.
 */
export class Controls {
  readonly sums: Float64Array;
  /** Waiting by class, in all at the end. */
  readonly waiting: Int32Array;
  /** Windows at work, and the minutes of work in the hall: what is left of running services and all of those who wait, at `at`. */
  private busy = 0;
  private work = 0;
  private at = 0;

  constructor(private readonly shares: readonly number[]) {
    this.waiting = new Int32Array(shares.length + 1);
    this.sums = new Float64Array(3 * shares.length + 8);
  }

  clear(): void {
    this.sums.fill(0);
    this.waiting.fill(0);
    this.busy = this.work = this.at = 0;
  }

  queue(kind: number, more: 1 | -1): void {
    this.waiting[kind]! += more;
    this.waiting[this.shares.length]! += more;
  }

  /** A window begins or ends to work. */
  turn(now: number, more: 1 | -1): void {
    this.pass(now);
    this.busy += more;
  }

  /** Minutes of work in the hall just before `minutes` more come in. */
  bring(now: number, minutes: number): number {
    this.pass(now);
    this.work += minutes;
    return this.work - minutes;
  }

  /** Who leaves takes the work along. */
  drop(minutes: number): void {
    this.work -= minutes;
  }

  /** A visitor of class `kind` has joined: `units` until the next one and `service` of this one, in means; `before`: of `bring`. */
  arrived(kind: number, units: number, service: number, minutes: number, square: number, before: number): void {
    const { sums, shares, waiting } = this;
    this.add(0, units - 1);
    const waits = waiting[shares.length]!;
    for (let k = 0; k < shares.length; k++) sums[2 * shares.length + 4 + k]! += waits * ((k === kind ? 1 : 0) - shares[k]!);
    const last = sums.length - 4;
    sums[last]! += (units - 1) * (before + minutes);
    sums[last + 1]! += (service - 1) * before;
    sums[last + 2]! += (units - 1) * (units - 1) - 1;
    sums[last + 3]! += service * service - square;
  }

  /** A service begins, this long in means. */
  began(service: number): void {
    this.add(this.shares.length + 2, service - 1);
  }

  private add(at: number, more: number): void {
    const { sums, waiting, shares } = this;
    sums[at]! += more;
    if (waiting[shares.length] === 0) return;
    sums[at + 1]! += more;
    for (let k = 0; k < shares.length; k++) sums[at + 2 + k]! += more * waiting[k]!;
  }

  private pass(now: number): void {
    this.work -= this.busy * (now - this.at);
    this.at = now;
  }
}
