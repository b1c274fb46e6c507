import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { arrayOf, shape } from "../../test/arbitrary-array.js";
import { expectSameBits, readFixture } from "../../test/oracle/oracle.js";
import fc from "../../test/properties.js";
import { array, eye, ones, zeros } from "../nd/creation.js";
import type { DType } from "../nd/dtype.js";
import { NdArray } from "../nd/nd-array.js";
import { ShapeError } from "../nd/shape.js";
import { decodeSafetensors, encodeSafetensors, safetensorsMetadata } from "./safetensors.js";

/** Name, dtype, shape and little-endian bytes in hexadecimal. */
type Listed = readonly [name: string, dtype: DType, shape: number[], hex: string];

interface Case {
  readonly name: string;
  /** Whether we write the same arrays: of F32 and F64 alone. */
  readonly ours: boolean;
  readonly bytes: string;
  readonly arrays: readonly Listed[];
  readonly metadata: Readonly<Record<string, string>>;
}

const { cases, everyHalf, integers } = readFixture<{
  cases: readonly Case[];
  everyHalf: Readonly<Record<string, string>>;
  integers: string;
}>("safetensors-files.json");
const python = "/usr/bin/python3";
const reader = fileURLToPath(new URL("../../test/oracle/safetensors_files.py", import.meta.url));
const whyNoNumPy = missingNumPy();

const hexOf = ({ data }: NdArray): string => Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");
const listed = (tensors: ReadonlyMap<string, NdArray>): Listed[] =>
  [...tensors].map(([name, x]) => [name, x.dtype, [...x.shape], hexOf(x)]);
const fromBase64 = (text: string): Uint8Array => Buffer.from(text, "base64");

describe("decodeSafetensors", () => {
  test.each(cases)("reads what an independent writer wrote: $name", ({ bytes, arrays, metadata }) => {
    const file = fromBase64(bytes);
    expect(listed(decodeSafetensors(file))).toEqual(arrays);
    expect(Object.fromEntries(safetensorsMetadata(file))).toEqual(metadata);
  });

  test.each(["half", "brain"])("widens every 16-bit pattern that is a number as NumPy does: %s", (name) => {
    const patterns = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits);
    const code = name === "half" ? "F16" : "BF16";
    const header = JSON.stringify({ x: { dtype: code, shape: [2 ** 16], data_offsets: [0, 2 ** 17] } });
    const x = decodeSafetensors(file(header, new Uint8Array(patterns.buffer))).get("x")!;
    const numbers = new NdArray(x.data.filter((value) => !Number.isNaN(value)));
    expect(createHash("sha256").update(hexOf(numbers), "hex").digest("hex")).toBe(everyHalf[name]);
    expect(x.size - numbers.size).toBe(name === "half" ? 2 * 1023 : 2 * 127);
  });

  test("reads from the middle of a larger buffer, at any alignment, and shares no memory with it", () => {
    const bytes = encodeSafetensors(new Map([["x", array([1, 2, 3])]]));
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    const x = decodeSafetensors(larger.subarray(3)).get("x")!;
    larger.fill(0);
    expect(x).toEqual(array([1, 2, 3]));
  });

  test("finds no metadata where there is none", () => {
    expect(safetensorsMetadata(encodeSafetensors(new Map()))).toEqual(new Map());
  });
});

