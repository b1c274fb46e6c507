import { expect, test } from "vitest";
import { attacks } from "./attacks.js";
import { faultsOf } from "./judge-outcome.js";
import { page } from "./table.js";

test("README.md says what was tried, as it is", async () => {
  await expect(page()).toMatchFileSnapshot("README.md");
});

test("each attack has its own id and says what holds it", () => {
  expect(new Set(attacks.map(({ id }) => id)).size).toBe(attacks.length);
  expect(attacks.filter(({ tries, heldBy }) => tries === "" || heldBy === "")).toEqual([]);
});

test("an attack that scores, leaks, or is said to be our fault is seen", () => {
  const shown = { title: "t", points: 1, milliseconds: 0, visibility: "visible" } as const;
  const tests = [
    { ...shown, earned: 1, verdict: "correct", message: "" },
    { ...shown, earned: 0, verdict: "not-graded", message: "41.12345 \u202e" },
  ] as const;
  const report = { student: "eve", notices: [], earned: 1, points: 2, questions: [] };
  const exercises = [{ id: "tp1.softmax", title: "Softmax", points: 2, earned: 1, tests }];
  const graded = { staff: { ...report, files: [], exercises }, student: { ...report, exercises } };
  const attack = { id: "X", tries: "", heldBy: "", files: {} };
  expect(faultsOf({ ...attack, expected: "ZERO" }, graded, ["41.12345"])).toHaveLength(4);
  expect(faultsOf({ ...attack, expected: "LIMIT", says: /limite/ }, graded, [])).toHaveLength(5);
  expect(faultsOf({ ...attack, expected: "REJECT" }, graded, [])).toHaveLength(4);
});
