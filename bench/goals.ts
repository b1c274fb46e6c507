// What the project wants of its speed, beside what was measured.
import type { Competitor } from "./competitors.js";
import type { Outcome } from "./measure.js";
import type { Measurement } from "./workloads.js";

/** By the title of the measurement, then by the name of the competitor. */
export type Results = ReadonlyMap<string, ReadonlyMap<string, Outcome>>;

export interface GoalCheck {
  readonly title: string;
  /** `≥ 25 × PyTorch` */
  readonly goal: string;
  /** In the same unit; undefined when one of the two was not measured. */
  readonly measured: number | undefined;
  readonly isReached: boolean;
}

const overBestPeer = 1.5;
const overTfjsWasm = 5;

export function checkGoals(
  measurements: readonly Measurement[],
  competitors: readonly Competitor[],
  results: Results,
): GoalCheck[] {
  return measurements.flatMap((measurement) => {
    const rates = new Rates(results.get(measurement.title) ?? new Map());
    const isTraining = measurement.task.kind === "train" && measurement.task.epochs === undefined;
    return [...ownGoals(measurement, rates), ...(isTraining ? peerGoals(measurement, competitors, rates) : [])];
  });
}

/** The rate of a competitor in one measurement, if it has one. */
export class Rates {
  readonly #outcomes: ReadonlyMap<string, Outcome>;

  constructor(outcomes: ReadonlyMap<string, Outcome>) {
    this.#outcomes = outcomes;
  }

  of(name: string): number | undefined {
    const outcome = this.#outcomes.get(name);
    return outcome?.status === "measured" ? outcome.rate : undefined;
  }

  ratio(name: string, base: string): number | undefined {
    const [rate, unit] = [this.of(name), this.of(base)];
    return rate === undefined || unit === undefined ? undefined : rate / unit;
  }

  /** The fastest of some. */
  best(names: readonly string[]): string | undefined {
    const measured = names.filter((name) => this.of(name) !== undefined);
    return measured.sort((a, b) => this.of(b)! - this.of(a)!)[0];
  }
}

function ownGoals({ title, goals }: Measurement, rates: Rates): GoalCheck[] {
  const { overPyTorch, withTwoWorkers, atLeast, atMost } = goals;
  const ours = rates.of("retroprop");
  const checks: GoalCheck[] = [];
  if (overPyTorch !== undefined) {
    checks.push(atLeastGoal(title, overPyTorch, "× PyTorch", rates.ratio("retroprop", "pytorch")));
  }
  if (withTwoWorkers !== undefined) {
    const ratio = rates.ratio("retroprop-workers", "pytorch");
    checks.push(atLeastGoal(title, withTwoWorkers, "× PyTorch with 2 workers", ratio));
  }
  if (atLeast !== undefined) checks.push(atLeastGoal(title, atLeast, "GFLOP/s", ours));
  if (atMost !== undefined) {
    const measured = ours === undefined ? undefined : 1e6 / ours;
    const isReached = measured !== undefined && measured <= atMost;
    checks.push({ title, goal: `≤ ${atMost} µs an operation`, measured, isReached });
  }
  return checks;
}

function peerGoals({ title }: Measurement, competitors: readonly Competitor[], rates: Rates): GoalCheck[] {
  const peers = competitors.filter(({ family }) => family === "javascript").map(({ name }) => name);
  const best = rates.best(peers);
  const overBest = best === undefined ? undefined : rates.ratio("retroprop", best);
  return [
    atLeastGoal(title, overBestPeer, `× the best JavaScript peer${best === undefined ? "" : ` (${best})`}`, overBest),
    atLeastGoal(title, overTfjsWasm, "× tfjs-wasm", rates.ratio("retroprop", "tfjs-wasm")),
  ];
}

function atLeastGoal(title: string, wanted: number, unit: string, measured: number | undefined): GoalCheck {
  return { title, goal: `≥ ${wanted} ${unit}`, measured, isReached: measured !== undefined && measured >= wanted };
}
