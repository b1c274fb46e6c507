// While the judge looks at one answer it looks at no other: what a long one costs it.
import { RandomGenerator } from "retroprop";
import { expect, test } from "vitest";
import { numbersIn } from "../judge/numbers.js";
import type { Value } from "../judge/student.js";
import { pathOf } from "../specs/tp2/hidden/training-mistakes.js";
import { drawTraining } from "../specs/tp2/visible/run-training.js";

const zeros = (length: number): Value => ({ kind: "list", items: new Array<number>(length).fill(0) });

test("of a list of a million numbers no copy is made, nor an object of each", () => {
  const million = zeros(1_000_000);
  expect(numbersIn(million)?.data).toBe((million as { readonly items: readonly Value[] }).items);
});

test("a training of a hundred thousand steps is followed as far as it was asked for", () => {
  const run: Value = { kind: "object", entries: new Map([["order", zeros(100_000)]]) };
  expect(pathOf(run, drawTraining(new RandomGenerator(1), 6, 3))).toHaveLength(3);
});
