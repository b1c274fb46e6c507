import { expect, test } from "vitest";
import type { OutputMessage } from "./kernel.js";
import { collectOutputs, type Displays } from "./outputs.js";

const stream = (name: "stdout" | "stderr", text: string): OutputMessage => ({ type: "stream", name, text });
const bundle = (text: string) => ({ data: { "text/plain": text }, metadata: {} });

function collect(messages: readonly OutputMessage[], displays: Displays = new Map()) {
  const { outputs, add } = collectOutputs(displays, () => 7);
  for (const message of messages) add(message);
  return outputs;
}

test("writes to one stream are one output, and the order of two streams is kept", () => {
  const outputs = collect([
    stream("stdout", "a"),
    stream("stdout", "b\n"),
    stream("stderr", "e"),
    stream("stdout", "c"),
  ]);
  expect(outputs).toEqual([
    { output_type: "stream", name: "stdout", text: "ab\n" },
    { output_type: "stream", name: "stderr", text: "e" },
    { output_type: "stream", name: "stdout", text: "c" },
  ]);
});

test("an update changes its display in place, also from a later cell, and its id is not kept", () => {
  const displays: Displays = new Map();
  const outputs = collect(
    [{ type: "display_data", displayId: "d", ...bundle("0 %") }, stream("stdout", "x")],
    displays,
  );
  collect([{ type: "update_display_data", displayId: "d", ...bundle("100 %") }], displays);
  expect(outputs[0]).toEqual({ output_type: "display_data", ...bundle("100 %") });
});

test("an update of a display nobody made is nothing", () => {
  expect(collect([{ type: "update_display_data", displayId: "unknown", ...bundle("1") }])).toEqual([]);
});

test("a result carries the number of its cell", () => {
  expect(collect([{ type: "execute_result", ...bundle("2") }])).toEqual([
    { output_type: "execute_result", execution_count: 7, ...bundle("2") },
  ]);
});

test("clearing empties the cell, at once or at its next output", () => {
  expect(collect([stream("stdout", "a"), { type: "clear_output", wait: false }])).toEqual([]);
  expect(collect([stream("stdout", "a"), { type: "clear_output", wait: true }])).toHaveLength(1);
  const outputs = collect([stream("stdout", "a"), { type: "clear_output", wait: true }, stream("stdout", "b")]);
  expect(outputs).toEqual([{ output_type: "stream", name: "stdout", text: "b" }]);
});

test("what follows a carriage return takes the place of its line, as nbconvert has it", () => {
  const texts = ["ready\n0/3", "\r1/3", "\r", "2/3\r3/3\n", "done\r\n"].map((text) => stream("stdout", text));
  expect(collect(texts)).toEqual([{ output_type: "stream", name: "stdout", text: "ready\n3/3\ndone\r\n" }]);
});
