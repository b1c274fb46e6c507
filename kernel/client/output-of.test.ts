import { expect, test } from "vitest";
import { newHeader } from "../protocol/jupyter-message.js";
import { outputOf } from "./output-of.js";

const read = (type: string, content: Readonly<Record<string, unknown>>) =>
  outputOf({ channel: "iopub", header: newHeader(type, "s"), parent_header: {}, metadata: {}, content });

test("a display keeps its id, and one without an id has none", () => {
  const data = { "text/plain": "1" };
  expect(read("display_data", { data, metadata: {}, transient: { display_id: "d" } })).toEqual({
    type: "display_data",
    data,
    metadata: {},
    displayId: "d",
  });
  expect(read("display_data", { data, metadata: {}, transient: {} })).toEqual({
    type: "display_data",
    data,
    metadata: {},
  });
});

test("what is not an output, or cannot be read, is none", () => {
  expect(read("status", { execution_state: "idle" })).toBeUndefined();
  expect(read("stream", { name: "stdlog", text: 3 })).toBeUndefined();
});
