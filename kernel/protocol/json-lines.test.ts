import { expect, test } from "vitest";
import fc from "../../test/properties.js";
import { encodeLine, readJsonLines } from "./json-lines.js";

function collect(limit?: number) {
  const values: unknown[] = [];
  const faults: string[] = [];
  const reader = readJsonLines(
    (value) => values.push(value),
    (reason) => faults.push(reason),
    limit,
  );
  return { values, faults, push: (text: string | Uint8Array) => reader.push(Buffer.from(text)) };
}

test("values arrive whole and in order, wherever the bytes are cut", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 7 }), (sent, size) => {
      const bytes = Buffer.from(sent.map(encodeLine).join(""));
      const { values, push } = collect();
      for (let at = 0; at < bytes.length; at += size) push(bytes.subarray(at, at + size));
      expect(values).toEqual(JSON.parse(JSON.stringify(sent)));
    }),
  );
});

test("a line that is not JSON is passed over, and told", () => {
  const { values, faults, push } = collect();
  push('1\nnonsense\n\n{"a":\n2\n');
  expect(values).toEqual([1, 2]);
  expect(faults).toEqual(["a line that is not JSON", "a line that is not JSON"]);
});

test("a line that is too long is passed over without being kept", () => {
  const { values, faults, push } = collect(10);
  for (let i = 0; i < 5; i++) push('"aaaaaaa');
  push('"\n"short"\n');
  expect(values).toEqual(["short"]);
  expect(faults).toEqual(["a line of 41 characters; at most 10 are read"]);
});
