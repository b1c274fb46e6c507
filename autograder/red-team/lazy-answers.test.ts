// Answers that nobody has thought about: none of them may earn a point of any exercise, nor be called a fault of ours.
import { NdArray, zeros } from "retroprop";
import { describe, expect, test } from "vitest";
import { type Functions, LocalStudent } from "../judge/local-student.js";
import { runExercise } from "../judge/run-spec.js";
import { gradedSpecs } from "../specs/graded.js";
import { Tensor } from "../specs/tp2/reference.js";

type Answer = (...args: readonly unknown[]) => unknown;

const zerosLike = (value: unknown): unknown => (value instanceof NdArray ? zeros(value.shape) : 0);
const copyOf = (value: unknown): unknown => (value instanceof NdArray ? value.clone() : value);

const lazy: Readonly<Record<string, Answer>> = {
  nothing: () => undefined,
  "an error": () => {
    throw new Error("non");
  },
  "its first argument": (first) => first,
  "its last argument": (...args) => args.at(-1),
  "copies of its arguments": (...args) => args.map(copyOf),
  "zeros like its first argument": (first) => zerosLike(first),
  "zeros like its first two arguments": (...args) => args.slice(0, 2).map(zerosLike),
  zero: () => 0,
  "one half": () => 0.5,
  one: () => 1,
  NaN: () => Number.NaN,
  "an empty list": () => [],
  "an empty object": () => ({}),
};

type BackwardRule = (g: NdArray) => NdArray;

/** A tensor of what the first one holds, with every tensor it was given as an input: a graph, at a glance. */
function linked(rule: BackwardRule): Answer {
  return (...args) => {
    const inputs = args.filter((arg) => arg instanceof Tensor);
    const result = new Tensor(inputs[0]?.data.clone() ?? 0, { requireGrad: inputs.some((input) => input.requireGrad) });
    return Object.assign(result, { operation: "lazy", inputs, rules: inputs.map(() => rule) });
  };
}

/** Of TP2, whose operations give tensors. */
const lazyTensors: typeof lazy = {
  "a tensor of its first one": (first) => new Tensor(first instanceof Tensor ? first.data.clone() : 0),
  "a tensor whose rules give g": linked((g) => g),
  "a tensor whose rules give zeros": linked((g) => zeros(g.shape)),
};

/** For an exercise that asks for a class: `new` gives what the answer gives, where that is an object. */
function asClass(answer: Answer): unknown {
  return class {
    constructor(...args: readonly unknown[]) {
      const made = answer(...args);
      if (typeof made === "object" && made !== null) Object.assign(this, made);
    }
  };
}

describe.each([
  { tp: "tp1", answers: lazy },
  { tp: "tp2", answers: { ...lazy, ...lazyTensors } },
])("$tp", ({ tp, answers }) => {
  test.each(Object.keys(answers))("no exercise is answered by %s", async (name) => {
    const functions = (await import(`../specs/${tp}/reference.ts`)) as Functions;
    for (const exercise of gradedSpecs[tp]!) {
      const answer = /^[A-Z]/.test(exercise.name) ? asClass(answers[name]!) : answers[name]!;
      const student = new LocalStudent({ ...functions, [exercise.name]: answer });
      const { id, earned, tests } = await runExercise(exercise, student, { seed: "lazy" });
      const ours = tests.filter(({ verdict }) => verdict === "not-graded").map(({ title }) => title);
      expect({ id, earned, ours }).toEqual({ id, earned: 0, ours: [] });
    }
  });
});
