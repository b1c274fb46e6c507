// Marks out of 20, rounded as the file of adjustments says.
import type { Rounding } from "./adjustments.js";

export const outOf = 20;

const stepsInAPoint: Readonly<Record<Rounding, number>> = { hundredth: 100, tenth: 10, quarter: 4, half: 2, whole: 1 };

/** To the nearest step, the half up; the dust of floating point never decides. */
export function roundMark(mark: number, rounding: Rounding): number {
  const steps = stepsInAPoint[rounding];
  return Math.floor(mark * steps + 0.5 + 1e-9) / steps;
}
