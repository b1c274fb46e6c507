// How well a network does on examples it does not learn from, and the classes it gives them.
import { noGrad, Tensor } from "../autograd/tensor.js";
import { type Dataset, exampleCount } from "../datasets/dataset.js";
import { argmax } from "../nd/math.js";
import { expectOptions } from "../nn/expect-options.js";
import type { Module } from "../nn/module.js";
import { expectNumber } from "../optim/expect-number.js";
import { Batches, judge } from "./batch.js";
import { expectExamples, expectFit, expectScores } from "./expect-data.js";
import { inMode } from "./mode.js";

export interface EvaluationOptions {
  /** How many examples the network is shown at once: 1 by default. */
  readonly batchSize?: number;
}

export interface Evaluation {
  /** Mean negative log-likelihood of the right classes. */
  readonly loss: number;
  /** Share of the examples whose highest score is that of the right class, in [0, 1]. */
  readonly accuracy: number;
}

/**
 * Mean loss and accuracy of a network, in evaluation mode (nothing is dropped) and without gradients. The mode is put
 * back afterwards.
 *
 * One by one, the numbers are to the bit those of a plain loop over `ops.nll(network.forward(x), gold)`; in batches they
 * are the same up to rounding.
 *
 * @param network gives one score a class: `[in] → [k]`, and `[b, in] → [b, k]` for batches
 * @param data examples `[n, in]` and their n labels
 * @throws RangeError when there is no example, or a label that is no class of the network
 * @throws ShapeError when the examples do not fit the network
 */
export function evaluateNetwork(network: Module, data: Dataset, options: EvaluationOptions = {}): Evaluation {
  const { batchSize = 1 } = expectOptions("evaluateNetwork", options, ["batchSize"]);
  expectNumber("evaluateNetwork", "batchSize", batchSize, "≥ 1, whole");
  expectExamples("evaluateNetwork", "data", data);
  expectFit("evaluateNetwork", "data", network, data, batchSize);
  return judgeAll(network, data, batchSize);
}

/** {@link evaluateNetwork} for examples known to fit. */
export function judgeAll(network: Module, data: Dataset, batchSize: number): Evaluation {
  const n = exampleCount(data);
  const batches = new Batches(data, inOrder(n), batchSize);
  let [totalLoss, right] = [0, 0];
  inMode("evaluation", network, () =>
    noGrad(() => {
      for (let i = 0; i < batches.count; i++) {
        const batch = batches.at(i);
        const judged = judge(network, batch);
        totalLoss += judged.loss.item() * batch.size;
        right += judged.right;
      }
    }),
  );
  return { loss: totalLoss / n, accuracy: right / n };
}

function inOrder(n: number): Uint32Array {
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  return order;
}

/**
 * The classes that a network gives to examples, those of the highest scores, in evaluation mode; the mode is put back
 * afterwards. Labels are not looked at.
 *
 * @param network gives one score a class: `[in] → [k]`
 * @param data examples `[n, in]`
 * @returns n class indices
 * @throws ShapeError when the examples do not fit the network, RangeError when it has more than 256 classes
 */
export function predictClasses(network: Module, { inputs }: Pick<Dataset, "inputs">): Uint8Array {
  if (inputs.shape[0] === 0) return new Uint8Array();
  const classes = expectScores("predictClasses", "data", network, inputs, 1);
  if (classes > 256) throw new RangeError(`predictClasses: a Uint8Array holds 256 classes, the network has ${classes}`);
  const classify = (_: unknown, i: number) => argmax(network.forward(new Tensor(inputs.row(i))).data);
  return inMode("evaluation", network, () => noGrad(() => Uint8Array.from({ length: inputs.shape[0]! }, classify)));
}
