import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array } from "retroprop";
import { afterAll, describe, expect, it } from "vitest";
import { exercise, hiddenExercise, joinExercises } from "../../autograder/judge/spec.js";
import type { Graded } from "../../autograder/report/graded-class.js";
import { findHandIns } from "../../autograder/submission/hand-ins.js";
import { startLocally } from "./fixtures/start-locally.js";
import { type ClassOptions, gradeClass } from "./grade-class.js";
import { expectedIn } from "./visible-specs.js";

const folder = mkdtempSync(join(tmpdir(), "retroprop-grade-"));
afterAll(() => rmSync(folder, { recursive: true }));

const double = { id: "tp1.double", name: "double", title: "Doubler" };
const exercises = joinExercises(
  [
    exercise(double, ({ test }) => {
      test("double un nombre", { points: 1 }, async ({ student, expect }) => {
        expect(await student.call("double", 4)).toBeCloseTo(8);
      });
    }),
    exercise({ id: "tp1.add-one", name: "addOne", title: "Ajouter un" }, ({ test }) => {
      test("ajoute un", { points: 2 }, async ({ student, expect }) => {
        expect(await student.call("addOne", array([1, 2]))).toBeCloseTo(array([2, 3]));
      });
    }),
  ],
  [
    hiddenExercise(double, ({ test }) => {
      test("double n'importe quel nombre", { points: 1 }, async ({ student, random, expect }) => {
        const x = random.uniform([1]).at(0);
        expect(await student.call("double", x)).toBeCloseTo(2 * x);
      });
    }),
  ],
);

const good = "export const double = (x) => 2 * x;\nexport const addOne = (x) => x.add(1);\n";
const files: Record<string, string> = {
  "a-good.ts": good,
  "b-constant.ts": good.replace("2 * x", "8"),
  "c-throws.ts": good.replace("x.add(1)", "{\n  throw new Error('non');\n}"),
  "d-missing.ts": "export const doubel = (x) => 2 * x;\nexport const addOne = (x) => x.add(1);\n",
  "e-broken.ts": "export const double = (x => ;",
  "f-ours.ts": `${good}// our sandbox fails on this one`,
  "g-good.ts": good,
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);

const gradeAll = (more: Partial<ClassOptions> = {}, path = folder): Promise<readonly Graded[]> =>
  gradeClass(findHandIns([path]), {
    exercises,
    questions: [{ id: "tp1.q1", points: 1 }],
    expected: expectedIn(exercises),
    libraryNames: new Set(["array"]),
    seed: 5,
    jobs: 2,
    start: (submission, slot) => {
      if (submission.student === "f-ours") throw new Error("no slot left");
      return startLocally(submission).finally(() => slot);
    },
    ...more,
  });

describe("gradeClass", () => {
  it("gives each what it deserves, in the order of the class", async () => {
    const marks = (await gradeAll()).map(({ staff }) => [staff.student, staff.earned, staff.points]);
    expect(marks).toEqual([
      ["a-good", 4, 4],
      ["b-constant", 3, 4],
      ["c-throws", 2, 4],
      ["d-missing", 2, 4],
      ["e-broken", 0, 0],
      ["f-ours", 0, 4],
      ["g-good", 4, 4],
    ]);
  });

  it("gives the same results one at a time and eight at a time", async () => {
    const timeless = async (jobs: number) =>
      JSON.stringify(await gradeAll({ jobs }), (key, value) => (key === "milliseconds" ? 0 : value));
    expect(await timeless(8)).toBe(await timeless(1));
  });

  it("gives the same results to a student alone as in the class", async () => {
    const [alone] = await gradeAll({}, join(folder, "b-constant.ts"));
    const inClass = (await gradeAll())[1]!;
    expect(alone!.student).toEqual(inClass.student);
  });

  it("tells how far it is", async () => {
    const told: number[] = [];
    await gradeAll({ onGraded: (done) => told.push(done) });
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe("what a report says", () => {
  const reportOf = async (name: string) => (await gradeAll({}, join(folder, name)))[0]!;

  it("of a missing function: the near miss, without running anything for it", async () => {
    const { student } = await reportOf("d-missing.ts");
    expect(student.exercises[0]!.tests.map(({ verdict, message }) => [verdict, message])).toEqual([
      ["missing", "`double` introuvable ; `doubel` trouvé d-missing.ts, ligne 1 : renommez-le."],
      ["missing", "`double` introuvable ; `doubel` trouvé d-missing.ts, ligne 1 : renommez-le."],
    ]);
  });

  it("of a refused file: why, and no test", async () => {
    const { staff } = await reportOf("e-broken.ts");
    expect(staff.refused).toContain("erreur de syntaxe, e-broken.ts, ligne 1");
    expect(staff.exercises).toEqual([]);
  });

  it("of a fault of ours: not graded, and the reason for staff alone", async () => {
    const { staff, student } = await reportOf("f-ours.ts");
    expect(new Set(staff.exercises.flatMap(({ tests }) => tests.map(({ verdict }) => verdict)))).toEqual(
      new Set(["not-graded"]),
    );
    expect(JSON.stringify(staff)).toContain("no slot left");
    expect(
      JSON.stringify(student.exercises.flatMap(({ tests }) => tests).filter((t) => t.visibility === "hidden")),
    ).not.toContain("no slot left");
  });

  it("of questions in words: that a person marks them", async () => {
    const { staff, student } = await reportOf("a-good.ts");
    expect(staff.questions).toEqual([{ id: "tp1.q1", points: 1, answer: "" }]);
    expect(student.questions).toEqual([{ id: "tp1.q1", points: 1, answered: false }]);
  });
});