describe("encodeSafetensors", () => {
  test.each(cases.filter(({ ours }) => ours))(
    "writes, byte for byte, what an independent writer wrote: $name",
    (one) => {
      const decoded = decodeSafetensors(fromBase64(one.bytes));
      const shuffled = new Map([...decoded].reverse());
      const metadata = Object.keys(one.metadata).length === 0 ? undefined : one.metadata;
      expect(Buffer.from(encodeSafetensors(shuffled, metadata)).toString("base64")).toBe(one.bytes);
    },
  );

  test("pads the header with spaces to a multiple of 8, 64-bit arrays first, then by name", () => {
    const bytes = encodeSafetensors(
      new Map([
        ["b", ones([1])],
        ["a", ones([2])],
        ["z", ones([1], { dtype: "float64" })],
      ]),
    );
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
    expect(length % 8).toBe(0);
    expect(header.trimEnd()).toBe(
      '{"z":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},"b":{"dtype":"F32","shape":[1],"data_offsets":[16,20]}}',
    );
    expect(bytes.length).toBe(8 + length + 20);
  });

  test("then decodeSafetensors gives back the same bits, on random names, shapes and dtypes", () => {
    const anyArray = fc
      .tuple(shape({ empty: true }), fc.constantFrom("float32", "float64" as const))
      .chain(([size, dtype]) => arrayOf(size, { dtype }));
    const anyName = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "0", "W", '"\\', "é", "{:}"));
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(anyName, anyArray), { selector: ([name]) => name }), (entries) => {
        const decoded = decodeSafetensors(encodeSafetensors(new Map(entries)));
        expect(decoded.size).toBe(entries.length);
        for (const [name, x] of entries) expectSameBits(decoded.get(name)!, x, name);
      }),
    );
  });

  test("gives back its metadata", () => {
    const metadata = { course: "TP2", "10": "é\n" };
    const bytes = encodeSafetensors(new Map([["W", eye(2)]]), metadata);
    expect(Object.fromEntries(safetensorsMetadata(bytes))).toEqual(metadata);
    expect([...decodeSafetensors(bytes).keys()]).toEqual(["W"]);
  });

  test("writes only the rows of a view", () => {
    const bytes = encodeSafetensors(new Map([["row", eye(3).row(1)]]));
    expect(decodeSafetensors(bytes).get("row")).toEqual(array([0, 1, 0]));
  });

  test("refuses what is no array, the reserved name, and metadata that is no text", () => {
    expect(() => encodeSafetensors(new Map([["W", [1] as never]]))).toThrow(
      "encodeSafetensors: expected an NdArray, received a plain list of 1",
    );
    expect(() => encodeSafetensors(new Map([["__metadata__", zeros([1])]]))).toThrow(
      "encodeSafetensors: __metadata__ cannot be the name of an array",
    );
    expect(() => encodeSafetensors(new Map(), { epoch: 3 as never })).toThrow(
      'encodeSafetensors: __metadata__ must be an object of texts, received {"epoch":3}',
    );
  });

  test.skipIf(whyNoNumPy !== undefined)("writes what an independent reader reads", () => {
    const tensors = new Map([
      ["z", array([Number.NaN, Number.NEGATIVE_INFINITY, -0, 0.1], { dtype: "float64" })],
      ["10", zeros([0, 3])],
      ["9", array(3)],
      ["é {:}", array([[1.5, -2]])],
    ]);
    const input = encodeSafetensors(tensors, { note: "é" });
    const read = JSON.parse(execFileSync(python, [reader, "read"], { input, encoding: "utf8" }));
    expect(read).toEqual({ arrays: listed(tensors), metadata: { note: "é" } });
  });
});

