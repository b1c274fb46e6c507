import { readFileSync } from "node:fs";
import { RandomGenerator } from "retroprop";
import { expect, test } from "vitest";
import * as reference from "../../../course/tp2/reference/index.js";
import { textOfClosureFree } from "../../judge/closure-free.js";
import { LocalStudent } from "../../judge/local-student.js";
import { runExercises } from "../../judge/run-spec.js";
import { joinExercises } from "../../judge/spec.js";
import type { Evaluation, Sent, Value } from "../../judge/student.js";
import { sessionBHidden } from "./hidden/session-b.js";
import { endsAs, pathOf } from "./hidden/training-mistakes.js";
import { drawTraining, runTraining } from "./visible/run-training.js";
import { sessionBVisible } from "./visible/session-b.js";

/** Refuses what could not run in another process. */
class Sender extends LocalStudent {
  readonly sent = new Set<string>();

  override evaluate<Inputs extends Sent>(body: Evaluation<Inputs>, inputs: Inputs): Promise<Value> {
    this.sent.add(textOfClosureFree(body));
    return super.evaluate(body, inputs);
  }
}

test("session B sends bodies that use nothing of what is around them", async () => {
  const student = new Sender({ ...reference });
  await runExercises(joinExercises(sessionBVisible, sessionBHidden), student, { seed: "red" });
  expect(student.sent.size).toBe(9);
});

test.each(["one", "two", "three", "four", "five", "six"])(
  "session B gives the reference all points from seed %s",
  async (seed) => {
    const exercises = joinExercises(sessionBVisible, sessionBHidden);
    const results = await runExercises(exercises, new LocalStudent({ ...reference }), { seed });
    const lost = results.flatMap(({ id, tests }) =>
      tests
        .filter(({ verdict }) => verdict !== "correct")
        .map(({ title, message }) => `${id}, « ${title} »: ${message}`),
    );
    expect(lost).toEqual([]);
  },
);

test("the course of a training run is the reference's, and no mistaken one", async () => {
  const training = drawTraining(new RandomGenerator(1), 6, 3);
  const run = await runTraining(new LocalStudent({ ...reference }), training);
  expect(endsAs(run, pathOf(run, training))).toBe(true);
  for (const departure of [
    { accumulates: "run" },
    { accumulates: "epoch" },
    { times: 2 },
    { evaluationLeaks: true },
  ] as const) {
    expect({ departure, isThis: endsAs(run, pathOf(run, training, departure)) }).toEqual({ departure, isThis: false });
  }
});

test("visible tests of session B hold no formula that is asked", () => {
  for (const file of ["deep-network", "init", "linear-network", "sgd", "training-loop"]) {
    const text = readFileSync(new URL(`./visible/${file}.ts`, import.meta.url), "utf8");
    expect({ file, formulas: text.match(/Math\.(sqrt|log)|matmul/g) }).toEqual({ file, formulas: null });
  }
});
