import { describe, expect, test } from "vitest";
import fc from "../../../test/properties.js";
import { blocks, expectSideBySide } from "../../../test/side-by-side.js";
import { sigmoid } from "../../functions/activations.js";
import { exp, log, tanh } from "../../nd/math.js";
import { NdArray } from "../../nd/nd-array.js";
import { loadKernels } from "../load.js";
import { newSharedMemory } from "../webassembly.js";

const functions = [
  { name: "exp", reference: exp },
  { name: "log", reference: log },
  { name: "tanh", reference: tanh },
  { name: "sigmoid", reference: sigmoid },
] as const;

describe.each(functions)("$name", ({ name, reference }) => {
  test("gives the bits of its twin, into another block and into its own", () => {
    fc.assert(
      fc.property(blocks(2), ([Y, X]) => {
        expectSideBySide([Y!, X!], (kernels, y, x) => kernels[name](y!, x!, X!.length));
        expectSideBySide([X!], (kernels, x) => kernels[name](x!, x!, X!.length));
      }),
    );
  });

  test("gives the bits of the reference for every 1009th float32", () => {
    const memory = newSharedMemory(2, 2);
    const kernels = loadKernels(memory);
    const x = new NdArray(new Float32Array(memory.buffer, 64, 4096), [4096]);
    const bits = new Uint32Array(memory.buffer, 64, 4096);
    const y = new Float32Array(memory.buffer, 65_536, 4096);
    for (let first = 0; first < 2 ** 32; first += 4096 * 1009) {
      for (let i = 0; i < 4096; i++) bits[i] = first + 1009 * i;
      kernels[name](y.byteOffset, x.data.byteOffset, 4096);
      const expected = reference(x).data;
      const differs = y.findIndex((value, i) => !Object.is(value, expected[i]));
      expect(differs, `${name}(${x.data[differs]}) is ${y[differs]} instead of ${expected[differs]}`).toBe(-1);
    }
  });
});
