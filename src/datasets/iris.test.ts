import { describe, expect, it } from "vitest";
import { countClasses } from "./dataset.js";
import { iris, irisFeatures } from "./iris.js";

describe("iris", () => {
  const flowers = iris();

  it("has four measurements of 150 flowers, 50 of each species", () => {
    expect(flowers.inputs.shape).toEqual([150, 4]);
    expect(irisFeatures).toHaveLength(4);
    expect(flowers.classNames).toEqual(["setosa", "versicolor", "virginica"]);
    expect(countClasses(flowers)).toEqual([50, 50, 50]);
  });

  it("has the column sums of scikit-learn", () => {
    const sums = flowers.inputs.astype("float64").sum({ axis: 0 }).toArray() as number[];
    const expected = [876.5, 458.6, 563.7, 179.9]; // load_iris().data.sum(0), scikit-learn 1.x
    sums.forEach((sum, k) => {
      expect(sum).toBeCloseTo(expected[k]!, 4);
    });
  });

  it("has Fisher's rows 35 and 38, which some copies have wrong", () => {
    expect([...flowers.inputs.row(34).data]).toEqual([4.9, 3.1, 1.5, 0.2].map(Math.fround));
    expect([...flowers.inputs.row(37).data]).toEqual([4.9, 3.6, 1.4, 0.1].map(Math.fround));
  });
});
