import { describe, expect, test } from "vitest";
import { accuracy, confusionMatrix } from "./metrics.js";

describe("accuracy", () => {
  test("is the share of predictions that are right, from lists and typed arrays", () => {
    expect(accuracy([0, 1, 2, 1], Uint8Array.of(0, 2, 2, 1))).toBe(0.75);
    expect(accuracy([1], [0])).toBe(0);
  });

  test("refuses nothing, and lists of two lengths", () => {
    expect(() => accuracy([], [])).toThrow("accuracy: no example to judge");
    expect(() => accuracy([1, 2], [1])).toThrow("accuracy: 2 labels but 1 predictions");
  });
});

describe("confusionMatrix", () => {
  test("counts true classes in rows, predictions in columns", () => {
    expect(confusionMatrix([0, 0, 1, 2], Uint8Array.of(0, 1, 1, 1), 3).toArray()).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [0, 1, 0],
    ]);
  });

  test.each([-1, 3, 0.5, Number.NaN])("refuses the class %s of three, among labels or predictions", (label) => {
    const message = `confusionMatrix: expected classes between 0 and 2, received ${label}`;
    expect(() => confusionMatrix([label], [0], 3)).toThrow(message);
    expect(() => confusionMatrix([0], [label], 3)).toThrow(message);
  });

  test("refuses lists of two lengths", () => {
    expect(() => confusionMatrix([0, 1], [0], 2)).toThrow("confusionMatrix: 2 labels but 1 predictions");
  });
});
