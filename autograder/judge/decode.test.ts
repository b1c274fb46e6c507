import { array } from "retroprop";
import { describe, expect, test } from "vitest";
import fc from "../../test/properties.js";
import { encode } from "../harness/codec.js";
import { decodeValue } from "./decode.js";
import { asReturned, sameValue } from "./same-value.js";
import { StudentFault } from "./student-fault.js";

const overTheWire = (live: unknown) => decodeValue(JSON.parse(JSON.stringify(encode(live))));

describe("decodeValue", () => {
  test("gives back what was encoded", () => {
    const sent = [
      array([[1, -0.5]]),
      Float64Array.of(0.1, Number.NaN, Number.NEGATIVE_INFINITY),
      Uint8Array.of(0, 255),
      [1, "é", null, undefined, true, -0],
      { a: { b: [] } },
    ];
    for (const value of sent) expect(sameValue(overTheWire(value), asReturned(value as never))).toBe(true);
  });

  test("gives back any float32 array to the bit", () => {
    fc.assert(
      fc.property(fc.float32Array(), (data) => sameValue(overTheWire(data), asReturned(data))),
      { numRuns: 50 },
    );
  });

  test.each<[string, unknown]>([
    ["no tag", { v: 1 }],
    ["an unknown tag", { t: "z" }],
    ["a number that is none", { t: "n", v: "12" }],
    ["an unknown dtype", { t: "a", dtype: "__proto__", shape: [0], data: "" }],
    ["a shape that does not hold the data", { t: "a", dtype: "float32", shape: [3], data: "AAAAAA==" }],
    ["an impossible shape", { t: "a", dtype: "uint8", shape: [-1], data: "" }],
    ["an enormous shape", { t: "a", dtype: "uint8", shape: [1e9], data: "" }],
    ["a shape of many axes", { t: "a", dtype: "uint8", shape: new Array(1000).fill(1), data: "AA==" }],
    ["items that are no list", { t: "l", items: 3 }],
    ["an entry that is no pair", { t: "o", entries: [3] }],
    ["a key that is no text", { t: "o", entries: [[{}, 1]] }],
    ["depth", JSON.parse(`${'{"t":"l","items":['.repeat(20)}1${"]}".repeat(20)}`)],
    ["nothing", undefined],
  ])("refuses %s as unreadable", (_name, wire) => {
    expect(() => decodeValue(wire)).toThrow(StudentFault);
    expect(() => decodeValue(wire)).toThrow("unreadable");
  });

  test("keeps __proto__ an ordinary key", () => {
    const value = decodeValue({ t: "o", entries: [["__proto__", 1]] });
    expect(value).toEqual({ kind: "object", entries: new Map([["__proto__", 1]]) });
  });
});
