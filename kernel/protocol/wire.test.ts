import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { type JupyterMessage, MessageError, newHeader } from "./jupyter-message.js";
import { decodeFrames, encodeFrames, SignatureMemory } from "./wire.js";

const key = "secret";
const message: JupyterMessage = {
  channel: "shell",
  header: newHeader("execute_request", "s"),
  parent_header: {},
  metadata: {},
  content: { code: "é" },
};
const frames = () => encodeFrames(message, key);

test("a signed message is read back, with the route it came by, its binary buffers let go", () => {
  const route = [Buffer.from([0, 255]), Buffer.from("peer")];
  expect(decodeFrames([...route, ...frames(), Buffer.from([1, 2])], "shell", key)).toEqual({ message, route });
});

test("the signature is the one of Jupyter's documentation: HMAC-SHA256 of the four parts", () => {
  // echo -n '{}{}{}{}' | openssl dgst -sha256 -hmac secret
  const empty = { ...message, header: {}, content: {} } as unknown as JupyterMessage;
  expect(Buffer.from(encodeFrames(empty, key)[1]!).toString()).toBe(
    "34982f0bfec60e7b933ffde06c1ecab0fba073717a95ab943d1dd06f82c2d5e4",
  );
});

test.each([
  ["signed with another key", () => encodeFrames(message, "other"), "its signature is not made with our key"],
  ["changed on the way", () => frames().with(-1, Buffer.from('{"code":"other"}')), "its signature is not made"],
  ["without signature", () => frames().with(1, Buffer.alloc(0)), "its signature is not made with our key"],
  ["cut short", () => frames().slice(0, 4), "its frames are incomplete"],
  ["noise", () => [Buffer.from("noise")], "its frames are incomplete"],
  ["no JSON", () => signed("{", "{}", "{}", "{}"), "it is not JSON"],
  ["without a header", () => signed("[]", "{}", "{}", "{}"), "its `header` is not an object"],
  ["without a type", () => signed('{"msg_id":"1"}', "{}", "{}", "{}"), "its header has no `msg_type`"],
  ["with a content that is none", () => signed('{"msg_id":"1","msg_type":"t"}', "{}", "{}", "3"), "its `content` is"],
])("a message %s is refused", (_, make, reason) => {
  expect(() => decodeFrames(make(), "shell", key)).toThrow(MessageError);
  expect(() => decodeFrames(make(), "shell", key)).toThrow(reason);
});

test("a message that comes twice is refused the second time", () => {
  const memory = new SignatureMemory();
  const [first, second] = [frames(), encodeFrames({ ...message, content: {} }, key)];
  memory.refuseRepeated(first);
  memory.refuseRepeated([Buffer.from("another route"), ...second]);
  expect(() => memory.refuseRepeated([Buffer.from("route"), ...first])).toThrow("it came before");
});

/** Frames of any four texts, signed as they should be. */
function signed(...parts: [string, string, string, string]): Uint8Array[] {
  const signature = createHmac("sha256", key).update(parts.join("")).digest("hex");
  return ["<IDS|MSG>", signature, ...parts].map((text) => Buffer.from(text));
}
