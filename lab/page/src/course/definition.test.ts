import { expect, test } from "vitest";
import type { AnalysisAnswer } from "../../../analysis-protocol.js";
import { definitionAt, Trail } from "./definition.js";

const place = { cell: "a", from: 6, to: 7 };
const reading = { name: "W", from: 10, to: 11, definedIn: place };
const analysis: AnalysisAnswer = { cells: [{ id: "b", declares: [], problems: [], reads: [reading] }] };

test("a name leads to its definition from any place in it, and from just behind it", () => {
  expect([9, 10, 11, 12].map((offset) => definitionAt(analysis, "b", offset))).toEqual([
    undefined,
    place,
    place,
    undefined,
  ]);
});

test("a cell that was not analysed leads nowhere", () => {
  expect(definitionAt(analysis, "new", 10)).toBeUndefined();
});

test("one comes back the way one went", () => {
  const trail = new Trail();
  trail.leave(place);
  trail.leave({ cell: "b", from: 1, to: 1 });
  expect([trail.back()?.cell, trail.back()?.cell, trail.back()]).toEqual(["b", "a", undefined]);
});
