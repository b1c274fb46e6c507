import { expect, test } from "vitest";
import { readArguments, UsageError } from "./arguments.js";

const known = { competitors: ["retroprop", "pytorch"], workloads: ["W1", "gemm"] };
const read = (...args: string[]) => readArguments(args, known);

test("without arguments everything is measured", () => {
  expect(read()).toEqual({
    isQuick: false,
    isLong: false,
    isSteps: false,
    only: undefined,
    workloads: undefined,
    rounds: undefined,
    wantsHelp: false,
  });
});

test("names are separated by commas, or by the option said again", () => {
  expect(read("--workload", "W1", "--workload", "gemm").workloads).toEqual(["W1", "gemm"]);
  const { only, workloads } = read("--only", "pytorch,retroprop", "--workload=gemm");
  expect(only).toEqual(["pytorch", "retroprop"]);
  expect(workloads).toEqual(["gemm"]);
});

test("switches and rounds are read", () => {
  expect(read("--quick", "--long", "--rounds", "3", "--help")).toMatchObject({
    isQuick: true,
    isLong: true,
    rounds: 3,
    wantsHelp: true,
  });
});

test("--steps goes with --quick and --rounds", () => {
  expect(read("--steps", "--quick", "--rounds=2")).toMatchObject({ isSteps: true, isQuick: true, rounds: 2 });
});

test.each([["--long"], ["--only=pytorch"], ["--workload=W1"]])("--steps refuses %s", (option) => {
  expect(() => read("--steps", option)).toThrow("leave --long, --only and --workload away");
});

test.each([
  [["--only", "tensorflow"], '--only: expected some of retroprop, pytorch, received "tensorflow"'],
  [["--workload", "W1,W9"], '--workload: expected some of W1, gemm, received "W9"'],
  [["--only", ""], "--only: expected some of retroprop, pytorch, received nothing"],
  [["--rounds", "0"], '--rounds: expected a whole number ≥ 1, received "0"'],
  [["--rounds", "many"], '--rounds: expected a whole number ≥ 1, received "many"'],
  [["--fast"], "Unknown option '--fast': see npm run bench -- --help"],
])("refuses %j and says why", (args, message) => {
  expect(() => read(...args)).toThrow(new UsageError(message));
});
