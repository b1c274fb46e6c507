// What throws is told what it threw: nothing was answered, and nothing can be known of how it would have gone.
import { describe, expect, test } from "vitest";
import { type Functions, LocalStudent } from "../judge/local-student.js";
import { runExercise } from "../judge/run-spec.js";
import { gradedSpecs } from "./graded.js";

/** Of a hidden test the student reads the class of the error alone. */
const said = "s'arrête sur une erreur";

function throwing(): never {
  throw new Error("mine");
}

/** Functions and classes of the correct program, one of which throws: when it is called, or built. */
async function programOf(tp: string, name: string): Promise<Functions> {
  const functions = (await import(`./${tp}/reference.ts`)) as Functions;
  return { ...functions, [name]: new Proxy(functions[name]!, { apply: throwing, construct: throwing }) };
}

describe.each(["tp1", "tp2"])("in every test of %s", (tp) => {
  test.each(gradedSpecs[tp]!)("$id: who throws reads the error, and no mistake is supposed", async (exercise) => {
    const program = await programOf(tp, exercise.name);
    const { tests } = await runExercise(exercise, new LocalStudent(program), { seed: "s" });
    const supposed = tests.filter(({ mistake }) => mistake !== undefined);
    expect(supposed.map(({ title, mistake }) => `${title}: ${mistake}`)).toEqual([]);
    for (const { verdict, message } of tests)
      expect([verdict, message]).toEqual(["runtime-error", expect.stringContaining(said)]);
  });
});
