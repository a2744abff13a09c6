import { io, type Socket } from "socket.io-client";
import type { LiveEvent } from "@/lib/live/schema";
import { ApiClient } from "./client";
import { DAY, type DayPlan, type Visitor, type WindowDay } from "./plan";

export interface DayOptions {
  origin: string;
  hall: string;
  /** Simulated minutes that pass in a real minute. */
  speed: number;
  tokens: { kiosks: string[]; guides: string[]; clerk: (window: string) => string };
  plan: DayPlan;
  progress: (line: string) => void;
}

export interface VisitRecord {
  number: string;
  token: string;
  line: string;
  visitor: Visitor;
  issuedAt: number;
  /** First call, simulated minutes; absent for who left before. */
  calledAt?: number;
  end?: "served" | "left" | "missed";
}

export interface DayResult {
  visits: VisitRecord[];
  /** Milliseconds from the press of 叫下一位 to the event on a screen. */
  pressToScreen: number[];
  errors: string[];
  seconds: number;
}

/** How long a clerk waits for somebody who does not come, and pauses between two people, in simulated minutes. */
const WAIT_FOR_PERSON = 1;
const WALK = 0.7;
const IDLE_POLL_MS = 2_000;
/** Without a call for this long after the last arrival nothing moves any more: longer than any service, in simulated minutes. */
const STALL_MINUTES = 120;
const STALL_LEAST_MS = 60_000;

/** Plays one day on the running server through its public API. */
export class SimulatedDay {
  private readonly started = Date.now();
  private readonly records = new Map<string, VisitRecord>();
  private readonly pressed = new Map<string, number>();
  private readonly wakers = new Set<{ lines: string[]; wake: () => void }>();
  private readonly result: DayResult = { visits: [], pressToScreen: [], errors: [], seconds: 0 };
  private arriving = true;
  /** Visitors who have asked for a number and not got the answer yet. */
  private asking = 0;
  private movedAt = Date.now();
  private open = 0;
  private screen: Socket | undefined;

  constructor(private readonly options: DayOptions) {}

  /** Simulated minutes since midnight. */
  private now = (): number => DAY.open + ((Date.now() - this.started) / 60_000) * this.options.speed;
  private until = (minute: number): Promise<void> => sleep(((minute - this.now()) / this.options.speed) * 60_000);
  private pass = (minutes: number): Promise<void> => sleep((minutes / this.options.speed) * 60_000);

  async run(): Promise<DayResult> {
    await this.watch();
    const ticker = setInterval(() => this.report(), 5_000);
    try {
      const clerks = this.options.plan.windows.map((window) => this.clerk(window).catch((error: unknown) => this.note(`window ${window.window.code}: ${String(error)}`)));
      const people = this.options.plan.visitors.map((visitor, index) => this.visit(visitor, index).catch((error: unknown) => this.note(`visitor ${index}: ${String(error)}`)));
      await Promise.all(people);
      this.arriving = false;
      for (const { wake } of this.wakers) wake();
      await Promise.all(clerks);
    } finally {
      clearInterval(ticker);
      this.screen?.disconnect();
    }
    return { ...this.result, visits: this.result.visits, seconds: (Date.now() - this.started) / 1000 };
  }

  private note(error: string): void {
    if (this.result.errors.length < 50) this.result.errors.push(error);
  }

  private report(): void {
    const done = this.result.visits.filter((visit) => visit.end).length;
    const waiting = this.result.visits.filter((visit) => !visit.end && visit.calledAt === undefined).length;
    const clock = Math.min(this.now(), 24 * 60 - 1);
    this.options.progress(`${String(Math.floor(clock / 60)).padStart(2, "0")}:${String(Math.floor(clock % 60)).padStart(2, "0")}  tickets ${this.result.visits.length}/${this.options.plan.visitors.length}  waiting ${waiting}  done ${done}  windows open ${this.open}  errors ${this.result.errors.length}`);
  }

