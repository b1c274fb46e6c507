import { describe, expect, test } from "vitest";
import { describeEnd, type Exit } from "./process-end.js";

const printing = (text: string) => ({ text: () => text, exceeded: () => false });
const fatal = "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory";
const end = (exit: Partial<Exit>, text: string, platform: NodeJS.Platform) =>
  describeEnd({ exitCode: null, signal: null, ...exit }, printing(text), platform);

describe("memory that has run out", () => {
  test.each<[string, Partial<Exit>, NodeJS.Platform]>([
    ["an abort", { signal: "SIGABRT" }, "linux"],
    ["a trap", { signal: "SIGTRAP" }, "darwin"],
    ["Node's code for an abort, where no signal ends a process", { exitCode: 134 }, "win32"],
    ["a breakpoint, as a code", { exitCode: 0x80000003 }, "win32"],
  ])("is told of %s", (_, exit, platform) => {
    expect(end(exit, fatal, platform).memoryExceeded).toBe(true);
  });

  test.each<[string, Partial<Exit>, string, NodeJS.Platform]>([
    ["what only prints so and ends", { exitCode: 3 }, fatal, "linux"],
    ["what only prints so and ends, on Windows", { exitCode: 3 }, fatal, "win32"],
    ["what is killed", { signal: "SIGKILL" }, fatal, "linux"],
    ["a crash that speaks of something else", { signal: "SIGABRT" }, "Assertion failed", "linux"],
  ])("is not told of %s", (_, exit, text, platform) => {
    expect(end(exit, text, platform).memoryExceeded).toBe(false);
  });
});

test.runIf(process.platform !== "win32")("a guard's code is the signal of what it ran", () => {
  expect(end({ exitCode: 137 }, "", "linux")).toMatchObject({ exitCode: null, signal: "SIGKILL" });
  expect(end({ exitCode: 134 }, fatal, "linux")).toMatchObject({ signal: "SIGABRT", memoryExceeded: true });
});

test("an ordinary code is one", () => {
  expect(end({ exitCode: 3 }, "", "linux")).toMatchObject({ exitCode: 3, signal: null, cpuExceeded: false });
});
