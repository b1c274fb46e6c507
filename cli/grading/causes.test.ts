import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { tps } from "../../course/manifest.js";
import { type Conditions, commonCauses, handInCause, intakeOf, submissionCause } from "./causes.js";

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
  });
});

describe("what one result depends on", () => {
  const file = { name: "tp1.ts", path: join(folder, "tp1.ts") };
  const handIn = { student: "Émilie Noël", handedInAs: "tp1.ts", files: [file], notices: [] };
  const intake = intakeOf([], new Set());

  it("is the bytes that were handed in, and how they are read", () => {
    writeFileSync(file.path, "export const a = 1;");
    const before = handInCause(handIn, intake);
    expect(handInCause(handIn, intake)).toBe(before);
    expect(handInCause(handIn, intakeOf([], new Set(["array"])))).not.toBe(before);
    writeFileSync(file.path, "export const a = 2;");
    expect(handInCause(handIn, intake)).not.toBe(before);
    rmSync(file.path);
    expect(handInCause(handIn, intake)).toBeUndefined();
  });

  it("is the program and the answers", () => {
    const submission = { student: "x", files: [], program: "", exercises: new Map(), answers: new Map(), notices: [] };
    const before = submissionCause(submission);
    expect(submissionCause({ ...submission, answers: new Map() })).toBe(before);
    expect(submissionCause({ ...submission, answers: new Map([["tp1.q1", "42"]]) })).not.toBe(before);
    expect(submissionCause({ ...submission, program: "1" })).not.toBe(before);
  });
});
