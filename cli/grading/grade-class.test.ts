import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array } from "retroprop";
import { afterAll, describe, expect, it } from "vitest";
import { exercise, hiddenExercise, joinExercises } from "../../autograder/judge/spec.js";
import type { Graded } from "../../autograder/report/graded-class.js";
import { findHandIns } from "../../autograder/submission/hand-ins.js";
import { startLocally } from "./fixtures/start-locally.js";
import { type ClassOptions, gradeClass } from "./grade-class.js";
import { openJournal } from "./journal.js";
import { KeptReports } from "./kept-reports.js";
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
  it("gives each what it deserves, in the order of the names", async () => {
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

  it("has them in the order of a French list: É beside E, 2 before 10", async () => {
    const named = mkdtempSync(join(tmpdir(), "retroprop-names-"));
    for (const name of ["Zoé", "Élise", "eric", "Emma", "10-bis", "2-bis"])
      writeFileSync(join(named, `${name}.ts`), good);
    const graded = await gradeAll({}, named).finally(() => rmSync(named, { recursive: true }));
    expect(graded.map(({ staff }) => staff.student)).toEqual(["2-bis", "10-bis", "Élise", "Emma", "eric", "Zoé"]);
  });

  it("grades the same code once, and gives it the same marks even where it draws lots", async () => {
    const twins = mkdtempSync(join(tmpdir(), "retroprop-twins-"));
    const lots = "export const double = (x) => Math.random() < 0.5 ? 2 * x : 0;\nexport const addOne = (x) => x;\n";
    const write = (student: string, text: string) => {
      mkdirSync(join(twins, student));
      writeFileSync(join(twins, student, "tp1.ts"), text);
    };
    for (let i = 0; i < 8; i++) write(`Twin ${i}_1${i}_assignsubmission_file_`, lots);
    write("Other_20_assignsubmission_file_", `// mine\n${lots}`);
    const started: string[] = [];
    const start: ClassOptions["start"] = async (submission) => {
      started.push(submission.student);
      return startLocally(submission);
    };
    const graded = await gradeAll({ start }, twins).finally(() => rmSync(twins, { recursive: true }));
    const named = graded.filter(({ student }) => student.student.startsWith("Twin"));
    expect(named).toHaveLength(8);
    expect(new Set(named.map(({ staff }) => staff.earned)).size).toBe(1);
    expect(started.sort()).toEqual(["Other", expect.stringMatching(/^Twin/)]);
  });

  it("tries again, for each, code that it could not grade", async () => {
    const twins = mkdtempSync(join(tmpdir(), "retroprop-twins-"));
    for (const student of ["A_1_assignsubmission_file_", "B_2_assignsubmission_file_", "C_3_assignsubmission_file_"]) {
      mkdirSync(join(twins, student));
      writeFileSync(join(twins, student, "tp1.ts"), good);
    }
    let starts = 0;
    const start: ClassOptions["start"] = async (submission) => {
      if (++starts === 1) throw new Error("no slot left");
      return startLocally(submission);
    };
    const graded = await gradeAll({ start }, twins).finally(() => rmSync(twins, { recursive: true }));
    expect(graded.map(({ staff }) => staff.earned).sort()).toEqual([0, 4, 4]);
    expect(starts).toBeLessThanOrEqual(3);
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

describe("a run into the folder of an earlier one", () => {
  const journals = mkdtempSync(join(tmpdir(), "retroprop-journal-"));
  afterAll(() => rmSync(journals, { recursive: true }));

  /** Grades `class` with what `journal` holds; tells who was run, and what had changed. */
  async function again(path: string, journal: string, causes: Record<string, string> = { tests: "1" }, crashAt = 99) {
    const started: string[] = [];
    const folder = join(journals, journal);
    mkdirSync(folder, { recursive: true });
    const opened = openJournal(folder, { tp: "tp1", seed: 5 });
    const kept = new KeptReports(opened, causes, "intake");
    const start: ClassOptions["start"] = (submission) => {
      started.push(submission.student);
      if (submission.student === "f-ours") throw new Error("no slot left");
      return startLocally(submission);
    };
    const onGraded = (done: number) => {
      if (done === crashAt) throw new Error("the machine goes down");
    };
    const graded = await gradeAll({ kept, start, onGraded, jobs: 1 }, path).catch((error: Error) => error.message);
    opened.close();
    return { graded, started, count: kept.count, regraded: [...kept.regraded] };
  }

  const timeless = (graded: unknown) => JSON.stringify(graded, (key, value) => (key === "milliseconds" ? 0 : value));

  it("grades what is missing after a crash, and ends with the same marks", async () => {
    const whole = await again(folder, "whole");
    const crashed = await again(folder, "crashed", undefined, 3);
    expect(crashed).toMatchObject({ graded: "the machine goes down", started: ["a-good", "b-constant", "c-throws"] });
    const resumed = await again(folder, "crashed");
    expect(resumed.started).toEqual(["d-missing", "f-ours", "g-good"]);
    expect(timeless(resumed.graded)).toBe(timeless(whole.graded));
  });

  it("grades nothing again but faults of ours", async () => {
    const { started, count, regraded } = await again(folder, "whole");
    expect({ started, count, regraded }).toEqual({ started: ["f-ours"], count: 5, regraded: [] });
  });

  it("grades again whose work has changed, and says so", async () => {
    const changing = join(journals, "class");
    cpSync(folder, changing, { recursive: true });
    await again(changing, "changing");
    writeFileSync(join(changing, "b-constant.ts"), good);
    writeFileSync(join(changing, "g-good.ts"), good.replaceAll("\n", "\r\n"));
    const { graded, started, regraded } = await again(changing, "changing");
    expect(started).toEqual(["b-constant", "f-ours"]);
    expect(regraded).toEqual([["b-constant", ["submission"]]]);
    expect((graded as readonly Graded[])[1]!.staff.earned).toBe(4);
  });

  it("grades all again when what grades them has changed, and says what", async () => {
    await again(folder, "tests", { tests: "1", layer: "L3" });
    const { count, regraded } = await again(folder, "tests", { tests: "2", layer: "L3" });
    expect(count).toBe(0);
    expect(regraded).toContainEqual(["a-good", ["tests"]]);
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
