import { describe, expect, test } from "vitest";
import { trainingExamples, trainingNetwork } from "../../test/oracle/training-problem.js";
import * as ops from "../autograd/ops.js";
import { Tensor } from "../autograd/tensor.js";
import type { Dataset } from "../datasets/dataset.js";
import { array, zeros } from "../nd/creation.js";
import { argmax } from "../nd/math.js";
import { RandomGenerator } from "../nd/random.js";
import { Dropout } from "../nn/dropout.js";
import { Linear } from "../nn/linear.js";
import { Module } from "../nn/module.js";
import { DeepNetwork, LinearNetwork } from "../nn/networks.js";
import { Sequential } from "../nn/sequential.js";
import { evaluateNetwork, predictClasses } from "./evaluation.js";

const [, data] = trainingExamples();
const examples = data.labels.length;
const withDropout = () => new DeepNetwork(20, 4, 16, 1, { tanh: true, dropout: 0.5, random: new RandomGenerator(1) });

/** What a student would write. */
function plainLoop(network: Module): { loss: number; accuracy: number } {
  let [loss, right] = [0, 0];
  for (let i = 0; i < examples; i++) {
    const logits = network.forward(new Tensor(data.inputs.row(i)));
    loss += ops.nll(logits, data.labels[i]!).item();
    if (argmax(logits.data) === data.labels[i]) right++;
  }
  return { loss: loss / examples, accuracy: right / examples };
}

describe("evaluateNetwork", () => {
  test("gives the bits of a plain loop one by one, and the same up to rounding in batches", () => {
    const network = trainingNetwork();
    const expected = plainLoop(network);
    expect(evaluateNetwork(network, data)).toEqual(expected);
    for (const batchSize of [7, 32, examples, 1000]) {
      const { loss, accuracy } = evaluateNetwork(network, data, { batchSize });
      expect(loss).toBeCloseTo(expected.loss, 6);
      expect(accuracy).toBe(expected.accuracy);
    }
  });

  test("shows a network vectors one by one, matrices in batches", () => {
    const shapes = new Set<string>();
    class Watching extends LinearNetwork {
      override forward(x: Tensor): Tensor {
        shapes.add(x.shape.join("×"));
        return super.forward(x);
      }
    }
    const network = new Watching(20, 4);
    evaluateNetwork(network, data);
    expect([...shapes]).toEqual(["20"]);
    evaluateNetwork(network, data, { batchSize: 64 });
    expect([...shapes]).toEqual(["20", "1×20", "64×20", "8×20"]);
  });

  test("drops nothing, and puts the mode of every part back", () => {
    const network = withDropout();
    expect(evaluateNetwork(network, data)).toEqual(evaluateNetwork(network, data));
    expect(network.dropout!.isTraining).toBe(true);
    expect(evaluateNetwork(network, data)).toEqual(plainLoop(network.eval()));

    network.train();
    network.dropout!.eval();
    evaluateNetwork(network, data);
    predictClasses(network, data);
    expect([network.isTraining, network.output.isTraining, network.dropout!.isTraining]).toEqual([true, true, false]);
  });

  test("puts the mode of a part back that two modules share", () => {
    const random = new RandomGenerator(1);
    const [drop, linear] = [new Dropout(0.5, { random }), new Linear(20, 4, { random })];
    const network = new Sequential(new Sequential(drop), new Sequential(linear, drop));
    drop.eval();
    evaluateNetwork(network, data);
    expect([drop.isTraining, linear.isTraining, network.isTraining]).toEqual([false, true, true]);
  });

  test("takes labels in a plain list as well, one by one and in batches", () => {
    const network = trainingNetwork();
    const listed = { ...data, labels: [...data.labels] as never };
    for (const batchSize of [1, 32]) {
      expect(evaluateNetwork(network, listed, { batchSize })).toEqual(evaluateNetwork(network, data, { batchSize }));
    }
  });

  test("refuses options that are none", () => {
    expect(() => evaluateNetwork(trainingNetwork(), data, 32 as never)).toThrow(
      "evaluateNetwork: expected its options by name, as in { batchSize: … }, received 32",
    );
  });

  test("puts the mode back when the network fails", () => {
    class Failing extends Module {
      forward(): Tensor {
        throw new Error("broken");
      }
    }
    const network = new Failing();
    expect(() => evaluateNetwork(network, data)).toThrow("broken");
    expect(network.isTraining).toBe(true);
  });

  test("leaves gradients, parameters and examples alone", () => {
    const network = trainingNetwork();
    const before = [network.output.W.data.clone(), data.inputs.clone()];
    evaluateNetwork(network, data, { batchSize: 8 });
    expect([network.output.W.data, data.inputs]).toEqual(before);
    expect(network.parameters().every(({ gradient }) => gradient === undefined)).toBe(true);
  });

  test("refuses what it cannot judge, and says what to do", () => {
    const network = new LinearNetwork(20, 4);
    const judge = (changed: Partial<Dataset>, batchSize = 1) =>
      evaluateNetwork(network, { ...data, ...changed }, { batchSize });
    expect(() => judge({ inputs: zeros([0, 20]), labels: new Uint8Array() })).toThrow(
      "evaluateNetwork: data holds no example",
    );
    expect(() => judge({ inputs: zeros([3, 20]) })).toThrow(
      "evaluateNetwork: data has 200 labels but inputs of shape [3, 20]",
    );
    expect(() => judge({ inputs: zeros([examples, 4, 5]) })).toThrow(
      /evaluateNetwork: the network refuses the first example of data: .*\[4, 5\]: flatten the images first/,
    );
    expect(() => judge({ inputs: zeros([examples, 4, 5]) }, 8)).toThrow("[1, 4, 5]: flatten the images first");
    expect(() => judge({ inputs: zeros([examples, 19]) })).toThrow("received [19]");
    expect(() => judge({ labels: Uint8Array.from(data.labels, (label, i) => (i === 3 ? 7 : label)) })).toThrow(
      "evaluateNetwork: example 3 of data has label 7, but the network gives 4 scores (classes 0 to 3)",
    );
    for (const batchSize of [0, 1.5, Number.NaN]) {
      expect(() => judge({}, batchSize)).toThrow("evaluateNetwork: batchSize must be a number ≥ 1, whole");
    }
  });

  test("refuses a network that does not give one score for each class", () => {
    class Total extends Module {
      forward(x: Tensor): Tensor {
        return x.sum();
      }
    }
    expect(() => evaluateNetwork(new Total(), data)).toThrow(
      "evaluateNetwork: the network makes [] of [20]: expected one score for each class, [k]",
    );
    expect(() => evaluateNetwork(new Total(), data, { batchSize: 2 })).toThrow("one score for each class, [1, k]");
  });
});

