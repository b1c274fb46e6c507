import { describe, expect, it } from "vitest";
import { RandomGenerator } from "../nd/random.js";
import { countClasses, type Dataset } from "./dataset.js";
import { checkerboard, fourGaussians, polygons, twoGaussians, xorBlobs } from "./points.js";

const sets = { twoGaussians, fourGaussians, xorBlobs, checkerboard, polygons };

describe.each(Object.entries(sets))("%s", (_name, make) => {
  it("gives the same bits for the same seed, others for another", () => {
    const once = make(new RandomGenerator(1));
    const again = make(new RandomGenerator(1));
    expect(again.inputs.data).toEqual(once.inputs.data);
    expect(again.labels).toEqual(once.labels);
    expect(make(new RandomGenerator(2)).inputs.data).not.toEqual(once.inputs.data);
  });

  it("has points of the plane, and both classes", () => {
    const data = make(new RandomGenerator(3));
    expect(data.inputs.shape).toEqual([data.labels.length, 2]);
    expect(countClasses(data).every((count) => count > 50)).toBe(true);
  });
});

describe("clouds of points", () => {
  it("xorBlobs has 50 points around each (±0.5, ±0.5), and the class says whether the signs of the centre differ", () => {
    const data = xorBlobs(new RandomGenerator(4));
    expect(data.labels).toHaveLength(200);
    expectBlob(data, 0, [-0.5, -0.5], 0);
    expectBlob(data, 1, [-0.5, 0.5], 1);
    expectBlob(data, 2, [0.5, -0.5], 1);
    expectBlob(data, 3, [0.5, 0.5], 0);
  });

  it("twoGaussians is separated by a line but for a few points, fourGaussians by the product of the coordinates", () => {
    expect(agreement(twoGaussians(new RandomGenerator(5)), (x, y) => x + y > 0)).toBeGreaterThan(0.97);
    expect(agreement(fourGaussians(new RandomGenerator(5)), (x, y) => x * y < 0)).toBeGreaterThan(0.97);
  });

  it("checkerboard alternates the classes of neighbouring fields", () => {
    const data = checkerboard(new RandomGenerator(6), { examples: 500, fields: 2 });
    expect(agreement(data, (x, y) => x * y < 0)).toBe(1);
  });

  it("polygons puts in class 1 what is inside any of them", () => {
    const square = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ] as const;
    const triangle = [
      [-1, -1],
      [0, -1],
      [-1, 0],
    ] as const;
    const data = polygons(new RandomGenerator(7), { examples: 500, regions: [square, triangle] });
    expect(agreement(data, (x, y) => (x >= 0 && y >= 0) || x + y <= -1)).toBe(1);
  });
});

function agreement({ inputs, labels }: Dataset, inClassOne: (x: number, y: number) => boolean): number {
  const agreed = [...labels].filter((label, i) => inClassOne(inputs.at(i, 0), inputs.at(i, 1)) === (label === 1));
  return agreed.length / labels.length;
}

/** Mean within five standard errors of the centre, standard deviation near 0.2, one class. */
function expectBlob({ inputs, labels }: Dataset, blob: number, centre: readonly number[], label: number): void {
  const points = inputs.rows(50 * blob, 50 * (blob + 1));
  const mean = points.mean({ axis: 0 });
  centre.forEach((coordinate, axis) => {
    expect(Math.abs(mean.at(axis) - coordinate)).toBeLessThan((5 * 0.2) / Math.sqrt(50));
  });
  const centred = points.sub(mean);
  expect(Math.sqrt(centred.mul(centred).mean())).toBeCloseTo(0.2, 1);
  expect(labels.subarray(50 * blob, 50 * (blob + 1)).every((each) => each === label)).toBe(true);
}
