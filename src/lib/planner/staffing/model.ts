/**
 * Who serves where and when: people with skills, presence and breaks cover the windows that each field needs. Pure.
 *
 * Method: the best day of one person, everybody else's given, is found exactly by dynamic programming over the periods
 * with all rules (presence, skills, break, least time at one place); days are set one after the other, then again and
 * again, also several at once, until nothing gets better. Beside the result stands a bound that no plan can beat, so that
 * everybody sees what is proven.
 */
export interface Person {
  code: string;
  /** Fields that this person can serve. */
  skills: readonly string[];
  /** Periods in which the person is there. */
  present: readonly boolean[];
}

export interface StaffingTask {
  /** Minutes of each period. */
  lengths: readonly number[];
  /** Windows that each field needs, per period. */
  needs: ReadonlyMap<string, readonly number[]>;
  /** Windows that each field has. */
  most?: ReadonlyMap<string, number>;
  people: readonly Person[];
  /** Least periods at one field without interruption. */
  leastOpen: number;
  /** Everybody has `periods` on end without a window somewhere from period `from` up to before `to`. */
  rest?: { periods: number; from: number; to: number };
}

export interface StaffingPlan {
  /** Field of each person in each period; undefined: at no window. */
  days: Map<string, (string | undefined)[]>;
  /** Windows missing per field and period. */
  missing: Map<string, number[]>;
  /** Window minutes missing in all, and the least that any plan could miss. */
  missingMinutes: number;
  bound: number;
}

/** A missing window weighs so many times one that stands open without need. */
const WEIGHT = 1_000;
/** Times that several days are taken back and set anew. */
const ROUNDS = 2_000;

type DayOf = (string | undefined)[];

class Cover {
  private readonly counts: Map<string, number[]>;

  constructor(private readonly task: StaffingTask) {
    this.counts = new Map([...task.needs].map(([field, need]) => [field, need.map(() => 0)]));
  }

  add(day: DayOf, by: 1 | -1): void {
    day.forEach((field, i) => { if (field !== undefined) this.counts.get(field)![i]! += by; });
  }

  /** What one more window of a field is worth in period i; −∞ where no window is left. */
  worth(field: string, i: number): number {
    const count = this.counts.get(field)![i]!;
    if (count >= (this.task.most?.get(field) ?? Infinity)) return -Infinity;
    return this.task.lengths[i]! * (count < this.task.needs.get(field)![i]! ? WEIGHT : -1);
  }

  missing = (): Map<string, number[]> => new Map([...this.task.needs].map(([field, need]) => [field, need.map((windows, i) => Math.max(0, windows - this.counts.get(field)![i]!))]));

  /** Weighted missing and needless windows; lower is better. */
  penalty(): number {
    let sum = 0;
    for (const [field, need] of this.task.needs) need.forEach((windows, i) => {
      const gap = windows - this.counts.get(field)![i]!;
      sum += this.task.lengths[i]! * (gap > 0 ? gap * WEIGHT : -gap);
    });
    return sum;
  }
}

interface Step {
  value: number;
  /** Field now, and for how many periods, counted up to the least. */
  field: string | undefined;
  age: number;
  /** Periods of rest on end; `rest.periods` once it has been had. */
  rest: number;
  before?: Step;
}

/** The best day of one person beside the cover by the others: exact, by dynamic programming over (field, age, rest). */
function bestDay(person: Person, task: StaffingTask, cover: Cover): DayOf {
  const fields = person.skills.filter((field) => task.needs.has(field));
  const { rest } = task;
  let steps: Step[] = [{ value: 0, field: undefined, age: 0, rest: 0 }];
  for (let i = 0; i < task.lengths.length; i++) {
    const next = new Map<string, Step>();
    const resting = rest && i >= rest.from && i < rest.to;
    for (const before of steps) for (const field of person.present[i] ? [undefined, ...fields] : [undefined]) {
      if (before.field !== undefined && field !== before.field && before.age < task.leastOpen) continue;
      const had = rest && before.rest >= rest.periods;
      const step: Step = {
        value: before.value + (field === undefined ? 0 : cover.worth(field, i)), field, before,
        age: field === undefined ? 0 : field === before.field ? Math.min(task.leastOpen, before.age + 1) : 1,
        rest: had ? before.rest : field === undefined && resting ? before.rest + 1 : 0,
      };
      if (step.value === -Infinity || (rest && i === rest.to - 1 && step.rest < rest.periods)) continue;
      const key = `${field ?? ""}/${step.age}/${step.rest}`;
      const known = next.get(key);
      if (!known || step.value > known.value) next.set(key, step);
    }
    steps = [...next.values()];
  }
  const done = steps.filter((step) => step.field === undefined || step.age >= task.leastOpen).sort((a, b) => b.value - a.value)[0];
  const day: DayOf = [];
  for (let step = done; step?.before; step = step.before) day.unshift(step.field);
  return day.length === 0 ? task.lengths.map(() => undefined) : day;
}

