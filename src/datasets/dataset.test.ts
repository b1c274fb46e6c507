import { describe, expect, it } from "vitest";
import { array } from "../nd/creation.js";
import { ShapeError } from "../nd/shape.js";
import {
  countClasses,
  type Dataset,
  exampleCount,
  flattenInputs,
  selectExamples,
  splitExamples,
  takeExamples,
} from "./dataset.js";

const fourImages = (): Dataset => ({
  inputs: array([[[0, 1]], [[2, 3]], [[4, 5]], [[6, 7]]]), // [4, 1, 2]
  labels: Uint8Array.of(0, 1, 1, 0),
  classNames: ["pile", "face"],
});

describe("taking examples", () => {
  it("takeExamples keeps the first ones, and shares their memory", () => {
    const data = fourImages();
    const taken = takeExamples(data, 2);
    expect(taken.inputs.toArray()).toEqual([[[0, 1]], [[2, 3]]]);
    expect([...taken.labels]).toEqual([0, 1]);
    taken.inputs.set([1, 0, 0], 20);
    expect(data.inputs.at(1, 0, 0)).toBe(20);
  });

  it("takeExamples refuses more than there are", () => {
    expect(() => takeExamples(fourImages(), 5)).toThrow(ShapeError);
  });

  it("splitExamples loses none", () => {
    const [first, others] = splitExamples(fourImages(), 1);
    expect([exampleCount(first), exampleCount(others)]).toEqual([1, 3]);
    expect(others.inputs.row(0).toArray()).toEqual([[2, 3]]);
    expect([...others.labels]).toEqual([1, 1, 0]);
  });

  it("selectExamples follows the order of the indices, and copies", () => {
    const data = fourImages();
    const selected = selectExamples(data, [3, 0, 3]);
    expect(selected.inputs.toArray()).toEqual([[[6, 7]], [[0, 1]], [[6, 7]]]);
    expect([...selected.labels]).toEqual([0, 0, 0]);
    selected.inputs.fill_(9);
    selected.labels.fill(1);
    expect(data.inputs.at(3, 0, 0)).toBe(6);
    expect(data.labels[3]).toBe(0);
  });

  it("selectExamples of nothing is an empty set of the same features", () => {
    expect(selectExamples(fourImages(), []).inputs.shape).toEqual([0, 1, 2]);
  });

  it.each([4, -1, 0.5])("selectExamples refuses index %d of four examples", (index) => {
    expect(() => selectExamples(fourImages(), [0, index])).toThrow(/selectExamples: no example .* among 4/);
  });

  it("flattenInputs makes each example a vector, without a copy", () => {
    const data = fourImages();
    const flat = flattenInputs(data);
    expect(flat.inputs.shape).toEqual([4, 2]);
    expect(flat.inputs.data).toBe(data.inputs.data);
    expect(flattenInputs(takeExamples(data, 0)).inputs.shape).toEqual([0, 2]);
  });

  it("countClasses counts the classes that nobody has, too", () => {
    expect(countClasses({ labels: Uint8Array.of(2, 0, 2), classNames: ["a", "b", "c"] })).toEqual([1, 0, 2]);
  });
});
