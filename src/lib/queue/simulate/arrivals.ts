/** Who comes by chance: Poisson processes with rates that are constant by pieces, drawn by inversion. Pure. */
import type { Stream } from "./hall";
import type { Random } from "./random";

export class Arrivals {
  /** The next one, Infinity when nobody comes any more, and its stream. */
  next = Infinity;
  stream = 0;
  private readonly times: Float64Array;
  private readonly piece: Int32Array;
  private until = Infinity;

  constructor(private readonly streams: readonly Stream[], private readonly random: Random) {
    this.times = new Float64Array(streams.length);
    this.piece = new Int32Array(streams.length);
  }

  /** Begins anew; nobody comes after `until`. */
  start(until: number): void {
    this.until = until;
    this.piece.fill(0);
    this.streams.forEach(({ rates }, stream) => (this.times[stream] = this.later(stream, rates[0]?.from ?? Infinity, this.random.exponential())));
    this.find();
  }

  /** Draws the visitor after the one who comes now; returns the interval in means of it (an exponential with mean 1). */
  pass(): number {
    const units = this.random.exponential();
    this.times[this.stream] = this.later(this.stream, this.next, units);
    this.find();
    return units;
  }

  /** When the stream has gone on by `units` means after `from`. */
  private later(stream: number, from: number, units: number): number {
    const { rates } = this.streams[stream]!;
    for (let time = from, left = units; ;) {
      const rate = rates[this.piece[stream]!]?.rate ?? 0;
      const end = rates[this.piece[stream]! + 1]?.from ?? Infinity;
      if (rate > 0 && time + left / rate <= end) return time + left / rate;
      if (end === Infinity) return Infinity;
      left -= rate * (end - time);
      time = end;
      this.piece[stream]!++;
    }
  }

  private find(): void {
    this.next = Infinity;
    for (let i = 0; i < this.times.length; i++) if (this.times[i]! < this.next) this.next = this.times[(this.stream = i)]!;
    if (this.next > this.until) this.next = Infinity;
  }
}
