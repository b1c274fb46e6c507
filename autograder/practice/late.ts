// What being late costs: by days or hours begun, after a grace, no more than the cap.
import type { LateRule } from "./adjustments.js";

export interface Lateness {
  /** Minutes after the deadline. */
  readonly minutes: number;
  /** Days or hours begun. */
  readonly periods: number;
  /** In points out of 20. */
  readonly penalty: number;
}

/** Undefined when in time. `mark` is out of 20, before the penalty. */
export function latenessOf(rule: LateRule, handedIn: Date, mark: number): Lateness | undefined {
  const minutes = (handedIn.getTime() - new Date(rule.deadline).getTime()) / 60_000;
  if (!(minutes > rule.graceMinutes)) return undefined;
  const periods = Math.ceil(minutes / (rule.per === "day" ? 24 * 60 : 60));
  const each = rule.points ?? (mark * (rule.percent ?? 0)) / 100;
  return { minutes: Math.ceil(minutes), periods, penalty: Math.min(periods * each, rule.atMost, mark) };
}
