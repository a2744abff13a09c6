/** A panel of predictors of one series, weighted by their absolute errors of late. Pure but for its own state. */
import { Mean, Regression } from "../learn/regression";
import { scale, unscale } from "./history";
import type { Horizon } from "./model";

/** Places of the features (history.ts): the log-scaled ones are regressed on, plain predictions in minutes follow them for the week. */
const USUAL = 1;
const FOUR_WEEKS = 3;
const DAILY = 4;
const SHARED = 12;
const LAST_HOUR = 12;
const HOUR_FEATURES = 15;
const PLAIN = 6;
/** Hours that the errors are remembered; power by which a smaller error weighs more. */
const MEMORY = 300;
const POWER = 20;

interface Member {
  answer: (features: Float64Array) => number;
  learn?: (features: Float64Array, wait: number) => void;
  loss: Mean;
}

const member = (answer: Member["answer"], learn?: Member["learn"]): Member => ({ answer, learn, loss: new Mean(MEMORY) });

export class Panel {
  private readonly members: Member[];

  constructor(horizon: Horizon) {
    const size = horizon === "week" ? SHARED : HOUR_FEATURES;
    const prior = Array.from({ length: size }, (_, index) => ({ [USUAL]: 0.6, [FOUR_WEEKS]: 0.2, [DAILY]: 0.2, [LAST_HOUR]: 0.5 })[index] ?? 0);
    this.members = [
      ...[1, 2, 3, 4, 5].map((index) => member((features) => unscale(features[index]!))),
      regression(prior, 1, false), regression(prior, 0.999, false), regression(prior, 1, true), regression(prior, 0.999, true), regression(prior, 0.995, true),
      ...(horizon === "week" ? Array.from({ length: PLAIN }, (_, index) => member((features) => features[SHARED + index]!)) : [member((features) => unscale(features[USUAL]! + features[LAST_HOUR]!))]),
    ];
  }

  predict(features: Float64Array): number {
    const best = Math.min(...this.members.map(({ loss }) => loss.or(1)));
    let sum = 0;
    let weights = 0;
    for (const { answer, loss } of this.members) {
      const weight = ((best + 1e-9) / (loss.or(1) + 1e-9)) ** POWER;
      sum += weight * answer(features);
      weights += weight;
    }
    return sum / weights;
  }

  learn(features: Float64Array, wait: number): void {
    for (const { answer, learn, loss } of this.members) {
      loss.add(Math.abs(answer(features) - wait));
      learn?.(features, wait);
    }
  }
}

/** In the logarithmic scale; `absolute` reweights the squares so that they come to the least absolute error in minutes. */
function regression(prior: readonly number[], forgetting: number, absolute: boolean): Member {
  const line = new Regression(prior, 0.3, forgetting);
  const inMinutes = (features: Float64Array) => unscale(line.predict(features));
  return member(inMinutes, (features, wait) => {
    const error = Math.abs(scale(wait) - line.predict(features));
    line.learn(features, scale(wait), absolute ? (Math.max(0.05, error) * 60) / (wait + inMinutes(features) + 6) : 2);
  });
}
