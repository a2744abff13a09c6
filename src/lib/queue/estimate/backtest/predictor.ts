/** Predicts waits from situations and learns from what became of them. Pure but for its own state. */
import { Mean, Regression } from "../learn/regression";
import { AdaptiveLevel, gammaRatio, quantileOf, Spread } from "../learn/quantiles";
import type { Prediction } from "../score/model";
import { FEATURES, PRIOR, type Situation } from "./features";

/** Outcomes that the level of waits and a lasting bias are remembered for. */
const MEMORY = 1_000;
/** Outcomes that the theory of the spread counts as much as. */
const THEORY = 100;
const QUEUE_BINS = 20;
const FREE_BINS = 4;
/** Neighbours in a queue share their luck: so many of them say as much as one independent visitor. */
const INFLATION = 60;

interface Pending {
  situation: Situation;
  experts: Expert[];
  answers: number[];
  mean: number;
  floor: number;
  bin: number;
  predicted: Prediction;
}

/** One way to the expected wait, with its recent squared error relative to the level of waits. */
interface Expert {
  answer: (features: Float64Array) => number;
  learn?: (features: Float64Array, wait: number, variance: number) => void;
  loss: Mean;
}

/** Features that may answer by themselves. */
const PLAIN = ["queueByWindows", "queueShared", "queueGroup", "headOfLine", "last10", "groupRecent", "hour", "level", "queueLength", "queueByAges"] as const satisfies readonly (typeof FEATURES)[number][0][];
const plain = (name: (typeof PLAIN)[number]): Expert => {
  const index = FEATURES.findIndex(([feature]) => feature === name);
  return { answer: (features) => features[index]!, loss: new Mean(400) };
};

function learned(spread: number, forgetting: number, inflation: number): Expert {
  const regression = new Regression(PRIOR, spread, forgetting);
  return { answer: (features) => regression.predict(features), learn: (features, wait, variance) => regression.learn(features, wait, inflation * variance), loss: new Mean(400) };
}

/**
 * The expected wait is an average of experts, weighted by their recent squared errors (aggregation as in Cesa-Bianchi and
 * Lugosi 2006, chapter 2): queue estimators (Whitt 1999, Ibrahim and Whitt 2009), simple means, and regressions on all of
 * them for the hall, the line and the group. Quantiles are those of actual over expected wait in like situations, their
 * levels adapted to what happened (Gibbs and Candès 2021). Minutes throughout.
 */
export class Predictor {
  private readonly pending = new Map<number, Pending>();
  private readonly experts = new Map<string, Expert[]>();
  private readonly level = new Mean(1_000);
  private readonly said = new Mean(MEMORY);
  private readonly was = new Mean(MEMORY);
  private readonly spread = new Spread(QUEUE_BINS + FREE_BINS);
  private readonly low = new AdaptiveLevel(0.1, 0.02, 0.4);
  private readonly high = new AdaptiveLevel(0.9, 0.65, 0.98);
  private readonly shared = new Map<string, Expert>();

  predict(index: number, situation: Situation): Prediction {
    const { features } = situation;
    const experts = this.expertsOf(situation);
    const level = this.level.or(features[0]!);
    const answers = experts.map((expert) => Math.min(1_440, Math.max(0, expert.answer(features))));
    const mean = blend(experts, answers) * this.correction();
    const floor = Math.max(mean, 0.05 * Math.max(level, situation.headway), 1e-3);
    const bin = binOf(situation);
    const ratios = situation.free ? this.spread.ratios(bin, QUEUE_BINS, QUEUE_BINS + FREE_BINS) : this.spread.ratios(bin, 0, QUEUE_BINS);
    // At a free window theory says zero.
    const theory = situation.free ? 10 : THEORY;
    const at = (q: number) => (floor * (theory * (situation.free ? 0 : gammaRatio(situation.ahead + 1, q)) + (ratios.length > 0 ? ratios.length * quantileOf(ratios, q) : 0))) / (theory + ratios.length);
    const p50 = at(0.5);
    const predicted = { mean, p10: Math.min(p50, at(this.low.level)), p50, p90: Math.max(p50, at(this.high.level)) };
    this.pending.set(index, { situation, experts, answers, mean, floor, bin, predicted });
    return predicted;
  }

  learn(index: number, wait: number): void {
    const known = this.pending.get(index);
    if (!known) return;
    this.pending.delete(index);
    const { experts, answers, situation, mean, floor, bin, predicted } = known;
    // At least a few headways: the first waits of an empty hall are no measure.
    const level = Math.max(this.level.or(wait), 2 * situation.headway, 1e-3);
    experts.forEach((expert, place) => expert.loss.add(Math.min(25, ((answers[place]! - wait) / level) ** 2)));
    // The variance of a wait grows with it: between that of a sum of services (linear) and of a mixture (quadratic).
    const variance = 0.3 * (mean + 0.1 * level) * (situation.headway + 0.2 * level);
    for (const expert of experts) expert.learn?.(situation.features, wait, variance);
    this.level.add(wait);
    this.said.add(mean);
    this.was.add(wait);
    this.spread.add(bin, Math.min(20, wait / floor));
    this.low.learn(wait < predicted.p10);
    this.high.learn(wait <= predicted.p90);
  }

  /** What was said of late against what it was: takes out a lasting bias. */
  private correction(): number {
    const lean = 150 * this.level.value;
    const seen = Math.min(this.said.seen, MEMORY);
    return this.said.seen === 0 || lean === 0 ? 1 : Math.min(1.25, Math.max(0.8, (this.was.value * seen + lean) / (this.said.value * seen + lean)));
  }

  private expertsOf({ group, free }: Situation): Expert[] {
    const key = `${group.key}\u0000${free}`;
    const known = this.experts.get(key);
    if (known) return known;
    const regime = free ? "free" : "queue";
    const all = [
      this.expert(`all ${regime}`, () => learned(0.2, 1, INFLATION)), this.expert(`line ${regime} ${group.line.name}`, () => learned(0.2, 0.9999, INFLATION)),
      learned(0.2, 0.9998, INFLATION), learned(0.2, 0.999, INFLATION), ...PLAIN.map(plain),
    ];
    this.experts.set(key, all);
    return all;
  }

  private expert(key: string, make: () => Expert): Expert {
    const known = this.shared.get(key);
    if (known) return known;
    const made = make();
    this.shared.set(key, made);
    return made;
  }
}

/** Weights fall with a high power of the recent squared error: nearly the best expert, shared between like ones. */
function blend(experts: readonly Expert[], answers: readonly number[]): number {
  const best = Math.min(...experts.map((expert) => expert.loss.or(1)));
  let sum = 0;
  let weights = 0;
  experts.forEach((expert, place) => {
    const weight = ((best + 1e-9) / (expert.loss.or(1) + 1e-9)) ** 12;
    sum += weight * answers[place]!;
    weights += weight;
  });
  return sum / weights;
}

/** Situations with like spreads: by people ahead, two steps per doubling; with a free window by the windows at work. */
function binOf({ ahead, free, busy }: Situation): number {
  if (free) return QUEUE_BINS + Math.min(FREE_BINS - 1, Math.floor(Math.log2(busy + 1)));
  return Math.min(QUEUE_BINS - 1, Math.floor(2 * Math.log2(ahead + 1)));
}
