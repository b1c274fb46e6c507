import { array, NdArray } from "retroprop";
import { describe, expect, test } from "vitest";
import fc from "../../test/properties.js";
import { decode, encode, TooLargeError } from "./codec.js";
import { maxDepth, type WireValue } from "./protocol.js";

const overTheWire = (value: unknown): unknown => decode(JSON.parse(JSON.stringify(encode(value))) as WireValue);

const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, Number.NaN, Infinity, -Infinity));
const typedArray = fc.oneof(
  ...[fc.float32Array(), fc.float64Array(), fc.int8Array(), fc.uint8Array(), fc.int16Array(), fc.uint16Array()],
  ...[fc.int32Array(), fc.uint32Array()],
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    ...[number, fc.string(), fc.boolean(), fc.constantFrom(null, undefined), typedArray],
    ...[fc.array(tie("value")), fc.dictionary(fc.string(), tie("value"), { noNullPrototype: true })],
  ),
})).value;

describe("over the wire", () => {
  test("plain values, numbers that JSON does not know and typed arrays arrive as they were", () => {
    fc.assert(
      fc.property(value, (sent) => {
        expect(overTheWire(sent)).toEqual(sent);
      }),
    );
  });

  test.each(["float32", "float64"] as const)("an NdArray of %s arrives as one, elements and shape", (dtype) => {
    const sent = array(
      [
        [1, -0, Number.NaN],
        [Infinity, 5e-40, 1 / 3],
      ],
      { dtype },
    );
    const received = overTheWire(sent) as NdArray;
    expect(received).toBeInstanceOf(NdArray);
    expect(received.shape).toEqual([2, 3]);
    expect(received.data).toEqual(sent.data);
  });

  test("a row, which is a view, takes only its own elements along", () => {
    const received = overTheWire(
      array([
        [1, 2],
        [3, 4],
      ]).row(1),
    ) as NdArray;
    expect([...received.data]).toEqual([3, 4]);
  });

  test("what cannot travel is named", () => {
    const sent = [() => 1, Symbol("s"), 3n, new Map(), new Date(0), new Error("e"), Promise.resolve()];
    expect(sent.map(encode)).toEqual([
      { t: "f", name: "" },
      ...["symbol", "bigint", "Map", "Date", "Error", "Promise"].map((what) => ({ t: "x", what })),
    ]);
  });

  test("half of a surrogate pair becomes the replacement character", () => {
    expect(overTheWire("a\ud800")).toBe("a\ufffd");
  });
});

describe("values that pretend", () => {
  test("a cycle and a nesting without end are named where they begin, the rest arrives", () => {
    const list: unknown[] = [1];
    list.push(list);
    expect(encode(list)).toEqual({ t: "l", items: [1, { t: "x", what: "a cycle" }] });
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(JSON.stringify(encode(deep))).toContain(`more than ${maxDepth} levels`);
  });

  test("the same object twice is no cycle", () => {
    const twice = { a: 1 };
    expect(overTheWire([twice, twice])).toEqual([twice, twice]);
  });

  test("a getter is asked once, and its error is the caller's", () => {
    let asked = 0;
    expect(
      overTheWire({
        get x() {
          return ++asked;
        },
      }),
    ).toEqual({ x: 1 });
    expect(() =>
      encode({
        get x(): never {
          throw new Error("oh");
        },
      }),
    ).toThrow("oh");
  });

  test.each([1e9, -1, Number.NaN, 1.5])("a Proxy that claims %d elements never makes us count them", (length) => {
    const liar = new Proxy([], { get: (_, key) => (key === "length" ? length : 7) });
    const encodeIt = () => encode(liar);
    if (length === -1) expect(encodeIt()).toEqual({ t: "l", items: [] });
    else expect(encodeIt).toThrow(TooLargeError);
  });

  test("toJSON and valueOf are not asked", () => {
    expect(encode({ toJSON: () => 1, valueOf: () => 2 })).toMatchObject({ t: "o" });
  });

  test("an NdArray whose shape was changed behind its back is no array", () => {
    const forged = Object.assign(Object.create(NdArray.prototype) as object, { data: new Float32Array(4), shape: [3] });
    expect(encode(forged)).toMatchObject({ t: "x" });
  });

  test.each([
    ["an array", () => new Float32Array(3e6)],
    ["a list", () => new Array(2e6).fill(0)],
    ["many texts", () => Array.from({ length: 1000 }, () => "x".repeat(9_000))],
  ])("%s of more than a frame holds is refused", (_, make) => {
    expect(() => encode(make())).toThrow(TooLargeError);
  });
});
