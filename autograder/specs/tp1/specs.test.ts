import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { tps } from "../../../course/manifest.js";
import { type Functions, LocalStudent } from "../../judge/local-student.js";
import { runExercises } from "../../judge/run-spec.js";
import { toStudentExercise } from "../../judge/student-report.js";
import type { ExerciseResult, StaffTest } from "../../judge/verdict.js";
import { gradedSpecs } from "../graded.js";
import { mistakes } from "./mistakes/index.js";

const exercises = gradedSpecs["tp1"]!;
const folder = (name: string): URL => new URL(`./${name}/`, import.meta.url);

const grade = (functions: Functions, seed: string): Promise<ExerciseResult<StaffTest>[]> =>
  runExercises(exercises, new LocalStudent(functions), { seed });

const earnedIn = (results: readonly ExerciseResult<StaffTest>[]): number =>
  results.reduce((sum, { earned }) => sum + earned, 0);

describe("TP1's tests", () => {
  test("are of the exercises of the manifest, with what they use, its titles and its 20 points", () => {
    const wanted = tps.find(({ name }) => name === "tp1")!.exercises;
    const heads = exercises.map(({ id, name, title, uses = [], tests }) => ({
      id,
      name,
      title,
      uses,
      points: tests.reduce((sum, { points }) => sum + points, 0),
    }));
    expect(heads).toEqual(
      wanted.map(({ id, symbol, title, uses = [], points }) => ({
        id,
        name: symbol.split("#")[1],
        title,
        uses,
        points,
      })),
    );
    expect(heads.reduce((sum, { points }) => sum + points, 0)).toBe(20);
  });

  test("tell a stub that it is not finished", async () => {
    const stub = () => {
      throw new Error("À compléter : softmax");
    };
    const [message] = (await grade({ softmax: stub }, "red")).flatMap(({ id, tests }) =>
      id === "tp1.softmax" ? tests.map((one) => one.message) : [],
    );
    expect(message).toMatch(/^softmax\s: pas encore complété\.$/);
  });

  test("give nothing to functions that answer constants, nothing, NaN or infinity", async () => {
    for (const answer of [0, undefined, Number.NaN, Number.POSITIVE_INFINITY, "", [], {}, null, [[], []]]) {
      const functions = exercises.map(({ name }) => [name, () => answer]);
      const results = await grade(Object.fromEntries(functions), "red");
      expect({ answer, earned: earnedIn(results) }).toEqual({ answer, earned: 0 });
      const verdicts = new Set(results.flatMap(({ tests }) => tests.map(({ verdict }) => verdict)));
      expect(verdicts).not.toContain("not-graded");
    }
  });
});

test("every known mistake stands in the index, and at least forty do", () => {
  expect(mistakes.map(({ file }) => file).sort()).toEqual(typeScriptFiles("mistakes").filter((f) => f !== "index"));
  expect(mistakes.length).toBeGreaterThan(40);
});

describe("what a student may read", () => {
  test("has the evidence of visible tests and none of hidden ones", async () => {
    const functions = (await import("./mistakes/softmax-without-shift.js")) as Functions;
    const results = await grade(functions, "red");
    const shown = results.map(toStudentExercise).find(({ id }) => id === "tp1.softmax")!;
    const [visible, hidden] = (["visible", "hidden"] as const).map(
      (visibility) => shown.tests.find((one) => one.visibility === visibility && one.verdict === "wrong")!,
    );
    expect(visible).toMatchObject({ evidence: { expected: "[0.5, 0.5, 0]", received: "[NaN, NaN, 0]" } });
    expect(Object.keys(hidden!).sort()).toEqual(["earned", "message", "points", "title", "verdict", "visibility"]);
  });

  test("holds no number of a hidden test, even when the student's own error repeats its inputs", async () => {
    const leak = (...args: unknown[]) => {
      throw new Error(JSON.stringify(args, (_, value) => (ArrayBuffer.isView(value) ? [...(value as never)] : value)));
    };
    const results = await grade(Object.fromEntries(exercises.map(({ name }) => [name, leak])), "red");
    const hidden = results.flatMap(({ tests }) => tests.map(toStudentTestOf)).filter((text) => text !== undefined);
    expect(hidden.length).toBeGreaterThan(15);
    for (const text of hidden) expect(text).toBe("Votre programme s'arrête sur une erreur (Error).");
  });

  const toStudentTestOf = (one: StaffTest): string | undefined =>
    one.visibility === "hidden" ? one.message : undefined;

  test("visible tests import none of the answers", () => {
    const answers = exercises.map(({ name }) => name);
    const files = [
      "visible.ts",
      "training.ts",
      "recognise.ts",
      ...typeScriptFiles("visible").map((f) => `visible/${f}.ts`),
    ];
    for (const file of files) {
      const text = readFileSync(new URL(`./${file}`, import.meta.url), "utf8");
      const imported = [...text.matchAll(/import \{([^}]*)\} from "retroprop"/g)].flatMap(([, names]) =>
        names!.split(",").map((name) => name.replace("type ", "").trim()),
      );
      expect(imported.filter((name) => answers.includes(name))).toEqual([]);
      expect(text).not.toMatch(/hidden/);
    }
  });
});

function typeScriptFiles(name: string): string[] {
  return readdirSync(folder(name))
    .map((file) => file.replace(/\.ts$/, ""))
    .sort();
}
