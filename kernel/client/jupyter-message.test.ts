import { expect, test } from "vitest";
import { decodeMessage, encodeRequest, outputOf } from "./jupyter-message.js";

const session = { id: "s", key: "secret" };
const message = (type: string, content: unknown) => ({ id: "m", parentId: "p", type, content });

test("a message signed with the key is read back, its routing prefix skipped", () => {
  const frames = encodeRequest("execute_request", "id-1", { code: "é" }, session).map((frame) => Buffer.from(frame));
  const received = decodeMessage([Buffer.from("prefix"), ...frames], session);
  expect(received).toEqual({ id: "id-1", type: "execute_request", parentId: "", content: { code: "é" } });
});

test("a message signed with another key, or changed on the way, is not read", () => {
  const frames = encodeRequest("status", "id-1", { execution_state: "idle" }, session).map((frame) =>
    Buffer.from(frame),
  );
  expect(decodeMessage(frames, { ...session, key: "other" })).toBeUndefined();
  const changed = frames.with(-1, Buffer.from('{"execution_state":"busy"}'));
  expect(decodeMessage(changed, session)).toBeUndefined();
  expect(decodeMessage([Buffer.from("noise")], session)).toBeUndefined();
});

test("a display keeps its id, and one without an id has none", () => {
  const data = { "text/plain": "1" };
  expect(outputOf(message("display_data", { data, metadata: {}, transient: { display_id: "d" } }))).toEqual({
    type: "display_data",
    data,
    metadata: {},
    displayId: "d",
  });
  expect(outputOf(message("display_data", { data, metadata: {}, transient: {} }))).toEqual({
    type: "display_data",
    data,
    metadata: {},
  });
});

test("what is not an output, or cannot be read, is none", () => {
  expect(outputOf(message("status", { execution_state: "idle" }))).toBeUndefined();
  expect(outputOf(message("stream", { name: "stdlog", text: 3 }))).toBeUndefined();
});
