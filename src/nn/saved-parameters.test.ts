import { describe, expect, test } from "vitest";
import { Tensor } from "../autograd/tensor.js";
import { ones, zeros } from "../nd/creation.js";
import { withDefaultDType } from "../nd/dtype.js";
import { RandomGenerator } from "../nd/random.js";
import { ShapeError } from "../nd/shape.js";
import { Module } from "./module.js";
import { DeepNetwork } from "./networks.js";
import { Parameter } from "./parameter.js";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.js";
import { loadParameters, saveParameters } from "./saved-parameters.js";

const network = (seed: number, { hiddenDim = 4, nLayers = 1 } = {}) =>
  new DeepNetwork(3, 2, hiddenDim, nLayers, { random: new RandomGenerator(seed) });
const values = (module: Module) => module.parameters().map(({ data }) => data.toArray());

describe("saved parameters", () => {
  test("make another network compute the same", () => {
    const [before, after] = [network(1), network(2)];
    const x = new Tensor(new RandomGenerator(3).normal([5, 3]));
    expect(after.forward(x).data).not.toEqual(before.forward(x).data);
    expect(loadParameters(after, saveParameters(before))).toEqual({ missing: [], unexpected: [] });
    expect(after.forward(x).data).toEqual(before.forward(x).data);
  });

  test("bear their dotted names in the file", () => {
    expect([...decodeSafetensors(saveParameters(network(1))).keys()]).toEqual([
      "hidden.0.W",
      "hidden.0.b",
      "output.W",
      "output.b",
    ]);
  });

  test("are copied into the live arrays, which stay the same ones", () => {
    const after = network(2);
    const arrays = after.parameters().map(({ data }) => data);
    loadParameters(after, saveParameters(network(1)));
    after.parameters().forEach(({ data }, i) => {
      expect(data).toBe(arrays[i]);
    });
  });

  test("are written once when two layers share them", () => {
    class Shared extends Module {
      readonly first = new Parameter(ones([2]), "first");
      readonly second = this.first;
      forward(x: Tensor): Tensor {
        return x.mul(this.first).mul(this.second);
      }
    }
    expect([...decodeSafetensors(saveParameters(new Shared())).keys()]).toEqual(["first"]);
  });
});

describe("loadParameters refuses a file that does not fit, and writes nothing", () => {
  const refuses = (into: Module, bytes: Uint8Array, message: string, options = {}) => {
    const before = values(into);
    expect(() => loadParameters(into, bytes, options)).toThrow(
      new ShapeError(`loadParameters: the file does not fit the network: ${message}`),
    );
    expect(values(into)).toEqual(before);
  };

  test("a name without end, of which only the beginning is repeated", () => {
    const file = new Map([...network(1).namedParameters()].map(([name, { data }]) => [name, data]));
    const bytes = encodeSafetensors(file.set("x".repeat(1e5), ones([1])));
    refuses(network(1), bytes, `unexpected in the file: ${"x".repeat(80)}… ({ strict: false } loads what both have)`);
  });

  test("other shapes, all of them listed", () => {
    refuses(
      network(1),
      saveParameters(network(2, { hiddenDim: 5 })),
      "hidden.0.W is [4, 3] float32 in the network, [5, 3] float32 in the file; " +
        "hidden.0.b is [4] float32 in the network, [5] float32 in the file; " +
        "output.W is [2, 4] float32 in the network, [2, 5] float32 in the file",
    );
  });

  test("another dtype", () => {
    const doubles = withDefaultDType("float64", () => network(2, { nLayers: 0 }));
    refuses(
      network(1, { nLayers: 0 }),
      saveParameters(doubles),
      "output.W is [2, 3] float32 in the network, [2, 3] float64 in the file; " +
        "output.b is [2] float32 in the network, [2] float64 in the file",
    );
  });

  test("missing names", () => {
    refuses(
      network(1, { nLayers: 2 }),
      saveParameters(network(2)),
      "missing in the file: hidden.1.W, hidden.1.b ({ strict: false } loads what both have)",
    );
  });

  test("unexpected names", () => {
    refuses(
      network(1),
      saveParameters(network(2, { nLayers: 2 })),
      "unexpected in the file: hidden.1.W, hidden.1.b ({ strict: false } loads what both have)",
    );
  });

  test("a shape in the last of the arrays, after the others fitted, strict or not", () => {
    const bytes = encodeSafetensors(
      decodeSafetensors(saveParameters(network(2)))
        .set("output.b", zeros([3]))
        .set("more", zeros([1])),
    );
    const shape = "output.b is [2] float32 in the network, [3] float32 in the file";
    refuses(network(1), bytes, `${shape}; unexpected in the file: more`);
    refuses(network(1), bytes, shape, { strict: false });
  });

  test("a damaged file", () => {
    const into = network(1);
    const before = values(into);
    expect(() => loadParameters(into, saveParameters(network(2)).subarray(0, -1))).toThrow(
      "decodeSafetensors: truncated",
    );
    expect(values(into)).toEqual(before);
  });
});

test("loadParameters without `strict` loads what both have and says what one side lacks", () => {
  const [deep, shallow] = [network(1, { nLayers: 2 }), network(2)];
  const kept = deep.hidden[1]!.W.data.clone();
  expect(loadParameters(deep, saveParameters(shallow), { strict: false })).toEqual({
    missing: ["hidden.1.W", "hidden.1.b"],
    unexpected: [],
  });
  expect(deep.hidden[0]!.W.data).toEqual(shallow.hidden[0]!.W.data);
  expect(deep.hidden[1]!.W.data).toEqual(kept);
  const unexpected = loadParameters(network(3), saveParameters(deep), { strict: false }).unexpected;
  expect(unexpected).toEqual(["hidden.1.W", "hidden.1.b"]);
});
