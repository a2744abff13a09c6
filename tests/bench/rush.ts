import { Connection, quantile } from "./http-client";
import { buildWorld } from "./world";

const TICKETS = 2_000;
const SECONDS = 10;
const HALLS = 50;
const CONNECTIONS = 32;

/** The opening rush: 2,000 tickets in 10 s over 50 halls; no number twice, none missing, p99 within 300 ms. */
export async function openingRush(): Promise<void> {
  const world = await buildWorld(HALLS, 4);
  try {
    const port = Number(new URL(world.origin).port);
    const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => Connection.open(port)));
    const free = [...connections];
    const waiting: ((connection: Connection) => void)[] = [];
    const borrow = (): Promise<Connection> => { const connection = free.pop(); return connection ? Promise.resolve(connection) : new Promise((resolve) => waiting.push(resolve)); };
    const giveBack = (connection: Connection) => { const next = waiting.shift(); if (next) next(connection); else free.push(connection); };
    const times: number[] = [];
    const numbers = new Map<string, Set<string>>();
    const one = async (i: number) => {
      const hall = world.halls[i % HALLS]!;
      // The visitor's time begins when the button is pressed, also while all connections are busy.
      const pressed = performance.now();
      const connection = await borrow();
      const { status, body } = await connection.post(`/api/v1/halls/${hall.code}/tickets`, hall.kiosk, JSON.stringify({ line: "ABC"[i % 3], channel: "kiosk" }));
      giveBack(connection);
      times.push(performance.now() - pressed);
      if (status !== 201) throw new Error(`ticket answered ${status}: ${body}`);
      const { number } = JSON.parse(body.slice(body.indexOf("{"), body.lastIndexOf("}") + 1)) as { number: string };
      const known = numbers.get(hall.code) ?? new Set();
      if (known.has(number)) throw new Error(`${hall.code} gave ${number} twice`);
      numbers.set(hall.code, known.add(number));
    };
    const started = performance.now();
    const all: Promise<void>[] = [];
    for (let i = 0; i < TICKETS; i++) {
      const due = started + (i * SECONDS * 1000) / TICKETS;
      if (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      all.push(one(i));
    }
    await Promise.all(all);
    const seconds = (performance.now() - started) / 1000;
    const { rows } = await world.db.query<{ gaps: number }>("select count(*)::int as gaps from (select 1 from tickets group by hall_id, number_line_id, day having count(*) <> max(number_seq)) g");
    const p99 = quantile(times, 0.99);
    console.log(`opening rush: ${TICKETS} tickets in ${seconds.toFixed(1)} s over ${HALLS} halls, none twice, ${rows[0]!.gaps} lines with a gap, median ${quantile(times, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (limit 300 ms) ${p99 <= 300 && rows[0]!.gaps === 0 ? "met" : "MISSED"}`);
    for (const connection of connections) connection.close();
  } finally {
    await world.stop();
  }
}
