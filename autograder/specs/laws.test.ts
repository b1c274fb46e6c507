// The tests of every exercise held to their law, exercise by exercise: `npx vitest autograder/specs/laws -t tp1.softmax`.
import { describe, expect, test } from "vitest";
import { gradedSpecs } from "./graded.js";
import {
  fullMarksProblems,
  gradeMistake,
  loadMistakes,
  loadReference,
  loadVariant,
  mistakeProblems,
  specSeeds,
  stubProblems,
  variantFiles,
} from "./spec-laws.js";

const mistakesOf = Object.fromEntries(
  await Promise.all(Object.keys(gradedSpecs).map(async (tp) => [tp, await loadMistakes(tp)] as const)),
);

const exercises = Object.entries(gradedSpecs).flatMap(([tp, specs]) =>
  specs.map((spec) => ({ tp, spec, id: spec.id })),
);

describe.each(exercises)("$id", ({ tp, spec, id }) => {
  test("gives the solution all points", async () => {
    expect(await fullMarksProblems(tp, await loadReference(tp), [spec])).toEqual([]);
  });

  test("gives the stub nothing, and says that it is not finished", async () => {
    expect(await stubProblems(tp, [spec])).toEqual([]);
  });

  test.each(variantFiles(tp))("gives the variant %s all points, whatever the seed", async (file) => {
    expect(await fullMarksProblems(tp, await loadVariant(tp, file), [spec])).toEqual([]);
  });

  test.each(mistakesOf[tp]!.filter(({ exercise }) => exercise === id))(
    "takes points from $file, which it names « $named »",
    async (mistake) => {
      const [seed] = specSeeds; // `build --check` draws from all of them
      expect(mistakeProblems(tp, await gradeMistake(tp, mistake, [seed]))).toEqual([]);
    },
  );
});

test.each(Object.keys(gradedSpecs))("%s has correct programs in five styles at least", (tp) => {
  expect(variantFiles(tp).length).toBeGreaterThanOrEqual(5);
});
