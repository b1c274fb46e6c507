import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { ProcessStudent } from "../../autograder/judge/process-student.js";
import { bundleHarness } from "../../autograder/sandbox/bundle.js";
import { type Rehearsal, withBytecode } from "../../autograder/sandbox/bytecode.js";
import { sourceEdition } from "../../autograder/sandbox/fixtures/layers.js";
import { openL1 } from "../../autograder/sandbox/l1.js";
import { usualLimits } from "../../autograder/sandbox/sandbox.js";
import { loadTp } from "./all-specs.js";
import { loadSolution } from "./carry-forward.js";
import { rehearsalFor } from "./rehearsal.js";

const harness = await bundleHarness(sourceEdition);

/** The program, its data, and of these the bytecode alone. */
async function rehearsed(tp: string) {
  const { exercises } = await loadTp(tp);
  const [program, data] = await withBytecode(harness, rehearsalFor(300, exercises, loadSolution(tp))!);
  return { program, data: data!, bytecode: data!.subarray(4 + data!.readUInt32LE(0)) };
}

const startOnly: Rehearsal = async (sandbox) => {
  const running = await sandbox.run(usualLimits, 0);
  await once(running.replies, "data");
  await running.kill();
};

describe("the rehearsal of a class", () => {
  test("is not worth its time for a few submissions", async () => {
    const { exercises } = await loadTp("tp1");
    expect(rehearsalFor(19, exercises, loadSolution("tp1"))).toBeUndefined();
    expect(rehearsalFor(20, exercises, loadSolution("tp1"))).toBeDefined();
  });

  test.each([
    ["tp1", "withOnEpoch"],
    ["tp2", "drawOften"],
  ])("of %s leaves bytecode of what it called, and nothing of a hidden test or an answer", async (tp, hidden) => {
    const { bytecode } = await rehearsed(tp);
    const [, idle] = await withBytecode(harness, startOnly);
    expect(bytecode.length).toBeGreaterThan(1.2 * (idle!.length - 4 - idle!.readUInt32LE(0)));
    expect(bytecode.includes(hidden)).toBe(false); // in what hidden tests have evaluated
    expect(bytecode.includes("solution$")).toBe(false); // as the answers name what they import
  });

  test("leaves a program that does what it did", async () => {
    const { program, data } = await rehearsed("tp1");
    const sandbox = await openL1(program, data);
    const student = new ProcessStudent({ program: "export const double = (x: number) => 2 * x;", sandbox, slot: 0 });
    try {
      expect(await student.call("double", 21)).toBe(42);
    } finally {
      await student.close();
      await sandbox.close();
    }
  });
});
