// The examples, first weights and order of torch_training.py, drawn here by the same whole numbers.
import type { Dataset } from "../../src/datasets/dataset.js";
import { splitExamples } from "../../src/datasets/dataset.js";
import { array } from "../../src/nd/creation.js";
import { RandomGenerator } from "../../src/nd/random.js";
import { DeepNetwork } from "../../src/nn/networks.js";

const [trainCount, devCount, features, hidden, classes] = [1000, 200, 20, 16, 4];

/** Numerical Recipes' linear congruential generator, without its low bits. */
function wholeNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state >>> 16;
  };
}

const table = (rows: number, columns: number, draw: () => number): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, draw));

/** 1000 examples to learn from and 200 to judge by: 20 features in sixteenths, 4 classes of a noisy linear teacher. */
export function trainingExamples(): [Dataset, Dataset] {
  const draw = wholeNumbers(1);
  const sixteenths = table(trainCount + devCount, features, () => draw() % 17);
  const teacher = table(classes, features, () => (draw() % 7) - 3);
  const noise = table(trainCount + devCount, classes, () => (draw() % 41) - 20);
  const labels = sixteenths.map((x, i) => {
    const scores = teacher.map((row, k) => row.reduce((sum, w, j) => sum + w * (x[j]! - 8), noise[i]![k]!));
    return scores.indexOf(Math.max(...scores));
  });
  const data = { inputs: array(sixteenths).div(16), labels: Uint8Array.from(labels), classNames: ["0", "1", "2", "3"] };
  return splitExamples(data, trainCount);
}

/** 20-16(tanh)-4, from given weights. */
export function trainingNetwork(): DeepNetwork {
  const draw = wholeNumbers(2);
  const network = new DeepNetwork(features, classes, hidden, 1, { tanh: true, random: new RandomGenerator(0) });
  for (const { data } of [network.hidden[0]!.W, network.output.W]) {
    data.copy_(array(table(data.shape[0]!, data.shape[1]!, () => ((draw() % 65) - 32) / 64)));
  }
  return network;
}

/** A generator whose permutations are the order of the fixture. */
export class FixedOrder extends RandomGenerator {
  override permutation(n: number): Uint32Array {
    return Uint32Array.from({ length: n }, (_, k) => (373 * k + 11) % n);
  }
}
