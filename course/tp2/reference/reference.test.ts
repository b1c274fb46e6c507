// The reference of TP2 against the library, number for number: readable twins of one computation.
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../../src/datasets/dataset.js";
import * as library from "../../../src/index.js";
import { RandomGenerator } from "../../../src/nd/random.js";
import * as tp2 from "./index.js";

// By the formulas: the kernels round sums in another order.
library.setBackend("reference");

const random = (seed: number) => new RandomGenerator(seed);

/** Gaussian features and labels that depend on them. */
function drawData(seed: number, size: number, features: number): Dataset {
  const draw = random(seed);
  const inputs = draw.normal([size, features]);
  const labels = Uint8Array.from(
    { length: size },
    (_, i) => (inputs.at(i, 0) > 0 ? 1 : 0) + (inputs.at(i, 1) > 0 ? 2 : 0),
  );
  return { inputs, labels, classNames: ["a", "b", "c", "d"] };
}

const [trainData, devData] = [drawData(1, 60, 12), drawData(2, 30, 12)];
const rate = 0.1;

type Networks = readonly [reference: tp2.Module, ours: library.Module];

const networks: readonly (readonly [string, () => Networks])[] = [
  ["LinearNetwork", () => [new tp2.LinearNetwork(12, 4), new library.LinearNetwork(12, 4)]],
  ...[0, 1, 3].flatMap((depth) =>
    [true, false].map((tanh) => {
      const pair = (): Networks => [
        new tp2.DeepNetwork(12, 4, 7, depth, { tanh, random: random(5) }),
        new library.DeepNetwork(12, 4, 7, depth, { tanh, random: random(5) }),
      ];
      return [`DeepNetwork of ${depth} hidden layers, ${tanh ? "tanh" : "relu"}`, pair] as const;
    }),
  ),
];

describe.each(networks)("%s", (_, create) => {
  it("gives the losses, the accuracies and the weights of the library, to the last bit", () => {
    const [reference, ours] = create();
    const history = tp2.trainingLoop(reference, new tp2.SGD(reference.parameters(), rate), trainData, devData, {
      epochs: 3,
      random: random(7),
    });
    const optimizer = new library.SGD(ours.parameters(), { learningRate: rate });
    const trained = library.trainingLoop(ours, optimizer, trainData, devData, {
      epochs: 3,
      random: random(7),
      keepBest: false,
    });
    const fields = ["epoch", "trainLoss", "trainAccuracy", "devAccuracy"] as const;
    for (const [i, record] of history.entries()) {
      const ours = trained.history[i]!;
      for (const field of fields) expect(ours[field], `${field} of epoch ${i + 1}`).toBe(record[field]);
      expect(ours.devLoss).toBeCloseTo(record.devLoss, 6); // the reference sums losses before their rounding to float32
    }
    const weights = (parameters: readonly { readonly data: library.NdArray }[]) =>
      parameters.map(({ data }) => [data.shape, [...data.data]]).sort();
    expect(weights(reference.parameters())).toEqual(weights(ours.parameters()));
  });
});

it("LinearNetwork repeats TP1: its accuracies exactly, its losses to the digits of a float32", () => {
  const network = new tp2.LinearNetwork(12, 4);
  const history = tp2.trainingLoop(network, new tp2.SGD(network.parameters(), rate), trainData, devData, {
    epochs: 4,
    random: random(7),
  });
  const tp1 = library.trainLinear(trainData, devData, { epochs: 4, learningRate: rate, random: random(7) });
  for (const [i, { trainLoss, devAccuracy }] of tp1.history.entries()) {
    expect(history[i]!.devAccuracy).toBe(devAccuracy);
    expect(history[i]!.trainLoss).toBeCloseTo(trainLoss, 7);
  }
});

describe("the graph of the reference", () => {
  it("goes through 100 000 tensors without overflow, and through a shared one once", () => {
    const x = new tp2.Tensor(1, { requireGrad: true });
    let y = x;
    for (let i = 0; i < 50_000; i++) y = tp2.record("+", y.data.add(x.data), [y, x], [(g) => g, (g) => g]);
    tp2.backward(y);
    expect(x.gradient!.at()).toBe(50_001);
  });

  it("gives the same again when it is used again, and adds it to the leaves", () => {
    const x = new tp2.Tensor(library.array([0.5, -1]), { requireGrad: true });
    const y = tp2.tanh(x);
    const z = tp2.record("+", y.data.add(y.data), [y, y], [(g) => g, (g) => g]);
    tp2.backward(z);
    const first = x.gradient!.clone();
    tp2.backward(z);
    expect(x.gradient!.data).toEqual(first.mul(2).data);
  });

  it("keeps no input alive that needs no gradient", () => {
    const y = tp2.relu(new tp2.Tensor(library.array([1, -1])));
    expect([y.requireGrad, y.inputs, y.rules]).toEqual([false, [], []]);
  });
});
