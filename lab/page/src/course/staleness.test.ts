import { expect, test } from "vitest";
import type { AnalysisAnswer } from "../../../analysis-protocol.js";
import { prerequisitesOf } from "./prerequisites.js";
import { type RunOfCell, stalenessOf } from "./staleness.js";

/** `c: ["f b"]`: cell c reads f, which b defines. */
function analysis(reads: Readonly<Record<string, readonly string[]>>): AnalysisAnswer {
  const span = { from: 0, to: 1 };
  const cells = Object.entries(reads).map(([id, names]) => ({
    id,
    declares: [],
    problems: [],
    reads: names.map((text) => {
      const [name = "", cell = ""] = text.split(" ");
      return { ...span, name, definedIn: { cell, ...span } };
    }),
  }));
  return { cells };
}

const runs = (...ids: string[]): Map<string, RunOfCell> =>
  new Map(ids.map((id, index) => [id, { order: index + 1, source: id }]));
const asWritten = new Map(["a", "b", "c"].map((id) => [id, id]));
const chain = analysis({ a: [], b: ["x a"], c: ["f b"] });

test("after a run from top to bottom, nothing is stale", () => {
  expect(stalenessOf(chain, runs("a", "b", "c"), asWritten)).toEqual(new Map());
});

test("running a cell again makes stale who read it, and who read them", () => {
  expect(stalenessOf(chain, runs("b", "c", "a"), asWritten)).toEqual(
    new Map([
      ["b", { kind: "stale", names: ["x"] }],
      ["c", { kind: "stale", names: ["f"] }],
    ]),
  );
});

test("who never ran is not stale", () => {
  expect(stalenessOf(chain, runs("c", "a"), asWritten)).toEqual(new Map());
});

test("a cell that was changed says so, whatever it reads", () => {
  const changed = new Map(asWritten).set("b", "b2");
  expect(stalenessOf(chain, runs("b", "c", "a"), changed).get("b")).toEqual({ kind: "edited" });
});

test("a name read twice is told once", () => {
  const twice = analysis({ a: [], b: ["x a", "x a", "y a"] });
  expect(stalenessOf(twice, runs("b", "a"), asWritten).get("b")).toEqual({ kind: "stale", names: ["x", "y"] });
});

const cells = ["a", "b", "c"].map((id) => ({ id, source: id }));

test("before a cell run those it reads, in the notebook's order, and no other", () => {
  expect(prerequisitesOf(["c"], chain, cells, new Map())).toEqual(["a", "b"]);
  expect(prerequisitesOf(["b"], chain, cells, new Map())).toEqual(["a"]);
});

test("what has run as it is does not run again", () => {
  expect(prerequisitesOf(["c"], chain, cells, runs("a"))).toEqual(["b"]);
  const changed = cells.map((cell) => (cell.id === "a" ? { ...cell, source: "a2" } : cell));
  expect(prerequisitesOf(["c"], chain, changed, runs("a", "b"))).toEqual(["a"]);
});

test("what failed runs again", () => {
  const failed = new Map([["a", { order: 1, source: "a", succeeded: false }]]);
  expect(prerequisitesOf(["b"], chain, cells, failed)).toEqual(["a"]);
});

test("without an analysis nothing is known to be needed", () => {
  expect(prerequisitesOf(["c"], undefined, cells, new Map())).toEqual([]);
});

test("cells that read each other end the search", () => {
  const circle = analysis({ a: ["f b"], b: ["x a"], c: [] });
  expect(prerequisitesOf(["a"], circle, cells, new Map())).toEqual(["b"]);
});
