import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ProcessStudent } from "../../autograder/judge/process-student.js";
import { bundleHarness } from "../../autograder/sandbox/bundle.js";
import { sourceEdition, testedLayers } from "../../autograder/sandbox/fixtures/layers.js";
import { readSubmissions } from "../../autograder/submission/read-submissions.js";
import type { Submission } from "../../autograder/submission/submission.js";
import { courseRoot } from "../course-root.js";
import { loadTp } from "./all-specs.js";
import { startLocally } from "./fixtures/start-locally.js";
import { type GradingOptions, gradeSubmission } from "./grade-submission.js";
import { expectedIn } from "./visible-specs.js";

const { exercises } = await loadTp("tp2");
const folder = mkdtempSync(join(tmpdir(), "retroprop-tp2-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is generated for TP2: finished, and as it is received. */
const generated = (file: string): string => join(courseRoot, file);
const solution = readFileSync(generated("solutions/tp2.ts"), "utf8");

/** As the edition of TP2 has them: under the names of exercises, the formulas that TP1 asked for. */
const libraryNames = new Set(
  [...solution.matchAll(/import \{([^}]*)\} from "retroprop"/g)].flatMap(([, names]) =>
    names!.split(",").map((name) => name.replace(/^\s*(type )?|\s+as .*|\s+$/g, "")),
  ),
);

function handIn(file: string): Submission {
  const [read] = readSubmissions([file], expectedIn(exercises), { libraryNames });
  if (read === undefined || "refused" in read) throw new Error(read?.refused);
  return read;
}

async function gradeFile(file: string, start: GradingOptions["start"] = startLocally) {
  const options = { exercises, questions: [], seed: 7, start };
  const { staff, student } = await gradeSubmission(handIn(file), options, 0);
  const failed = staff.exercises.filter(({ earned, points }) => earned < points).map(({ id }) => id);
  const adviceFor = (id: string) => staff.exercises.find((one) => one.id === id)!.advice;
  return { earned: staff.earned, points: staff.points, failed, adviceFor, notices: student.notices, staff };
}

function grade(name: string, text: string) {
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, text);
  return gradeFile(file);
}

describe("what is generated for TP2", () => {
  it("has all points when it is finished, as a file and as a notebook", async () => {
    const right = { earned: 20, points: 20, failed: [], notices: [] };
    expect(await gradeFile(generated("solutions/tp2.ts"))).toMatchObject(right);
    expect(await gradeFile(generated("solutions/tp2.ipynb"))).toMatchObject(right);
  });

  it.each(testedLayers)(
    "has all points in $layer too",
    async ({ open }) => {
      const sandbox = await open(await bundleHarness(sourceEdition));
      const start: GradingOptions["start"] = async ({ program }, slot) =>
        new ProcessStudent({ program, sandbox, slot });
      try {
        expect(await gradeFile(generated("solutions/tp2.ts"), start)).toMatchObject({ earned: 20, failed: [] });
      } finally {
        await sandbox.close();
      }
    },
    180_000,
  );

  it.each(["exercises/tp2.ts", "notebooks/tp2.ipynb"])("has none in %s, and is told so", async (file) => {
    const { earned, staff } = await gradeFile(generated(file));
    expect(earned).toBe(0);
    const verdicts = new Set(staff.exercises.flatMap(({ tests }) => tests.map(({ verdict }) => verdict)));
    expect([...verdicts]).toEqual(["missing"]);
  });

  it("has all points with its declarations in the opposite order: a class follows the one it extends", async () => {
    const parts = solution.split(/^(?=\/\/ (?:Exercice|Donné))/m).reverse();
    expect(parts.length).toBeGreaterThan(20);
    expect(await grade("backwards", parts.join("\n"))).toMatchObject({ earned: 20, failed: [] });
  });
});

describe("a mistake in one exercise", () => {
  const wrong = solution.replace("tensors.some((tensor)", "tensors.every((tensor)");

  it("tells those that use it where to start", async () => {
    const { failed, adviceFor } = await grade("every", wrong);
    expect(failed).toContain("tp2.any-require-grad");
    expect(failed).toContain("tp2.affine");
    expect(failed).not.toContain("tp2.sgd");
    expect(adviceFor("tp2.any-require-grad")).toBeUndefined();
    expect(adviceFor("tp2.affine")).toBe(
      "Cet exercice se sert de «\u00a0Qui a besoin d'un gradient\u00a0», qui n'est pas encore juste\u00a0: commencez par là.",
    );
  });
});

describe("the given code", () => {
  it("when it was deleted, is asked for by name where the tests need it", async () => {
    const { notices, staff } = await grade("no-parameter", solution.replace("class Parameter", "class Parametre"));
    const sentence = "`Parameter`, donné avec le TP, est introuvable : remettez sa déclaration telle qu'elle était.";
    expect(notices.filter((notice) => notice === sentence)).toHaveLength(1);
    const ofSgd = staff.exercises.find(({ id }) => id === "tp2.sgd")!;
    expect(new Set(ofSgd.tests.map(({ message }) => message))).toEqual(new Set([sentence]));
    expect(staff.exercises.find(({ id }) => id === "tp2.affine")!.earned).toBe(3);
  });

  it("when only an answer needs it, is said to be nowhere", async () => {
    const { notices } = await grade("no-record", solution.replace("function record(", "function remember("));
    expect(notices.join("\n")).toMatch(
      /`record` n'est défini nulle part \(no-record\.ts, ligne \d+\) : s'il était donné avec le TP, remettez/,
    );
  });
});
