// What students' notebooks import: `await check("tp1.softmax", { softmax })`. Nothing hidden is reachable from here.
import { checkWith } from "./judge/check.js";
import type { CheckResult } from "./judge/check-result.js";
import type { Functions } from "./judge/local-student.js";
import { visibleSpecs } from "./specs/visible.js";

export { CheckError } from "./judge/check.js";
export { CheckResult } from "./judge/check-result.js";
export type { Functions } from "./judge/local-student.js";
export { type RunOptions, runExercise, runExercises } from "./judge/run-spec.js";
export type { Exercise, VisibleExercise } from "./judge/spec.js";
export type { Student } from "./judge/student.js";
export { toStudentExercise, toStudentReport } from "./judge/student-report.js";
export { visibleSpecs } from "./specs/visible.js";

/** Runs the visible tests of an exercise on live functions; the result shows itself as the value of a cell. */
export const check = (id: string, functions: Functions): Promise<CheckResult> =>
  checkWith(Object.values(visibleSpecs).flat(), id, functions);
