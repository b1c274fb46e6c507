import { expect, test } from "vitest";
import { differences } from "./compare.js";

const cell = (id: string, source = id) => ({ id, source });

test("the same cells differ in nothing, in another order neither", () => {
  expect(differences([cell("a"), cell("b")], [cell("b"), cell("a")])).toEqual([]);
});

test("a changed cell is told with both texts, in its place here", () => {
  expect(differences([cell("a"), cell("b", "ici")], [cell("b", "là")])).toEqual([
    { position: 1, mine: "a", theirs: undefined },
    { position: 2, mine: "ici", theirs: "là" },
  ]);
});

test("a cell that is only on disk is told too", () => {
  expect(differences([cell("a")], [cell("a"), cell("new")])).toEqual([{ position: 2, mine: undefined, theirs: "new" }]);
});