describe("predictClasses", () => {
  test("gives the classes that the accuracy counts", () => {
    const network = trainingNetwork();
    const predictions = predictClasses(network, data);
    const right = predictions.filter((label, i) => label === data.labels[i]).length;
    expect(predictions).toBeInstanceOf(Uint8Array);
    expect(right / examples).toBe(evaluateNetwork(network, data).accuracy);
    expect(new Set(predictions).size).toBeGreaterThan(1);
  });

  test("refuses more classes than a Uint8Array can hold", () => {
    const network = new LinearNetwork(2, 257);
    network.b.data.set([256], 1);
    expect(() => predictClasses(network, { inputs: zeros([1, 2]) })).toThrow(
      "predictClasses: a Uint8Array holds 256 classes, the network has 257",
    );
    expect(predictClasses(new LinearNetwork(2, 256), { inputs: zeros([1, 2]) })).toEqual(Uint8Array.of(0));
  });

  test("drops nothing", () => {
    const network = withDropout();
    expect(predictClasses(network, data)).toEqual(predictClasses(network, data));
  });

  test("needs no labels, and gives nothing for nothing", () => {
    const network = new LinearNetwork(2, 3);
    network.b.data.copy_(array([0, 1, 0]));
    expect([...predictClasses(network, { inputs: zeros([2, 2]) })]).toEqual([1, 1]);
    expect(predictClasses(network, { inputs: zeros([0, 2]) })).toEqual(new Uint8Array());
    expect(() => predictClasses(network, { inputs: zeros([2, 3]) })).toThrow("predictClasses: the network refuses");
  });
});
