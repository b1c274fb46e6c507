// The tests of every exercise held to their law, exercise by exercise: `npx vitest autograder/specs/laws -t tp1.softmax`.
import { describe, expect, test } from "vitest";
import { tps } from "../../course/manifest.js";
import { textOfClosureFree } from "../judge/closure-free.js";
import { LocalStudent } from "../judge/local-student.js";
import { runExercise } from "../judge/run-spec.js";
import type { Evaluation, Sent, Value } from "../judge/student.js";
import { gradedSpecs } from "./graded.js";
import {
  fullMarksProblems,
  gradeMistake,
  loadMistakes,
  loadReference,
  loadVariant,
  manifestProblems,
  mistakeProblems,
  specSeeds,
  stubProblems,
  variantFiles,
} from "./spec-laws.js";

/** Of variants and mistakes, which `build --check` draws from every seed. */
const seeds = specSeeds.slice(0, 1);

/** Refuses what could not run in another process. */
class Sender extends LocalStudent {
  override evaluate<Inputs extends Sent>(body: Evaluation<Inputs>, inputs: Inputs): Promise<Value> {
    textOfClosureFree(body);
    return super.evaluate(body, inputs);
  }
}

const mistakesOf = Object.fromEntries(
  await Promise.all(Object.keys(gradedSpecs).map(async (tp) => [tp, await loadMistakes(tp)] as const)),
);

const exercises = Object.entries(gradedSpecs).flatMap(([tp, specs]) =>
  specs.map((spec) => ({ tp, spec, id: spec.id })),
);

test.each(tps)("the exercises of $name have tests for the points of the manifest", ({ name, exercises }) => {
  expect(manifestProblems(exercises, gradedSpecs[name]!)).toEqual([]);
});

test("an exercise without tests, with too many points, or that nobody asks for is named", () => {
  const [affine, ...others] = gradedSpecs["tp1"]!;
  const hidden = { ...affine!, tests: affine!.tests.filter(({ visibility }) => visibility === "hidden") };
  const asked = tps.find(({ name }) => name === "tp1")!.exercises;
  const problems = manifestProblems([...asked, { id: "tp1.new", points: 2 }], [hidden, ...others]);
  expect(problems).toEqual([
    "tp1.affine: has no visible test",
    expect.stringMatching(/^tp1\.affine: its tests give [\d.]+ points, the manifest 2$/),
    "tp1.new: has no visible test",
    "tp1.new: has no hidden test",
    "tp1.new: its tests give 0 points, the manifest 2",
  ]);
  expect(manifestProblems(asked.slice(1), gradedSpecs["tp1"]!)).toEqual([
    "tp1.affine: has tests, and the manifest names no such exercise",
  ]);
});

describe.each(exercises)("$id", ({ tp, spec, id }) => {
  test("gives the solution all points", async () => {
    expect(await fullMarksProblems(tp, await loadReference(tp), [spec])).toEqual([]);
  });

  test("sends bodies that use nothing of what is around them: they run in another process", async () => {
    const program = await loadReference(tp);
    await expect(runExercise(spec, new Sender({ ...program }), { seed: specSeeds[0] })).resolves.toMatchObject({
      earned: spec.tests.reduce((sum, { points }) => sum + points, 0),
    });
  });

  test("gives the stub nothing, and says that it is not finished", async () => {
    expect(await stubProblems(tp, [spec])).toEqual([]);
  });

  test.each(variantFiles(tp))("gives the variant %s all points", async (file) => {
    expect(await fullMarksProblems(tp, await loadVariant(tp, file), [spec], seeds)).toEqual([]);
  });

  test.each(mistakesOf[tp]!.filter(({ exercise }) => exercise === id))(
    "takes points from $file, which it names « $named »",
    async (mistake) => {
      expect(mistakeProblems(tp, await gradeMistake(tp, mistake, seeds))).toEqual([]);
    },
  );
});

test.each(Object.keys(gradedSpecs))("%s has correct programs in five styles at least", (tp) => {
  expect(variantFiles(tp).length).toBeGreaterThanOrEqual(5);
});
