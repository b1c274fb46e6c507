import { expect, test } from "vitest";
import { toStudentReport } from "./student-report.js";
import type { StaffReport, StaffTest } from "./verdict.js";

const failed = {
  points: 1,
  earned: 0,
  verdict: "wrong",
  message: "Non.",
  mistake: "secret name",
  milliseconds: 3,
} as const;
const staffEvidence = { expected: "41.5", received: "42.5", where: "gW" };
const tests: readonly StaffTest[] = [
  { ...failed, visibility: "visible", title: "Vu.", staffEvidence },
  { ...failed, visibility: "hidden", title: "Caché.", staffEvidence },
];
const staff: StaffReport = {
  student: "ada",
  files: ["ada/tp1.ts"],
  notices: ["un avis"],
  exercises: [{ id: "tp1.nll", title: "La perte", points: 2, earned: 0, tests }],
  earned: 0,
  points: 2,
  questions: [
    { id: "tp1.q1", points: 1, answer: "ln 10" },
    { id: "tp1.q2", points: 1, answer: " \n" },
  ],
};

test("a student's report keeps the evidence of visible tests, and nothing of hidden ones but what is said", () => {
  const [visible, hidden] = toStudentReport(staff).exercises[0]!.tests;
  const shown = { points: 1, earned: 0, verdict: "wrong", message: "Non." };
  expect(visible).toEqual({ ...shown, visibility: "visible", title: "Vu.", evidence: staffEvidence });
  expect(hidden).toEqual({ ...shown, visibility: "hidden", title: "Caché." });
});

test("a student's report says which questions were answered, and names no file of ours", () => {
  const report = toStudentReport(staff);
  expect(report.questions.map(({ answered }) => answered)).toEqual([true, false]);
  expect(Object.keys(report)).not.toContain("files");
  expect(toStudentReport({ ...staff, refused: "Vide." }).refused).toBe("Vide.");
});

test("a student's report has both marks of an exercise that was graded again, and nothing of how the second was given", () => {
  const carried = { replaced: [{ id: "tp1.softmax", title: "Softmax" }], own: 0.5, withSolution: 2 };
  const [one] = staff.exercises;
  const more = { carried: { ...carried, printed: "the solution" }, program: "the solution" };
  const run = { exercise: "tp1.nll", replaced: ["tp1.softmax"], uncut: "the solution", tests: [] };
  const report = toStudentReport({ ...staff, exercises: [{ ...one!, earned: 2, ...more }], carriedRuns: [run] });
  expect(report.exercises[0]).toMatchObject({ earned: 2, carried });
  expect(JSON.stringify(report)).not.toContain("the solution");
});
