import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { arrayOf, shape } from "../../test/arbitrary-array.js";
import { expectSameBits, type FrozenArray, readFixture, thaw } from "../../test/oracle/oracle.js";
import fc from "../../test/properties.js";
import { array, zeros } from "./creation.js";
import { decodeNpy, encodeNpy } from "./npy.js";

const { npy } = readFixture<{ npy: readonly { name: string; bytes: string; x: FrozenArray }[] }>("numpy-nd.json");
const python = "/usr/bin/python3";
const whyNoNumPy = missingNumPy();

describe("decodeNpy", () => {
  test.each(npy)("reads what NumPy wrote: $name", ({ name, bytes, x }) => {
    expectSameBits(decodeNpy(Buffer.from(bytes, "base64")), thaw(x), name);
  });

  test("reads from the middle of a larger buffer, at any alignment", () => {
    const bytes = encodeNpy(array([1, 2, 3]));
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(decodeNpy(larger.subarray(3))).toEqual(array([1, 2, 3]));
  });

  test("refuses every truncation", () => {
    const bytes = encodeNpy(array([1, 2, 3]));
    for (let end = 0; end < bytes.length; end++)
      expect(() => decodeNpy(bytes.subarray(0, end))).toThrow(/^decodeNpy: /);
    expect(() => decodeNpy(bytes.subarray(0, -1))).toThrow(
      "decodeNpy: truncated: expected 12 bytes of elements, received 11",
    );
  });

  test.each([
    {
      header: "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }",
      message: "elements of type <i8 are not supported",
    },
    { header: "{'descr': '<toString', 'fortran_order': False, 'shape': (1,), }", message: "are not supported" },
    { header: "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", message: "header not understood" },
    {
      header: "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
      message: "a shape is a list of whole numbers",
    },
    {
      header: "{'descr': '<f4', 'fortran_order': False, 'shape': (1e99,), }",
      message: "a shape is a list of whole numbers",
    },
    {
      header: "{'descr': '<f4', 'fortran_order': False, 'shape': (x,), }",
      message: "a shape is a list of whole numbers",
    },
    {
      header: "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }",
      message: "truncated: expected 399999999996",
    },
  ])("refuses $header", ({ header, message }) => {
    expect(() => decodeNpy(withHeader(header))).toThrow(message);
  });

  test("refuses another kind of file", () => {
    expect(() => decodeNpy(new TextEncoder().encode("a,b\n1,2\n3,4\n"))).toThrow("decodeNpy: not a .npy file");
  });
});

describe("encodeNpy", () => {
  test("then decodeNpy gives back the same bits, on random shapes", () => {
    const anyArray = fc
      .tuple(shape({ empty: true }), fc.constantFrom("float32", "float64" as const))
      .chain(([size, dtype]) => arrayOf(size, { dtype }));
    fc.assert(fc.property(anyArray, (x) => expectSameBits(decodeNpy(encodeNpy(x)), x, "round trip")));
  });

  test("writes only the rows of a view, and shares no memory with it", () => {
    const x = array([
      [1, 2],
      [3, 4],
    ]);
    const bytes = encodeNpy(x.row(1));
    expect(decodeNpy(bytes)).toEqual(array([3, 4]));
    expect(bytes.buffer).not.toBe(x.data.buffer);
  });

  test("puts the elements at a multiple of 64 bytes, for every length of header", () => {
    for (let n = 1; n < 1e15; n *= 10) {
      const bytes = encodeNpy(zeros([n, 0]));
      expect(bytes.length % 64).toBe(0);
      expect(bytes.at(-1)).toBe("\n".charCodeAt(0));
    }
  });

  test.skipIf(whyNoNumPy !== undefined)("writes what NumPy reads", () => {
    const arrays = [
      array([
        [1.5, -2],
        [Number.NaN, Number.NEGATIVE_INFINITY],
      ]),
      array([0.1, -0], { dtype: "float64" }),
      array(3),
      zeros([0, 3]),
    ];
    const script = [
      "import base64, io, json, sys, numpy",
      "xs = [numpy.load(io.BytesIO(base64.b64decode(b))) for b in json.load(sys.stdin)]",
      "print(json.dumps([[str(x.dtype), list(x.shape), x.tobytes().hex()] for x in xs]))",
    ].join("\n");
    const input = JSON.stringify(arrays.map((x) => Buffer.from(encodeNpy(x)).toString("base64")));
    const read = JSON.parse(execFileSync(python, ["-c", script], { input, encoding: "utf8" }));
    expect(read).toEqual(arrays.map((x) => [x.dtype, x.shape, Buffer.from(x.data.buffer).toString("hex")]));
  });
});

if (whyNoNumPy !== undefined) console.warn(`"writes what NumPy reads" is skipped: ${whyNoNumPy}`);

/** Why the check by NumPy itself cannot run here, if it cannot. */
function missingNumPy(): string | undefined {
  try {
    execFileSync(python, ["-c", "import numpy"], { stdio: "pipe" });
    return undefined;
  } catch {
    return `${python} with numpy is not installed`;
  }
}

/** A file with this header and four bytes of elements. */
function withHeader(header: string): Uint8Array {
  const bytes = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${header}\n\0\0\0\0`, "latin1");
  bytes.writeUInt16LE(header.length + 1, 8);
  return bytes;
}
