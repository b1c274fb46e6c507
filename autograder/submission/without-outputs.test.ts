import { describe, expect, it } from "vitest";
import fc from "../../test/properties.js";
import { createOutputFilter } from "./without-outputs.js";

function filter(text: string, chunkSize = text.length || 1): string {
  const bytes = Buffer.from(text);
  const output = createOutputFilter(2 ** 20);
  for (let i = 0; i < bytes.length; i += chunkSize) output.push(bytes.subarray(i, i + chunkSize));
  return Buffer.from(output.end()).toString("utf8");
}

describe("a notebook without its outputs", () => {
  it.each([
    ['{"outputs":[{"a":[1]}],"b":2}', '{"outputs":null,"b":2}'],
    ['{"outputs" : "x\\"]" , "b":2}', '{"outputs" :null, "b":2}'],
    ['{"outputs":1}', '{"outputs":null}'],
    ['[{"attachments":{"a":"}"}}]', '[{"attachments":null}]'],
    ['{"source":"\\"outputs\\": [1]"}', '{"source":"\\"outputs\\": [1]"}'],
    ['{"a":"outputs","b":[1]}', '{"a":"outputs","b":[1]}'],
    ['{"myoutputs":[1]}', '{"myoutputs":[1]}'],
  ])("%s", (text, kept) => {
    expect(filter(text)).toBe(kept);
  });

  it("says the same as JSON.parse, whatever the JSON and wherever it is cut into chunks", () => {
    const key = fc.constantFrom("outputs", "source", 'a"b\\', "é", "attachments");
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.dictionary(key, tie("value")), fc.array(tie("value"))),
    }));
    const drop = (name: string, one: unknown) => (name === "outputs" || name === "attachments" ? null : one);
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 2), (json, size, indent) => {
        const text = JSON.stringify(json, null, indent);
        expect(JSON.parse(filter(text, size))).toEqual(JSON.parse(text, drop));
      }),
      { numRuns: 200 },
    );
  });

  it("is given up when what is left is too much", () => {
    expect(() => filter(`"${"x".repeat(2 ** 20)}"`)).toThrow(/sans ses sorties, le notebook pèse encore plus de 1 Mo/);
  });
});
