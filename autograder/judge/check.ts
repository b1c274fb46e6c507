// `await check("tp1.softmax", { softmax })`: the visible tests of one exercise, on what lives in a notebook.
import { CheckResult } from "./check-result.js";
import { type Functions, LocalStudent } from "./local-student.js";
import { checkWords, frenchSpaces } from "./messages.fr.js";
import { runExercise } from "./run-spec.js";
import type { VisibleExercise } from "./spec.js";
import { toStudentExercise } from "./student-report.js";
import type { ExerciseResult, StaffTest } from "./verdict.js";
import { usedBy, withAdvice } from "./where-to-start.js";

/** The inputs of a check stay the same from one run to the next, so that a student can follow one mistake. */
const checkSeed = "check";

/**
 * Runs the tests of `id` among `exercises`. The result shows itself as the value of a cell. Where it fails, the exercises
 * it uses are looked at too, those whose functions are given.
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
  for (const name of needed(exercise)) expectFunction(exercise, name, functions);
  const result = await runHere(exercise, functions);
  const used = usedBy(exercise, exercises).filter((one) => needed(one).every((name) => isFunction(functions[name])));
  const others = result.earned < result.points ? await Promise.all(used.map((one) => runHere(one, functions))) : [];
  return new CheckResult(exercise.name, toStudentExercise(withAdvice(result, exercises, others)));
}

const runHere = (exercise: VisibleExercise, functions: Functions): Promise<ExerciseResult<StaffTest>> =>
  runExercise(exercise, new LocalStudent(functions), { seed: checkSeed });

const needed = ({ name, given = [] }: VisibleExercise): string[] => [...given, name];

/** A class is one too. */
const isFunction = (value: unknown): boolean => typeof value === "function";

function expectFunction(exercise: VisibleExercise, name: string, functions: Functions): void {
  const value: unknown = functions?.[name];
  if (isFunction(value)) return;
  const { id } = exercise;
  throw new CheckError(
    value === undefined ? checkWords.missingFunction(id, name, needed(exercise)) : checkWords.notAFunction(name),
  );
}

/** `check` was asked something it cannot answer; the message is French, for the student. */
export class CheckError extends Error {
  constructor(message: string) {
    super(frenchSpaces(message));
    this.name = "CheckError";
  }
}
