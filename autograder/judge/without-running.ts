// The result of an exercise that cannot be run, or is not there to be.
import type { Exercise, SpecTest } from "./spec.js";
import type { ExerciseResult, StaffTest, Verdict } from "./verdict.js";

/** Every test with the same verdict and message, and no point; `detail` is for staff. */
export function withoutRunning(
  { id, title, tests }: Exercise,
  verdict: Verdict,
  message: string,
  detail?: string,
): ExerciseResult<StaffTest> {
  const staffEvidence = detail === undefined ? {} : { staffEvidence: { received: detail } };
  const results = tests.map(({ visibility, title, points }: SpecTest): StaffTest => {
    return { visibility, title, points, earned: 0, verdict, message, ...staffEvidence, milliseconds: 0 };
  });
  return { id, title, points: results.reduce((sum, { points }) => sum + points, 0), earned: 0, tests: results };
}
