// Before a class is graded, the solution takes the tests: what that compiles, no submission's process compiles again.
import { ProcessStudent } from "../../autograder/judge/process-student.js";
import { runExercises } from "../../autograder/judge/run-spec.js";
import type { Exercise } from "../../autograder/judge/spec.js";
import type { Rehearsal } from "../../autograder/sandbox/bytecode.js";
import type { Sandbox } from "../../autograder/sandbox/sandbox.js";
import type { Solution } from "../../autograder/submission/reference-answers.js";
import { substitute } from "../../autograder/submission/substitute.js";
import { expectedIn } from "./visible-specs.js";

/** From so many submissions on it gains more than it takes. */
const fewestSubmissions = 20;

/** Undefined for a class that is too small for it. */
export function rehearsalFor(
  submissions: number,
  exercises: readonly Exercise[],
  solution: Solution,
): Rehearsal | undefined {
  if (submissions < fewestSubmissions) return undefined;
  return (sandbox) => rehearse(exercises, programOf(solution, exercises), sandbox);
}

async function rehearse(exercises: readonly Exercise[], program: string, sandbox: Sandbox): Promise<void> {
  const student = new ProcessStudent({ program, sandbox, slot: 0 });
  try {
    await runExercises(exercises, student, { seed: 1 });
  } finally {
    await student.close();
  }
}

/** All answers of the solution, in a program without a student. */
function programOf(solution: Solution, exercises: readonly Exercise[]): string {
  const expected = expectedIn(exercises);
  const made = substitute([], { solution, replaced: expected, expected });
  if ("uncut" in made) throw new Error(`internal: the solution is no program: ${made.uncut}`);
  return made.program;
}
