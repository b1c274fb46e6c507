import { describe, expect, test } from "vitest";
import fc from "../../../test/properties.js";
import { blocks, expectSideBySide } from "../../../test/side-by-side.js";
import { backwardRelu, backwardSigmoid, backwardTanh, relu, sigmoid } from "../../functions/activations.js";
import { tanh } from "../../nd/math.js";
import { NdArray } from "../../nd/nd-array.js";

test("relu gives the bits of its twin and of the reference, into another block and into its own", () => {
  fc.assert(
    fc.property(blocks(2), ([Y, X]) => {
      const n = X!.length;
      const { left } = expectSideBySide([Y!, X!], (kernels, y, x) => kernels.relu(y!, x!, n));
      expect(left[0]).toEqual(relu(new NdArray(X!, [n])).data);
      expectSideBySide([X!], (kernels, x) => kernels.relu(x!, x!, n));
    }),
  );
});

describe.each([
  { name: "reluBackward", forward: relu, backward: backwardRelu },
  { name: "tanhBackward", forward: tanh, backward: backwardTanh },
  { name: "sigmoidBackward", forward: sigmoid, backward: backwardSigmoid },
] as const)("$name", ({ name, forward, backward }) => {
  test("gives the bits of its twin, replacing or adding, into another block and into that of g", () => {
    fc.assert(
      fc.property(blocks(3), fc.boolean(), ([GX, G, Y], add) => {
        const n = G!.length;
        expectSideBySide([GX!, G!, Y!], (kernels, gx, g, y) => kernels[name](gx!, g!, y!, n, add));
        expectSideBySide([G!, Y!], (kernels, g, y) => kernels[name](g!, g!, y!, n, add));
      }),
    );
  });

  test("gives the bits of the reference, which starts from x", () => {
    fc.assert(
      fc.property(blocks(2), ([X, G]) => {
        const [x, g] = [X!, G!].map((numbers) => new NdArray(numbers, [numbers.length]));
        const Y = forward(x!).data as Float32Array;
        const { left } = expectSideBySide([G!, Y], (kernels, g, y) => kernels[name](g!, g!, y!, Y.length, false));
        expect(left[0]).toEqual(backward(x!, g!).data);
      }),
    );
  });
});
