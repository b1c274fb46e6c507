import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version as esbuildVersion } from "esbuild";
import ts from "typescript";
import { afterAll, describe, expect, it, vi } from "vitest";
import { tps } from "../../course/manifest.js";
import { type Conditions, commonCauses, handInCause, intakeOf, submissionCause } from "./causes.js";

/** The end of the path of a file that is read as if it had been changed. */
const altered = vi.hoisted(() => ({ path: "none" }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const readFileSync = (path: string) => (path.endsWith(altered.path) ? Buffer.from("") : fs.readFileSync(path));
  return { ...fs, readFileSync };
});

const folder = mkdtempSync(join(tmpdir(), "retroprop-causes-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "index.js"), "export const one = 1;\n");

describe("what all results of a run depend on", () => {
  const conditions: Conditions = { tp: tps[0]!, editionFolder: folder, layer: "L3", seed: 1 };
  const causes = commonCauses(conditions);
  const changed = (more: Partial<Conditions>) => {
    const now = commonCauses({ ...conditions, ...more });
    return Object.keys(now).filter((name) => now[name] !== causes[name]);
  };

  it("is the same while nothing changes, whatever lies beside the code", () => {
    writeFileSync(join(folder, "index.d.ts"), "export declare const one: number;\n");
    writeFileSync(join(folder, "index.test.js"), "");
    expect(changed({})).toEqual([]);
  });

  it("says which part has changed", () => {
    expect(changed({ layer: "L2" })).toEqual(["layer"]);
    expect(changed({ seed: 2 })).toEqual(["seed"]);
    expect(changed({ tp: tps[1]! })).toEqual(["tests"]);
    expect(changed({ tp: { ...tps[0]!, questions: [] } })).toEqual(["tests"]);
    writeFileSync(join(folder, "index.js"), "export const one = 2;\n");
    expect(changed({})).toEqual(["library"]);
    writeFileSync(join(folder, "index.js"), "export const one = 1;\n");
  });

  it.each([
    ["cli/grading/same-code.ts", ["grader"]],
    ["cli/grading/messages.fr.ts", ["grader"]],
    ["cli/grading/visible-specs.ts", ["grader"]],
    ["cli/grading/grade-class.ts", ["grader"]],
    ["cli/grading/grade-class.test.ts", []],
    ["autograder/judge/compile.ts", ["grader"]],
    ["autograder/report/html.ts", []],
  ])("when %s changes: %s", (path, parts) => {
    altered.path = path;
    expect(changed({})).toEqual(parts);
    altered.path = "none";
  });

  it("names the compilers, whose next versions may read code otherwise", () => {
    expect(causes["node"]).toContain(process.version);
    expect(causes["node"]).toContain(`esbuild ${esbuildVersion}`);
    expect(causes["node"]).toContain(`typescript ${ts.version}`);
  });
});

describe("what one result depends on", () => {
  const file = { name: "tp1.ts", path: join(folder, "tp1.ts") };
  const handIn = { student: "Émilie Noël", handedInAs: "tp1.ts", files: [file], texts: [], notices: [] };
  const intake = intakeOf([], new Set());

  it("is the bytes that were handed in, and how they are read", () => {
    writeFileSync(file.path, "export const a = 1;");
    const before = handInCause(handIn, intake);
    expect(handInCause(handIn, intake)).toBe(before);
    expect(handInCause(handIn, intakeOf([], new Set(["array"])))).not.toBe(before);
    const texts = [{ name: "réponses.md", bytes: Buffer.from("Question 1 : ln 10") }];
    expect(handInCause({ ...handIn, texts }, intake)).not.toBe(before);
    writeFileSync(file.path, "export const a = 2;");
    expect(handInCause(handIn, intake)).not.toBe(before);
    rmSync(file.path);
    expect(handInCause(handIn, intake)).toBeUndefined();
  });

  it("is the program and the answers", () => {
    const found = { exercises: new Map(), missing: new Map(), answers: new Map(), notices: [] };
    const submission = { student: "x", files: [], program: "", ...found, origins: [], pieces: [] };
    const before = submissionCause(submission);
    expect(submissionCause({ ...submission, answers: new Map() })).toBe(before);
    expect(submissionCause({ ...submission, answers: new Map([["tp1.q1", "42"]]) })).not.toBe(before);
    expect(submissionCause({ ...submission, program: "1" })).not.toBe(before);
  });
});
