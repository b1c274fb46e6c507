import { expect, it } from "vitest";
import { readAdjustments } from "../practice/adjustments.js";
import { settleClass } from "../practice/class-marks.js";
import { compareRuns, moveLines, readRun } from "./compare-runs.js";
import { smallClass } from "./fixtures/small-class.js";
import type { GradedClass } from "./graded-class.js";
import { reportFiles } from "./report.js";

function runOf(graded: GradedClass, adjustments?: object) {
  const reports = graded.graded.map(({ staff }) => staff);
  const marks =
    adjustments === undefined
      ? {}
      : { marks: settleClass(reports, { adjustments: readAdjustments(JSON.stringify(adjustments)) }) };
  const files = [...reportFiles(graded, marks)];
  return readRun(files.find(({ path }) => path === "results.json")!.content);
}

const [good, hostile, refused, ours] = smallClass.graded;

it("a run moves nothing against itself", () => {
  expect(compareRuns(runOf(smallClass), runOf(smallClass))).toEqual([]);
  expect(moveLines([])).toEqual(["Aucune note ne bouge."]);
});

it("whose mark moves is told with each test that changed, the largest move first; who came and went too", () => {
  const [first, ...others] = good!.staff.exercises;
  const tests = first!.tests.map((test, i) => (i === 0 ? { ...test, verdict: "wrong" as const, earned: 0 } : test));
  const worse = {
    ...good!,
    staff: { ...good!.staff, earned: 2, exercises: [{ ...first!, earned: 1, tests }, ...others] },
  };
  const after = {
    ...smallClass,
    graded: [worse, hostile!, { ...refused!, staff: { ...good!.staff, student: "nouvelle" } }, ours!],
  };
  const moves = compareRuns(runOf(smallClass), runOf(after));
  expect(moves.map(({ student, from, to }) => [student, from, to])).toEqual([
    ["nouvelle", undefined, "20"],
    ["Émilie Noël", "20", "13,33"],
    ["refusé", "refusé", undefined],
  ]);
  expect(moves[1]!.why).toEqual(["tp1.softmax, « donne des probabilités de somme 1 » : juste → faux (−1)"]);
  expect(moveLines(moves).slice(0, 3)).toEqual([
    "nouvelle : pas là → 20",
    "Émilie Noël : 20 → 13,33",
    "  tp1.softmax, « donne des probabilités de somme 1 » : juste → faux (−1)",
  ]);
});

it("what staff decided in between is told as such", () => {
  const bonus = { adjustments: [{ student: "Émilie Noël", bonus: -2, reason: "plan" }] };
  expect(compareRuns(runOf(smallClass, {}), runOf(smallClass, bonus))).toEqual([
    {
      student: "Émilie Noël",
      submission: "Émilie Noël",
      from: "20",
      to: "18",
      why: ["ajustement : bonus : 18 (plan)"],
    },
  ]);
});

it("states, verdicts and decisions are told in words; what an older version named otherwise stands as it was", () => {
  const entry = { student: "Émilie Noël", exercise: "tp1.nll", points: 0.5, reason: "vu" };
  const decided = runOf(smallClass, { adjustments: [entry, { student: "refusé", absence: "ABJ" }] });
  const before = runOf(smallClass, {});
  const lines = moveLines(compareRuns(before, decided));
  expect(lines).toContain("  ajustement : exercice tp1.nll : 0,5 (vu)");
  expect(lines).toContain("refusé : refusé → absence justifiée (ABJ) : sans coefficient");
  const older = JSON.parse(JSON.stringify(before).replaceAll('"time-limit"', '"constructor"'));
  expect(moveLines(compareRuns(older, before)).join("\n")).toContain(": constructor → temps dépassé (+0)");
});

it.each([
  ["x", "results.json is not JSON: give the results.json"],
  ['{"format":2}', "results.json is no report of a run: at format"],
])("%j is refused", (text, message) => {
  expect(() => readRun(text)).toThrow(message);
});