  /** A screen of the hall: measures how long a press takes to arrive, and wakes idle clerks as their desks would. */
  private watch(): Promise<void> {
    const socket = io(this.options.origin, { path: "/live", transports: ["websocket"], auth: { hall: this.options.hall } });
    this.screen = socket;
    socket.on("event", (event: LiveEvent) => {
      const pressedAt = event.type === "ticket.called" && event.data.window ? this.pressed.get(event.data.window) : undefined;
      if (pressedAt !== undefined) this.result.pressToScreen.push(performance.now() - pressedAt);
      // One new person is one press: the clerk who has been free the longest, not all of them at once.
      if (event.data.state === "waiting" && event.data.line) [...this.wakers].find((waker) => waker.lines.includes(event.data.line!))?.wake();
    });
    return new Promise((resolve, reject) => {
      socket.once("connect", () => resolve());
      setTimeout(() => reject(new Error("no live connection")), 10_000).unref();
    });
  }

  private async visit(visitor: Visitor, index: number): Promise<void> {
    await this.until(visitor.at);
    const { kiosks, guides } = this.options.tokens;
    const kiosk = new ApiClient(this.options.origin, kiosks[index % kiosks.length]);
    const client = visitor.channel === "phone" ? new ApiClient(this.options.origin) : visitor.channel === "guide" ? new ApiClient(this.options.origin, guides[index % guides.length]) : kiosk;
    this.asking++;
    const record = await this.takeNumber(client, kiosk, visitor).finally(() => this.asking--);
    if (record && visitor.channel === "phone") await this.phone(record);
  }

  private async takeNumber(client: ApiClient, kiosk: ApiClient, visitor: Visitor): Promise<VisitRecord | undefined> {
    const path = `/halls/${this.options.hall}/tickets`;
    const body = { item: visitor.item.code, class: visitor.class, channel: visitor.channel };
    let answer = await client.post<{ number: string; token: string; line: string }>(path, body);
    // What is not taken in here after all (agreement ended, moved away) is asked about at the line, as a guide would do.
    if (answer.status === 409) answer = await client.post(path, { ...body, item: undefined, line: visitor.item.line });
    // Too many numbers by phone from one address: the visitor goes to the kiosk.
    if (answer.status === 429) answer = await kiosk.post(path, { ...body, channel: "kiosk" });
    if (answer.status !== 201) return void this.note(`ticket refused: ${answer.status} ${answer.body.code}`);
    const { number, token, line } = answer.body;
    const record: VisitRecord = { number, token, line, visitor, issuedAt: this.now() };
    this.records.set(number, record);
    this.result.visits.push(record);
    return record;
  }

  /** A phone looks at its place now and then while its holder waits. */
  private async phone(record: VisitRecord): Promise<void> {
    const phone = new ApiClient(this.options.origin);
    const { status } = await phone.get(`/tickets/${record.token}`);
    if (status !== 200) this.note(`phone page of ${record.number}: ${status}`);
  }

  private async clerk({ window, opens, lunch }: WindowDay): Promise<void> {
    const client = new ApiClient(this.options.origin, this.options.tokens.clerk(window.code));
    const at = `/halls/${this.options.hall}/windows/${window.code}`;
    await this.until(opens);
    const opened = await client.post(`${at}/open`);
    if (opened.body.code === "window_taken") return this.options.progress(`window ${window.code} is left to the clerk who sits there`);
    if (opened.status !== 200) return this.note(`open ${window.code}: ${opened.status} ${opened.body.code}`);
    this.open++;
    let lunched = false;
    let pressed = true;
    for (;;) {
      if (!lunched && this.now() >= lunch.from) {
        lunched = true;
        if (this.now() < lunch.to) {
          await client.post(`${at}/pause`, { reason: "午餐" });
          await this.until(lunch.to);
          await client.post(`${at}/open`);
        }
      }
      this.pressed.set(window.code, performance.now());
      const answer = await client[pressed ? "post" : "poll"]<{ ticket: { number: string } }>(`${at}/call-next`);
      pressed = true;
      if (answer.status === 200 || answer.body.code === "window_busy") await this.serve(client, at, answer.body.ticket.number);
      else if (answer.body.code === "queue_empty") {
        if (!this.arriving && (this.unfinished() === 0 || this.stalled())) break;
        pressed = await this.idle(window.lines, lunched ? Infinity : lunch.from);
      } else {
        this.note(`call-next ${window.code}: ${answer.status} ${answer.body.code}`);
        await this.pass(1);
      }
    }
    const closed = await client.post(`${at}/close`);
    if (closed.status !== 200) this.note(`close ${window.code}: ${closed.status} ${closed.body.code}`);
    this.open--;
  }

