import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { tps } from "../../../course/manifest.js";
import { type Functions, LocalStudent } from "../../judge/local-student.js";
import { runExercise, runExercises } from "../../judge/run-spec.js";
import type { ExerciseResult, StaffTest } from "../../judge/verdict.js";
import { usedBy } from "../../judge/where-to-start.js";
import { gradedSpecs } from "../graded.js";
import { replaceAnswers } from "../spec-laws.js";
import { mistakes } from "./mistakes/index.js";
import * as reference from "./reference.js";

const exercises = gradedSpecs["tp2"]!;

const grade = (functions: Functions, seed: string): Promise<ExerciseResult<StaffTest>[]> =>
  runExercises(exercises, new LocalStudent(functions), { seed });

const earnedIn = (results: readonly ExerciseResult<StaffTest>[]): number =>
  results.reduce((sum, { earned }) => sum + earned, 0);

describe("TP2's tests", () => {
  test("are of the exercises of the manifest, with what they use, its titles and its 20 points", () => {
    const wanted = tps.find(({ name }) => name === "tp2")!.exercises;
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

  test("use what comes before them, and are given what the reference exports beside its answers", () => {
    const ids = exercises.map(({ id }) => id);
    for (const [i, { uses = [] }] of exercises.entries()) {
      expect(uses.filter((id) => !ids.slice(0, i).includes(id))).toEqual([]);
    }
    const answers = exercises.map(({ name }) => name);
    const given = new Set(Object.keys(reference).filter((name) => !answers.includes(name)));
    for (const name of exercises.flatMap(({ given = [] }) => given)) expect(given).toContain(name);
  });

  test("need no more of a program than the answer, what is given with it, and what it uses", async () => {
    const program: Functions = { ...reference };
    for (const exercise of exercises) {
      const heads = [exercise, ...usedBy(exercise, exercises)];
      const names = heads.flatMap(({ name, given = [] }) => [name, ...given]);
      const part = Object.fromEntries(names.map((name) => [name, program[name]]));
      const { id, earned, points } = await runExercise(exercise, new LocalStudent(part), { seed: "red" });
      expect({ id, earned }).toEqual({ id, earned: points });
    }
  });

  test("are visible for about two fifths of the points", () => {
    const shown = exercises.flatMap(({ tests }) => tests.filter(({ visibility }) => visibility === "visible"));
    const points = shown.reduce((sum, { points }) => sum + points, 0);
    expect(points).toBeGreaterThanOrEqual(7);
    expect(points).toBeLessThanOrEqual(10);
  });

  test("give nothing to answers that are constants, nothing, NaN or infinity", async () => {
    for (const answer of [0, undefined, Number.NaN, "", true, false, [], {}, null]) {
      const results = await grade(
        replaceAnswers(reference, "tp2", () => answer),
        "red",
      );
      expect({ answer, earned: earnedIn(results) }).toEqual({ answer, earned: 0 });
      const verdicts = new Set(results.flatMap(({ tests }) => tests.map(({ verdict }) => verdict)));
      expect(verdicts).not.toContain("not-graded");
    }
  });
});

test("every known mistake stands in the index, and at least eighty do", () => {
  const lists = ["index", "session-a", "session-b"];
  expect(mistakes.map(({ file }) => file).sort()).toEqual(
    typeScriptFiles("mistakes").filter((file) => !lists.includes(file)),
  );
  expect(mistakes.length).toBeGreaterThan(80);
});

describe("what a student may read", () => {
  test("holds no number of a hidden test, even when the student's own error repeats its inputs", async () => {
    const leaks = exercises.map(({ name }) => {
      const leak = function leak(...args: unknown[]) {
        throw new Error(
          JSON.stringify(args, (_, value) => (ArrayBuffer.isView(value) ? [...(value as never)] : value)),
        );
      };
      return [name, leak] as const;
    });
    const results = await grade({ ...reference, ...Object.fromEntries(leaks) }, "red");
    const shown = results.flatMap(({ tests }) => tests.filter(({ visibility }) => visibility === "hidden"));
    expect(shown.length).toBeGreaterThan(30);
    for (const { message } of shown) expect(message).not.toMatch(/\d/);
  });

  test("visible tests import neither the answers nor hidden tests", () => {
    const answers = exercises.map(({ name }) => name);
    const files = readdirSync(new URL(".", import.meta.url), { recursive: true, encoding: "utf8" });
    const shown = files.filter(
      (file) => /^(visible.*|[a-z.-]+)\.ts$/.test(file) && !/^(hidden|reference)|\.test\.ts$/.test(file),
    );
    expect(shown).toContain("operation.ts");
    for (const file of shown) {
      const text = readFileSync(new URL(file, import.meta.url), "utf8");
      const imported = [...text.matchAll(/import \{([^}]*)\} from "retroprop"/g)].flatMap(([, names]) =>
        names!.split(",").map((name) => name.replace("type ", "").trim()),
      );
      expect({ file, imported: imported.filter((name) => answers.includes(name)) }).toEqual({ file, imported: [] });
      expect({ file, hidden: /from ".*(hidden|reference)/.test(text) }).toEqual({ file, hidden: false });
    }
  });
});

function typeScriptFiles(name: string): string[] {
  const files = readdirSync(new URL(`./${name}/`, import.meta.url)).filter((file) => !file.endsWith(".test.ts"));
  return files.map((file) => file.replace(/\.ts$/, "")).sort();
}
