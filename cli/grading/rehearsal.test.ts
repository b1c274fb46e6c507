import { describe, expect, test } from "vitest";
import { ProcessStudent } from "../../autograder/judge/process-student.js";
import { bundleHarness } from "../../autograder/sandbox/bundle.js";
import { withBytecode } from "../../autograder/sandbox/bytecode.js";
import { sourceEdition } from "../../autograder/sandbox/fixtures/layers.js";
import { openL1 } from "../../autograder/sandbox/l1.js";
import { loadTp } from "./all-specs.js";
import { loadSolution } from "./carry-forward.js";
import { rehearsalFor } from "./rehearsal.js";

const { exercises } = await loadTp("tp1");
const solution = loadSolution("tp1");

describe("the rehearsal of a class", () => {
  test("is not worth its time for a few submissions", () => {
    expect(rehearsalFor(19, exercises, solution)).toBeUndefined();
    expect(rehearsalFor(20, exercises, solution)).toBeDefined();
  });

  test("leaves bytecode of the harness and the library, and none of a hidden test or an answer", async () => {
    const [program, data] = await withBytecode(
      await bundleHarness(sourceEdition),
      rehearsalFor(300, exercises, solution)!,
    );
    const length = data!.readUInt32LE(0);
    const bytecode = data!.subarray(4 + length);
    expect(bytecode.includes("runBroadcast")).toBe(true);
    expect(bytecode.includes("withOnEpoch")).toBe(false); // in what the hidden tests of trainLinear evaluate
    expect(bytecode.includes("solution$")).toBe(false); // as the answers name what they import

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
