import { describe, expect, test } from "vitest";
import fc from "../../../test/properties.js";
import { blocks, expectSideBySide, float32 } from "../../../test/side-by-side.js";
import { NdArray } from "../../nd/nd-array.js";

describe.each(["add", "sub", "mul", "div"] as const)("%s", (name) => {
  test("gives the bits of its twin, replacing or adding, into another block and into that of an operand", () => {
    fc.assert(
      fc.property(blocks(3), fc.boolean(), ([Y, A, B], add) => {
        const n = A!.length;
        expectSideBySide([Y!, A!, B!], (kernels, y, a, b) => kernels[name](y!, a!, b!, n, add));
        expectSideBySide([A!, B!], (kernels, a, b) => kernels[name](a!, a!, b!, n, add));
        expectSideBySide([A!, B!], (kernels, a, b) => kernels[name](b!, a!, b!, n, add));
      }),
    );
  });

  test("gives the bits of NdArray", () => {
    fc.assert(
      fc.property(blocks(3), ([Y, A, B]) => {
        const [a, b] = [A!, B!].map(vector);
        const n = A!.length;
        const { left } = expectSideBySide([Y!, A!, B!], (kernels, y, a, b) => kernels[name](y!, a!, b!, n, false));
        expect(left[0]).toEqual(a![name](b!).data);
      }),
    );
  });
});

/** Float32 or not. */
const constant = fc.oneof(float32, fc.double(), fc.constantFrom(0.1, -1 / 3, 1e-60, 1e60));

describe("with a constant, which is rounded to float32", () => {
  test("shift gives the bits of its twin and of NdArray", () => {
    fc.assert(
      fc.property(blocks(2), constant, ([Y, X], c) => {
        const n = X!.length;
        const { left } = expectSideBySide([Y!, X!], (kernels, y, x) => kernels.shift(y!, x!, c, n));
        expect(left[0]).toEqual(vector(X!).add(c).data);
        expectSideBySide([X!], (kernels, x) => kernels.shift(x!, x!, c, n));
      }),
    );
  });

  test("scale gives the bits of its twin and of NdArray, replacing or adding", () => {
    fc.assert(
      fc.property(blocks(2), constant, fc.boolean(), ([Y, X], c, add) => {
        const n = X!.length;
        const { left } = expectSideBySide([Y!, X!], (kernels, y, x) => kernels.scale(y!, x!, c, n, add));
        const expected = add ? vector(Y!).clone().addScaled_(vector(X!), c) : vector(X!).mul(c);
        expect(left[0]).toEqual(expected.data);
        expectSideBySide([X!], (kernels, x) => kernels.scale(x!, x!, c, n, add));
      }),
    );
  });

  test("fill gives the bits of its twin and of NdArray, replacing or adding", () => {
    fc.assert(
      fc.property(blocks(1), constant, fc.boolean(), ([Y], c, add) => {
        const { left } = expectSideBySide([Y!], (kernels, y) => kernels.fill(y!, c, Y!.length, add));
        expect(left[0]).toEqual((add ? vector(Y!).add(c) : vector(Y!).clone().fill_(c)).data);
      }),
    );
  });
});

test("sum adds in double precision, in order, to the bits of its twin and of NdArray", () => {
  fc.assert(
    fc.property(blocks(1), ([X]) => {
      const { returned } = expectSideBySide([X!], (kernels, x) => kernels.sum(x!, X!.length));
      expect(returned).toBe(vector(X!).sum());
    }),
  );
  const cancelling = Float32Array.of(1e8, 1, -1e8, 2 ** -20);
  expect(expectSideBySide([cancelling], (kernels, x) => kernels.sum(x!, 4)).returned).toBe(1 + 2 ** -20);
});

const vector = (numbers: Float32Array) => new NdArray(numbers, [numbers.length]);
