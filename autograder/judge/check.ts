// `await check("tp1.softmax", { softmax })`: the visible tests of one exercise, on functions that live in a notebook.
import { CheckResult } from "./check-result.js";
import { type Functions, LocalStudent } from "./local-student.js";
import { checkWords, frenchSpaces } from "./messages.fr.js";
import { runExercise } from "./run-spec.js";
import type { VisibleExercise } from "./spec.js";
import { toStudentExercise } from "./student-report.js";

/** The inputs of a check stay the same from one run to the next, so that a student can follow one mistake. */
const checkSeed = "check";

/**
 * Runs the tests of `id` among `exercises`. The result shows itself as the value of a cell.
 *
 * @throws CheckError when there is no such exercise, or its function was not given
 */
export async function checkWith(
  exercises: readonly VisibleExercise[],
  id: string,
  functions: Functions,
): Promise<CheckResult> {
  const exercise = exercises.find((one) => one.id === id);
  if (exercise === undefined)
    throw new CheckError(
      checkWords.unknownExercise(
        id,
        exercises.map((one) => one.id),
      ),
    );
  expectFunction(exercise, functions);
  const result = await runExercise(exercise, new LocalStudent(functions), { seed: checkSeed });
  return new CheckResult(exercise.name, toStudentExercise(result));
}

function expectFunction({ id, name }: VisibleExercise, functions: Functions): void {
  const given: unknown = functions?.[name];
  if (typeof given === "function") return;
  throw new CheckError(given === undefined ? checkWords.missingFunction(id, name) : checkWords.notAFunction(name));
}

/** `check` was asked something it cannot answer; the message is French, for the student. */
export class CheckError extends Error {
  constructor(message: string) {
    super(frenchSpaces(message));
    this.name = "CheckError";
  }
}
