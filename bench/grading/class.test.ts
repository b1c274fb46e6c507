import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as retroprop from "retroprop";
import { afterAll, expect, test } from "vitest";
import { bundleHarness } from "../../autograder/sandbox/bundle.js";
import { sourceEdition, testedLayers } from "../../autograder/sandbox/fixtures/layers.js";
import { findHandIns } from "../../autograder/submission/hand-ins.js";
import { readHandIn } from "../../autograder/submission/read-submissions.js";
import { courseRoot } from "../../cli/course-root.js";
import { loadTp } from "../../cli/grading/all-specs.js";
import { gradeClass } from "../../cli/grading/grade-class.js";
import { startIn } from "../../cli/grading/open-sandbox.js";
import { expectedIn } from "../../cli/grading/visible-specs.js";
import { type Kind, writeClass } from "./class.js";

const folder = mkdtempSync(join(tmpdir(), "retroprop-bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a class holds every kind of work, under Moodle's names, and each is read whole", async () => {
  writeClass(courseRoot, folder, 12);
  expect(readdirSync(folder)).toContain("Prénom0 Nôm_10000_assignsubmission_file_");
  const expected = expectedIn((await loadTp("tp1")).exercises);
  const read = findHandIns([folder]).map((one) => ("refused" in one ? one : readHandIn(one, expected)));
  expect(read.filter((one) => "refused" in one)).toEqual([]);
  const files = new Set(read.flatMap(({ files }) => files.map((file) => file.replace(/.*\//, ""))));
  expect([...files].sort()).toEqual(["tp1.ipynb", "tp1.ts"]);
  const missing = read.flatMap((one) => ("missing" in one ? [...one.missing.keys()] : []));
  expect(missing.length).toBeLessThan(3); // a name as in Python is one of the mistakes
});

test("no two works of a class hold the same code, but for copies", async () => {
  const expected = expectedIn((await loadTp("tp1")).exercises);
  const codes = (kind: Kind): Set<string> => {
    const named = join(folder, kind);
    writeClass(courseRoot, named, 140, kind);
    const read = findHandIns([named]).map((one) => ("refused" in one ? one : readHandIn(one, expected)));
    return new Set(read.map((one) => JSON.stringify("pieces" in one ? one.pieces : one)));
  };
  expect(codes("every").size).toBe(140);
  expect(codes("copies").size).toBe(1);
});

test("in a class without a mistake every exercise is there", async () => {
  const right = join(folder, "right");
  writeClass(courseRoot, right, 8, "right");
  const expected = expectedIn((await loadTp("tp1")).exercises);
  const read = findHandIns([right]).map((one) => ("refused" in one ? one : readHandIn(one, expected)));
  expect(read).toHaveLength(8);
  expect(read.filter((one) => "refused" in one || one.missing.size > 0)).toEqual([]);
});

test("every work of a class without a mistake has all its points", async () => {
  const right = join(folder, "graded");
  writeClass(courseRoot, right, 8, "right");
  const { exercises, tp } = await loadTp("tp1");
  const answers = new Set(exercises.map(({ name }) => name));
  const sandbox = await testedLayers[0]!.open(await bundleHarness(sourceEdition));
  try {
    const graded = await gradeClass(findHandIns([right]), {
      ...{ exercises, questions: tp.questions, expected: expectedIn(exercises), seed: 5, jobs: 2 },
      libraryNames: new Set(Object.keys(retroprop).filter((name) => !answers.has(name))),
      start: startIn(sandbox),
    });
    expect(graded.map(({ staff }) => [staff.files, staff.earned])).toEqual(
      graded.map(({ staff }) => [staff.files, staff.points]),
    );
  } finally {
    await sandbox.close();
  }
}, 60_000);