describe("a damaged file", () => {
  const good = encodeSafetensors(
    new Map([
      ["W", eye(2)],
      ["b", ones([2])],
    ]),
  );
  const entry = (begin: number, end: number, rest: object = {}) => ({
    dtype: "F32",
    shape: [(end - begin) / 4],
    data_offsets: [begin, end],
    ...rest,
  });
  const header = (entries: Record<string, unknown>) => JSON.stringify(entries);

  test("is refused at every truncation", () => {
    for (let end = 0; end < good.length; end++) {
      expect(() => decodeSafetensors(good.subarray(0, end))).toThrow(/^decodeSafetensors: /);
    }
  });

  test("is refused, or read as the format says, whatever byte of its header is changed", () => {
    const start = 8 + Number(new DataView(good.buffer).getBigUint64(0, true));
    for (let at = 0; at < start; at++) {
      for (const value of [0, 0x20, 0x22, 0x2c, 0x31, 0x39, 0x7b, 0x7d, 0xff]) {
        const bytes = good.slice();
        bytes[at] = value;
        try {
          const sizes = [...decodeSafetensors(bytes).values()].map(({ size }) => size);
          expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(6);
        } catch (error) {
          expect((error as Error).message).toMatch(/^decodeSafetensors: /);
        }
      }
    }
  });

  test.each<[string, Uint8Array, string]>([
    ["too short", new Uint8Array(7), "not a safetensors file: it has 7 bytes, fewer than 8"],
    ["longer than its header says", withLength(file("{}"), 1n), "the header is no JSON ("],
    [
      "with a header beyond its end",
      withLength(file("{}"), 9n),
      "truncated: the header has 9 bytes, the file only 8 after its first 8",
    ],
    [
      "with a header of 100 MB and one byte",
      withLength(file("{}"), 100_000_001n),
      "not a safetensors file: its header would have 100000001 bytes (at most 100000000)",
    ],
    [
      "with a header of 2⁶⁴ − 1 bytes",
      withLength(file("{}"), 2n ** 64n - 1n),
      "not a safetensors file: its header would have 18446744073709552000 bytes",
    ],
    ["with a header that is no JSON", file('{"a":'), "the header is no JSON ("],
    ["with a header that is no UTF-8", withByte(file('{"a":1}'), 10, 0xff), "the header is no JSON ("],
    ["with a byte order mark before the header", file("\uFEFF{}"), "the header is no JSON ("],
    [
      "with a header of 100 MB that is not there",
      withLength(file("{}"), 100_000_000n),
      "truncated: the header has 100000000 bytes, the file only 8 after its first 8",
    ],
    ["with spaces before the header", file(" {}"), "the header must begin with {"],
    ["with a list as its header", file("[]"), "the header must begin with {"],
    [
      "with the name of an array twice",
      file(
        '{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F64","shape":[0],"data_offsets":[0,0]}}',
      ),
      'the header has the key "a" twice',
    ],
    [
      "with a name twice, once in escapes",
      file(
        '{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"\\u0061":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}',
      ),
      'the header has the key "a" twice',
    ],
    [
      "with two shapes",
      file('{"a":{"dtype":"F32","shape":[0],"shape":[0,1],"data_offsets":[0,0]}}'),
      'the header has the key "shape" twice',
    ],
    [
      "with an overlap",
      file(header({ a: entry(0, 8), b: entry(4, 12) }), new Uint8Array(12)),
      '"b" overlaps what comes before it: it begins at 4, not at 8',
    ],
    [
      "with a negative offset",
      file(header({ a: entry(-4, 4) }), new Uint8Array(4)),
      '"a" overlaps what comes before it: it begins at -4, not at 0',
    ],
    [
      "with a hole",
      file(header({ a: entry(0, 4), b: entry(8, 12) }), new Uint8Array(12)),
      '"b" leaves a hole before it: it begins at 8, not at 4',
    ],
    [
      "with an array beyond its end",
      file(header({ a: entry(0, 8) }), new Uint8Array(4)),
      "truncated: expected 8 bytes of elements, received 4",
    ],
    [
      "with bytes behind the last array",
      file(header({ a: entry(0, 4) }), new Uint8Array(7)),
      "bytes behind the last array that belong to nothing: 3",
    ],
    [
      "with a shape that its bytes do not hold",
      file(header({ a: entry(0, 8, { shape: [3] }) }), new Uint8Array(8)),
      '"a": [3] of F32 takes 12 bytes, data_offsets [0, 8] hold 8',
    ],
    [
      "with offsets in the wrong order",
      file(header({ a: entry(4, 0, { shape: [1] }) }), new Uint8Array(4)),
      '"a": [1] of F32 takes 4 bytes, data_offsets [4, 0] hold -4',
    ],
    [
      "with a length below 0",
      file(header({ a: entry(0, 0, { shape: [-1, 0] }) })),
      '"a": a shape is a list of whole numbers ≥ 0',
    ],
    [
      "with a shape that is no list",
      file(header({ a: entry(0, 0, { shape: "3" }) })),
      '"a": a shape is a list of whole numbers ≥ 0',
    ],
    [
      "with an immense shape",
      file(header({ a: entry(0, 4, { shape: [2 ** 40, 2 ** 40] }) }), new Uint8Array(4)),
      '"a": [1099511627776, 1099511627776] of F32 takes 4.8',
    ],
    [
      "with one offset",
      file(header({ a: entry(0, 0, { data_offsets: [0] }) })),
      '"a": data_offsets must be two whole numbers, received [0]',
    ],
    [
      "with offsets that are no whole numbers",
      file(header({ a: entry(0, 0, { data_offsets: [0, "0"] }) })),
      '"a": data_offsets must be two whole numbers, received [0,"0"]',
    ],
    ["with an array that is nothing", file(header({ a: null })), '"a": elements of type undefined are not supported'],
    [
      "with an unknown type",
      file(header({ a: entry(0, 0, { dtype: "toString" }) })),
      '"a": elements of type "toString" are not supported',
    ],
    [
      "with metadata that is no text",
      file(header({ __metadata__: { epoch: 3 } })),
      '__metadata__ must be an object of texts, received {"epoch":3}',
    ],
    [
      "with metadata that is a list",
      file(header({ __metadata__: [] })),
      "__metadata__ must be an object of texts, received []",
    ],
  ])("%s is refused", (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(`decodeSafetensors: ${message}`);
    expect(() => safetensorsMetadata(bytes)).toThrow(`decodeSafetensors: ${message}`);
  });

  test("with lists in lists without end is refused like any other", () => {
    const deep = "[".repeat(2e5) + "]".repeat(2e5);
    const entryWith = (fields: string) =>
      file(`{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"b":{${fields}}}`);
    for (const bytes of [
      file(`{"a":${deep}}`),
      file(`{"__metadata__":${deep}}`),
      entryWith(`"dtype":${deep}`),
      entryWith(`"dtype":"F32","shape":${deep}`),
      entryWith(`"dtype":"F32","shape":[0],"data_offsets":${deep}`),
    ]) {
      expect(() => decodeSafetensors(bytes)).toThrow(ShapeError);
      expect(() => decodeSafetensors(bytes)).toThrow(/^decodeSafetensors: /);
    }
  });

  test("gives a message of a few lines at most, however long what it holds", () => {
    const long = "x".repeat(1e6);
    const zeros = Array(1e6).fill(0);
    for (const bytes of [
      file(header({ [long]: entry(0, 4) })),
      file(header({ [long]: entry(0, 4, { dtype: "I64" }) })),
      file(header({ a: entry(0, 4, { dtype: long }) })),
      file(header({ a: entry(0, 4, { shape: long }) })),
      file(header({ a: entry(0, 4, { shape: zeros }) })),
      file(header({ a: entry(0, 4, { data_offsets: zeros }) })),
      file(header({ __metadata__: long })),
      file(`{"${long}":1,"${long}":1}`),
      file(long),
    ]) {
      const message = messageOf(() => decodeSafetensors(bytes));
      expect(message).toMatch(/^decodeSafetensors: /);
      expect(message.length).toBeLessThan(300);
    }
  });

  test("is no file at all when it is no bytes, and what to pass is said", () => {
    for (const [bytes, received] of [
      [undefined, "undefined"],
      [new ArrayBuffer(8), "an ArrayBuffer"],
      [{}, "an Object"],
      ["W.safetensors", '"W.safetensors"'],
    ] as const) {
      for (const read of [decodeSafetensors, safetensorsMetadata]) {
        expect(() => read(bytes as never)).toThrow(ShapeError);
        expect(() => read(bytes as never)).toThrow(`expected the bytes of a file, a Uint8Array, received ${received}`);
      }
    }
    for (const [tensors, received] of [
      [{ W: eye(2) }, "an Object"],
      [undefined, "undefined"],
    ] as const) {
      expect(() => encodeSafetensors(tensors as never)).toThrow(
        `encodeSafetensors: expected a Map of arrays by name, received ${received}`,
      );
    }
    expect(() =>
      encodeSafetensors(
        new Map([
          ["W", eye(2)],
          ["b", 1 as never],
        ]),
      ),
    ).toThrow("encodeSafetensors: expected an NdArray, received 1");
  });

  test("is no file with integers, but they are refused with a remedy", () => {
    expect(() => decodeSafetensors(fromBase64(integers))).toThrow(
      'decodeSafetensors: "steps": elements of type "I64" are not supported, only F64, F32, F16 and BF16: convert it before it is saved',
    );
  });
});

if (whyNoNumPy !== undefined) console.warn(`"writes what an independent reader reads" is skipped: ${whyNoNumPy}`);

function messageOf(body: () => unknown): string {
  try {
    body();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

/** Why the check by Python itself cannot run here, if it cannot. */
function missingNumPy(): string | undefined {
  try {
    execFileSync(python, ["-c", "import numpy"], { stdio: "pipe" });
    return undefined;
  } catch {
    return `${python} with numpy is not installed`;
  }
}

/** A file with this text as its header, padded, and these bytes as its data. */
function file(header: string, data = new Uint8Array(0)): Uint8Array {
  const text = Buffer.from(header);
  const padded = Buffer.concat([text, Buffer.alloc((8 - (text.length % 8)) % 8, " ")]);
  return withLength(Buffer.concat([Buffer.alloc(8), padded, data]), BigInt(padded.length));
}

function withLength(bytes: Uint8Array, length: bigint): Uint8Array {
  const copy = Uint8Array.from(bytes);
  new DataView(copy.buffer).setBigUint64(0, length, true);
  return copy;
}

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  return bytes.with(at, value);
}
