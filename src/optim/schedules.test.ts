import { describe, expect, test } from "vitest";
import { array } from "../nd/creation.js";
import { Parameter } from "../nn/parameter.js";
import {
  CosineAnnealingLR,
  ExponentialLR,
  ReduceLROnPlateau,
  type ReduceLROnPlateauOptions,
  StepLR,
} from "./schedules.js";
import { SGD } from "./sgd.js";

const optimizerAt = (learningRate: number) => new SGD([new Parameter(array([1]), "W")], { learningRate });

function ratesOnPlateau(options: ReduceLROnPlateauOptions, losses: readonly number[], start = 1): number[] {
  const optimizer = optimizerAt(start);
  const schedule = new ReduceLROnPlateau(optimizer, options);
  return losses.map((loss) => {
    schedule.step(loss);
    return optimizer.learningRate;
  });
}

describe("CosineAnnealingLR", () => {
  test("comes down from the start to the minimum, half way in the middle, and stays there", () => {
    const optimizer = optimizerAt(1);
    const schedule = new CosineAnnealingLR(optimizer, { epochs: 4, minimum: 0.5 });
    const rates = Array.from({ length: 6 }, () => {
      schedule.step();
      return optimizer.learningRate;
    });
    expect(rates[1]).toBe(0.75);
    expect(rates.slice(3)).toEqual([0.5, 0.5, 0.5]);
    expect(rates).toEqual([...rates].sort((a, b) => b - a));
  });
});

describe("ReduceLROnPlateau", () => {
  test("waits for more than `patience` epochs without progress", () => {
    expect(ratesOnPlateau({ factor: 0.5, patience: 1 }, [3, 3, 3, 2, 2, 1])).toEqual([1, 1, 0.5, 0.5, 0.5, 0.5]);
  });

  test("takes no loss that is no number for progress", () => {
    const options = { factor: 0.5, patience: 0 };
    expect(ratesOnPlateau(options, [Number.NaN, Number.POSITIVE_INFINITY])).toEqual([0.5, 0.25]);
  });

  test("stops at its minimum, and never raises a rate that somebody set below it", () => {
    expect(ratesOnPlateau({ factor: 0.5, patience: 0, minimum: 0.4 }, [1, 1, 1, 1])).toEqual([1, 0.5, 0.4, 0.4]);
    const optimizer = optimizerAt(1);
    const schedule = new ReduceLROnPlateau(optimizer, { patience: 0, minimum: 0.5 });
    optimizer.learningRate = 0.1;
    for (const loss of [1, 1]) schedule.step(loss);
    expect(optimizer.learningRate).toBe(0.1);
  });

  test("asks for the loss", () => {
    expect(() => new ReduceLROnPlateau(optimizerAt(1)).step()).toThrow("expected the loss of the epoch");
  });
});

test.each([
  [() => new StepLR(optimizerAt(1), { every: 0, factor: 0.5 }), "StepLR: every must be a number ≥ 1, whole"],
  [() => new StepLR(optimizerAt(1), { every: 1.5, factor: 0.5 }), "StepLR: every must be a number ≥ 1, whole"],
  [() => new StepLR(optimizerAt(1), { every: 1, factor: 0 }), "StepLR: factor must be a number in (0, 1]"],
  [() => new ExponentialLR(optimizerAt(1), { factor: 1.1 }), "ExponentialLR: factor must be a number in (0, 1]"],
  [() => new CosineAnnealingLR(optimizerAt(1), { epochs: 0 }), "CosineAnnealingLR: epochs must be a number ≥ 1, whole"],
  [
    () => new CosineAnnealingLR(optimizerAt(1), { epochs: 3, minimum: 2 }),
    "CosineAnnealingLR: minimum 2 is above the learning rate 1, which only goes down",
  ],
  [() => new ReduceLROnPlateau(optimizerAt(1), { factor: 1 }), "ReduceLROnPlateau: factor must be a number in (0, 1)"],
  [() => new ReduceLROnPlateau(optimizerAt(1), { patience: -1 }), "patience must be a number ≥ 0, whole"],
  [() => new ReduceLROnPlateau(optimizerAt(1), { threshold: 1 }), "threshold must be a number in [0, 1)"],
])("a schedule refuses options out of their range (%#)", (make, message) => {
  expect(make).toThrow(message);
});

test.each([
  { name: "StepLR", make: (options: never) => new StepLR(optimizerAt(1), options), known: "every, factor" },
  { name: "ExponentialLR", make: (options: never) => new ExponentialLR(optimizerAt(1), options), known: "factor" },
  {
    name: "CosineAnnealingLR",
    make: (options: never) => new CosineAnnealingLR(optimizerAt(1), options),
    known: "epochs, minimum",
  },
  {
    name: "ReduceLROnPlateau",
    make: (options: never) => new ReduceLROnPlateau(optimizerAt(1), options),
    known: "factor, patience, threshold, cooldown, minimum",
  },
])("$name refuses options that are none, and unknown ones", ({ name, make, known }) => {
  expect(() => make(10 as never)).toThrow(`${name}: expected its options by name`);
  expect(() => make({ gamma: 0.1 } as never)).toThrow(`${name}: there is no option "gamma", only ${known}`);
});

test("a schedule without the options it needs says so", () => {
  for (const Schedule of [StepLR, ExponentialLR, CosineAnnealingLR]) {
    expect(() => new Schedule(optimizerAt(1), undefined as never)).toThrow(
      /: expected its options by name.*received none$/,
    );
  }
});