  private unfinished = (): number => this.result.visits.filter((visit) => !visit.end).length;

  /** Nobody was called for a long while although people should be waiting: the day ends and says who is left. */
  private stalled(): boolean {
    if (Date.now() - this.movedAt < Math.max(STALL_LEAST_MS, (STALL_MINUTES / this.options.speed) * 60_000)) return false;
    const left = this.result.visits.filter((visit) => !visit.end);
    for (const visit of left) {
      visit.end = "left";
      this.note(`${visit.number} was never called to the end`);
    }
    return true;
  }

  /** Until somebody comes to one of the lines (then true), lunch begins, or some time has passed. */
  private idle(lines: string[], lunch: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (woken: boolean) => { clearTimeout(timer); this.wakers.delete(waker); resolve(woken); };
      const waker = { lines, wake: () => end(true) };
      const timer = setTimeout(() => end(false), Math.max(50, Math.min(IDLE_POLL_MS, ((lunch - this.now()) / this.options.speed) * 60_000)));
      this.wakers.add(waker);
    });
  }

  private async serve(client: ApiClient, at: string, number: string): Promise<void> {
    this.movedAt = Date.now();
    const record = await this.recordOf(number);
    if (!record) return this.stranger(client, at, number);
    const first = record.calledAt === undefined;
    if (first) record.calledAt = this.now();
    const { visitor } = record;
    if (visitor.noShow && first) {
      await this.pass(WAIT_FOR_PERSON);
      await this.step(client, `${at}/miss`);
      if (!visitor.comesBack) return void (record.end = "missed");
      void this.pass(5).then(() => new ApiClient(this.options.origin).post(`/tickets/${record.token}/return`)).then(({ status, body }) => { if (status !== 200) { record.end = "missed"; this.note(`return of ${number}: ${status} ${body.code}`); } }, (error: unknown) => { record.end = "missed"; this.note(`return of ${number}: ${String(error)}`); });
      return;
    }
    await this.pass(WALK);
    await this.step(client, `${at}/start`);
    const moved = visitor.transfer;
    if (moved && record.line !== moved.line) {
      await this.pass(visitor.serviceMinutes / 3);
      record.line = moved.line;
      return this.step(client, `${at}/transfer`, { line: moved.line });
    }
    await this.pass(moved ? moved.minutes : visitor.serviceMinutes);
    await this.step(client, `${at}/finish`, { outcome: "done" });
    record.end = "served";
  }

  /** A free window may call a number before the visitor's own answer has arrived: wait while any is under way. */
  private async recordOf(number: string): Promise<VisitRecord | undefined> {
    while (!this.records.has(number) && this.asking > 0) await sleep(20);
    return this.records.get(number);
  }

  /** A ticket that was in the hall, or at the window, before the simulation. */
  private async stranger(client: ApiClient, at: string, number: string): Promise<void> {
    this.options.progress(`${number} was waiting before the simulation; it is served too`);
    await client.post(`${at}/start`);
    await this.step(client, `${at}/finish`);
  }

  private async step(client: ApiClient, path: string, body?: unknown): Promise<void> {
    const { status, body: answer } = await client.post(path, body);
    if (status !== 200) this.note(`${path}: ${status} ${answer.code}`);
  }
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
