// TP1. Un classifieur linéaire sur MNIST : les exercices, pour qui préfère son éditeur au notebook.
// Complétez chaque fonction, dans l’ordre ; l’énoncé est dans notebooks/tp1.ipynb.
// Répondez aux questions dans ce notebook, ou à la fin de ce fichier, en commentaire : « Question 1 : … ».
// Exécuter, types vérifiés : npx ts-node exercises/tp1.ts
// Fichier engendré par `retroprop build` depuis course/tp1/lesson.fr.md et le code qu’il cite : une correction se fait là.

import {
  argmax,
  array,
  type Dataset,
  type EpochRecord,
  exp,
  expectAffineShapes,
  expectLabel,
  log,
  max,
  type NdArray,
  outer,
  RandomGenerator,
  sum,
  type TrainedLinear,
  type TrainLinearOptions,
  zeros,
} from "retroprop";

// Exercice : La transformation affine (2 points)
/**
 * Affine transform `W x + b`.
 *
 * @example
 * affineTransform(array([[1, 2], [3, 4]]), array([10, 20]), array([1, 1])) // [13. 27.]
 *
 * @param W weights `[out, in]`
 * @param b bias `[out]`
 * @param x one example `[in]`, or a batch `[n, in]`
 * @returns scores `[out]`, or `[n, out]`
 * @throws ShapeError when the shapes do not fit
 * @python affine_transform
 */
export function affineTransform(W: NdArray, b: NdArray, x: NdArray): NdArray {
  throw new Error("À compléter : affineTransform");
}

// Exercice : Le gradient de la transformation affine (3 points)
/**
 * Gradient of {@link affineTransform} with respect to its parameters: `gW = g xᵀ`, `gb = g`, summed over a batch.
 *
 * @param W weights `[out, in]`
 * @param b bias `[out]`
 * @param x one example `[in]`, or a batch `[n, in]`
 * @param g gradient of the loss with respect to the scores, `[out]` or `[n, out]`
 * @returns `[gW, gb]`, of the shapes of W and b, sharing no memory with the arguments
 * @throws ShapeError when the shapes do not fit
 * @python backward_affine_transform
 */
export function backwardAffineTransform(W: NdArray, b: NdArray, x: NdArray, g: NdArray): [NdArray, NdArray] {
  throw new Error("À compléter : backwardAffineTransform");
}

// Exercice : Softmax sans débordement (3 points)
/**
 * Softmax `exp(xᵢ − m) / Σⱼ exp(xⱼ − m)` with `m = max x`: the shift changes nothing but the overflow.
 *
 * @example
 * softmax(array([1000, 1000])) // [0.5 0.5]
 *
 * @param x logits `[k]`, or a batch `[n, k]`
 * @returns probabilities of the shape of x; each row is positive and sums to 1
 * @python softmax
 */
export function softmax(x: NdArray): NdArray {
  throw new Error("À compléter : softmax");
}

// Exercice : La perte : l’opposé de la log-vraisemblance (3 points)
/**
 * Negative log-likelihood `log Σⱼ exp(xⱼ) − x[gold]`, shifted by `m = max x` so that nothing overflows, and so that a
 * small loss keeps its digits: `(m − x[gold]) + log Σⱼ exp(xⱼ − m)`.
 *
 * @example
 * nll(array([1000, 0, 0]), 1) // 1000
 *
 * @param x logits `[k]`
 * @param gold index of the right class, in [0, k)
 * @returns the loss, ≥ 0
 * @throws RangeError when gold is no class
 * @python nll
 */
export function nll(x: NdArray, gold: number): number {
  throw new Error("À compléter : nll");
}

// Exercice : Le gradient de la perte (3 points)
/**
 * Gradient of {@link nll} with respect to the logits: `g (softmax(x) − onehot(gold))`.
 *
 * @example
 * backwardNll(array([0, 0, 0, 0]), 1, 1) // [ 0.25 -0.75  0.25  0.25]
 *
 * @param x logits `[k]`
 * @param gold index of the right class, in [0, k)
 * @param g gradient of what follows with respect to the loss: 1 when the loss is the end
 * @returns gradient `[k]`; its components sum to zero
 * @throws RangeError when gold is no class
 * @python backward_nll
 */
export function backwardNll(x: NdArray, gold: number, g: number): NdArray {
  throw new Error("À compléter : backwardNll");
}

// Exercice : L’exactitude sur un jeu de données (2 points)
/**
 * Accuracy of the linear classifier: the share of examples whose highest score is that of the right class.
 *
 * @param W weights `[classes, features]`
 * @param b bias `[classes]`
 * @param data examples `[n, features]` and their n labels
 * @returns a number in [0, 1]
 * @throws RangeError when there is no example
 * @python evaluate
 */
export function evaluate(W: NdArray, b: NdArray, data: Dataset): number {
  throw new Error("À compléter : evaluate");
}

// Exercice : Un pas de descente de gradient (1 point)
/**
 * One step of stochastic gradient descent on one example: `W −= ε gW`, `b −= ε gb`, in place.
 *
 * @param W weights `[classes, features]`, updated
 * @param b bias `[classes]`, updated
 * @param x one example `[features]`
 * @param gold its class
 * @param learningRate the step ε
 * @returns the loss of the example before the update
 * @python sgd_step
 */
export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  throw new Error("À compléter : sgdStep");
}

// Exercice : La boucle d’entraînement (3 points)
/**
 * Trains `softmax(W x + b)` from W = 0, b = 0: every epoch visits the training examples in a new random order and takes
 * one {@link sgdStep} on each; the parameters of the epoch that did best on the development set are kept.
 *
 * @param trainData examples `[n, features]` to learn from
 * @param devData examples to choose the best epoch with
 * @returns the best W `[classes, features]` and b `[classes]`, and the history
 * @python train_linear
 */
export function trainLinear(
  trainData: Dataset,
  devData: Dataset,
  { epochs, learningRate, random, onEpoch }: TrainLinearOptions,
): TrainedLinear {
  throw new Error("À compléter : trainLinear");
}

// Donné
/**
 * Classes that the linear classifier gives to every example: those of the highest scores.
 *
 * @param W weights `[classes, features]`
 * @param b bias `[classes]`
 * @param data examples `[n, features]`
 * @returns n class indices
 */
export function predict(W: NdArray, b: NdArray, data: Dataset): Uint8Array {
  const classify = (_: unknown, i: number) => argmax(affineTransform(W, b, data.inputs.row(i)));
  return Uint8Array.from({ length: data.inputs.shape[0]! }, classify);
}

/** Une petite démonstration : npx ts-node exercises/tp1.ts */
function demonstration(): void {
  const W = new RandomGenerator(0).normal([3, 4], { scale: 0.1 });
  const b = array([0, 0.5, -0.5]);
  const x = array([1, 2, 3, 4]);
  const logits = affineTransform(W, b, x);
  console.log("scores        ", logits);
  console.log("probabilités  ", softmax(logits));
  console.log("perte         ", nll(logits, 1));
  console.log("gradient      ", backwardNll(logits, 1, 1));
}

if (require.main === module) demonstration();
