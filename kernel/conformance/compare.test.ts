import { expect, test } from "vitest";
import type { Output } from "../client/notebook.js";
import type { CellCase } from "./case.js";
import { type CellRun, differences } from "./compare.js";

const stdout = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const thrown: Output = { output_type: "error", ename: "RangeError", evalue: "boum", traceback: ["at cell 7:2:1"] };
const result: Output = {
  output_type: "execute_result",
  execution_count: 7,
  data: { "text/plain": "42" },
  metadata: {},
};

const faultsOf = (expected: CellCase["expected"], outputs: readonly Output[], run: Partial<CellRun> = {}) =>
  differences(expected === undefined ? { code: "" } : { code: "", expected }, { outputs, executionCount: 7, ...run });

test("a cell that did as expected has no difference, in however many pieces it was printed", () => {
  expect(faultsOf([{ stdout: "ab" }], [stdout("a"), stdout("b")])).toEqual([]);
  expect(faultsOf([{ result: { "text/plain": /4/ } }], [result])).toEqual([]);
  const error = { error: "RangeError", message: "boum", traceback: ["cell <count>:2"] };
  expect(faultsOf([error], [thrown])).toEqual([]);
  expect(faultsOf(undefined, [])).toEqual([]);
});

test.each<[string, CellCase["expected"], readonly Output[], Partial<CellRun>, RegExp]>([
  ["other text", [{ stdout: "a" }], [stdout("b")], {}, /stdout is "b", expected "a"/],
  ["text on the other stream", [{ stderr: "a" }], [stdout("a")], {}, /expected stderr, got stdout/],
  ["nothing", [{ stdout: "a" }], [], {}, /missing/],
  ["more than it should", [], [stdout("a")], {}, /unexpected: stdout "a"/],
  ["a result printed", [{ result: { "text/plain": "42" } }], [stdout("42")], {}, /expected execute_result, got stdout/],
  ["a result without its page", [{ result: { "text/html": "42" } }], [result], {}, /lacks text\/html/],
  [
    "another error",
    [{ error: "TypeError", message: "boum" }],
    [thrown],
    {},
    /name is "RangeError", expected "TypeError"/,
  ],
  [
    "a traceback of another cell",
    [{ error: "RangeError", message: "boum", traceback: ["cell <count>:2"] }],
    [thrown],
    { executionCount: 8 },
    /lacks "cell 8:2"/,
  ],
  [
    "a frame of the kernel",
    [{ error: "RangeError", message: "boum" }],
    [{ ...thrown, traceback: ["    at run (node:vm:1:2)"] }],
    {},
    /a frame of the kernel's own/,
  ],
  ["an end that does not come", [], [], { isEndless: true }, /does not end/],
  ["a death", [], [], { death: "on signal SIGKILL" }, /the kernel died: on signal SIGKILL/],
  ["no death", { death: /memory/ }, [], {}, /lives on/],
  ["a death of something else", { death: /memory/ }, [], { death: "exit code 3" }, /expected \/memory\//],
])("%s is a difference", (_, expected, outputs, run, message) => {
  expect(faultsOf(expected, outputs, run).join("\n")).toMatch(message);
});
