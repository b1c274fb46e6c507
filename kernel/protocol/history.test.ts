import { expect, test } from "vitest";
import { History, type HistoryQuery } from "./history.js";

const history = new History();
for (const [line, input, output] of [
  [1, "const a = 1;", undefined],
  [2, "a", "1"],
  [3, "plot(a)\nplot(b)", undefined],
  [4, "a", "1"],
] as const) {
  history.add(line, input);
  if (output !== undefined) history.addOutput(output);
}
const nothing = { count: undefined, start: 0, stop: undefined, session: 0, pattern: "*", unique: false };
const find = (query: Partial<HistoryQuery>, withOutput = false) =>
  history.find({ access: "search", ...nothing, ...query }, withOutput);
const lines = (query: Partial<HistoryQuery>) => find(query).map((entry) => (entry as unknown[])[1]);

test("the tail is the last entries, oldest first", () => {
  expect(lines({ access: "tail", count: 2 })).toEqual([3, 4]);
  expect(lines({ access: "tail", count: 9 })).toEqual([1, 2, 3, 4]);
  expect(lines({ access: "tail", count: 0 })).toEqual([]);
});

test("a range ends before its stop; of other sessions nothing is known", () => {
  expect(lines({ access: "range", start: 2, stop: 4 })).toEqual([2, 3]);
  expect(lines({ access: "range", start: 3 })).toEqual([3, 4]);
  expect(lines({ access: "range", start: 1, session: -1 })).toEqual([]);
});

test("a search takes * and ? and nothing else as special, over lines", () => {
  expect(lines({ pattern: "plot*b)" })).toEqual([3]);
  expect(lines({ pattern: "?" })).toEqual([2, 4]);
  expect(lines({ pattern: "." })).toEqual([]);
  expect(lines({ pattern: "a", unique: true })).toEqual([4]);
  expect(lines({ pattern: "*a*", count: 1 })).toEqual([4]);
});

test("outputs come with the inputs when asked for", () => {
  expect(find({ access: "range", start: 1, stop: 3 }, true)).toEqual([
    [1, 1, ["const a = 1;", null]],
    [1, 2, ["a", "1"]],
  ]);
});