/** Windows of one period that nobody present can fill, whoever goes where: what a largest matching leaves open. */
function unmatched(task: StaffingTask, i: number): number {
  const holder = new Map<Person, string>();
  const people = task.people.filter((person) => person.present[i]);
  const place = (field: string, seen: Set<Person>): boolean => people.some((person) => {
    if (seen.has(person) || !person.skills.includes(field)) return false;
    seen.add(person);
    const other = holder.get(person);
    if (other !== undefined && !place(other, seen)) return false;
    holder.set(person, field);
    return true;
  });
  let open = 0;
  for (const [field, need] of task.needs) {
    const most = task.most?.get(field) ?? Infinity;
    for (let window = 0; window < need[i]!; window++) if (window >= most || !place(field, new Set())) open++;
  }
  return open;
}

/** Window minutes that any plan must miss: by matching in each period, and within the time of rest by the time that people have left. */
function leastMissing(task: StaffingTask): number {
  const { rest, lengths } = task;
  const alone = lengths.map((minutes, i) => minutes * unmatched(task, i));
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  if (!rest) return sum(alone);
  const inside = lengths.slice(rest.from, rest.to);
  const needed = sum(inside.map((minutes, k) => minutes * sum([...task.needs.values()].map((need) => need[rest.from + k]!))));
  const shortest = Math.min(...inside.slice(0, inside.length - rest.periods + 1).map((_, k) => sum(inside.slice(k, k + rest.periods))));
  const had = sum(task.people.map((person) => Math.min(sum(inside) - shortest, sum(inside.map((minutes, k) => (person.present[rest.from + k] ? minutes : 0))))));
  return sum(alone) - sum(alone.slice(rest.from, rest.to)) + Math.max(sum(alone.slice(rest.from, rest.to)), needed - had);
}

/** Numbers from 0 to below `below`, always the same (Park & Miller 1988). */
function* numbers(below: number): Generator<number, never> {
  for (let state = 1;;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state % below;
  }
}

/** Covers the needs by the people as well as it can; people without a useful place stay free. */
export function planStaff(task: StaffingTask): StaffingPlan {
  const cover = new Cover(task);
  const bound = leastMissing(task);
  const days = new Map<Person, DayOf>();
  const redo = (people: readonly Person[]) => {
    for (const person of people) cover.add(days.get(person) ?? [], -1);
    for (const person of people) {
      const day = bestDay(person, task, cover);
      days.set(person, day);
      cover.add(day, 1);
    }
  };
  // Who can do least chooses first.
  const order = [...task.people].sort((a, b) => a.skills.length - b.skills.length);
  for (const person of order) redo([person]);
  for (let best = Infinity; cover.penalty() < best;) {
    best = cover.penalty();
    for (const person of order) redo([person]);
  }
  const pick = numbers(Math.max(1, order.length));
  for (let round = 0; round < ROUNDS && order.length > 1 && cover.penalty() >= (bound + 1e-9) * WEIGHT; round++) {
    const before = cover.penalty();
    const chosen = [...new Set(Array.from({ length: 2 + (round % 4) }, () => order[pick.next().value]!))];
    const old = chosen.map((person) => days.get(person)!);
    redo(chosen);
    if (cover.penalty() <= before) continue;
    chosen.forEach((person, k) => {
      cover.add(days.get(person)!, -1);
      days.set(person, old[k]!);
      cover.add(old[k]!, 1);
    });
  }
  const missing = cover.missing();
  const missingMinutes = [...missing.values()].reduce((sum, list) => sum + list.reduce((part, windows, i) => part + windows * task.lengths[i]!, 0), 0);
  return { days: new Map([...days].map(([person, day]) => [person.code, day])), missing, missingMinutes, bound };
}
