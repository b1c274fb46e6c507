import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { courseRoot } from "../course-root.js";
import { type CompiledCourse, compileCourse } from "../fixtures/compiled-course.js";

const folder = mkdtempSync(join(tmpdir(), "retroprop-killed-"));
const students = join(folder, "classe d'été");
const submissions = ["aliased-gradient", "forgotten-g"];

let course: CompiledCourse;
beforeAll(async () => {
  course = await compileCourse();
  mkdirSync(students);
  for (const n of [1, 2]) {
    for (const name of submissions) {
      copyFileSync(join(courseRoot, "test", "demo", "class", `${name}.ts`), join(students, `${name} ${n}.ts`));
    }
  }
});
afterAll(() => {
  course?.remove();
  rmSync(folder, { recursive: true });
});

const argumentsFor = (out: string): string[] => {
  const report = join(folder, out);
  const options = ["--out", report, "--jobs", "1", "--require-isolation", "L1", "--json"];
  return [join(course.root, "cli", "retroprop.js"), "grade", "tp1", students, ...options];
};
const grade = (out: string, ...more: string[]) =>
  spawnSync(process.execPath, [...argumentsFor(out), ...more], { encoding: "utf8" });
const journalOf = (out: string): string => join(folder, out, "journal", "graded.jsonl");
const linesIn = (path: string): number => (existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0);
const seedOf = (out: string): number => JSON.parse(readFileSync(join(folder, out, "results.json"), "utf8")).seed;
/** Of the processes of one grader: its number is in their names. */
const foldersOf = (pid: number | undefined): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`retroprop-sandbox-${pid}-`));

it("a run that is killed in the middle goes on with the same command, and ends with the same marks", async () => {
  const child = spawn(process.execPath, argumentsFor("killed"), { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const exited = once(child, "exit");
  while (linesIn(journalOf("killed")) < 2 && child.exitCode === null) await wait(5);
  child.kill("SIGKILL");
  await exited;
  expect(child.signalCode, said).toBe("SIGKILL");
  expect(existsSync(join(folder, "killed", "results.json"))).toBe(false);
  const graded = linesIn(journalOf("killed")) - 1;
  expect(graded).toBeLessThan(submissions.length * 2);

  const resumed = grade("killed");
  expect(resumed.stderr).toBe("");
  const whole = grade("whole", "--seed", String(seedOf("killed")));
  const [a, b] = [resumed, whole].map(({ stdout }) => JSON.parse(stdout));
  expect(a.kept).toBe(graded);
  expect(a.students).toEqual(b.students);
  expect(foldersOf(child.pid)).toEqual([]);
}, 300_000);
