// Double precision everywhere: inputs are converted, results are float64 arrays, also bare Float64Array.
import { type Dataset, type EpochRecord, exp, type NdArray, outer, type TrainLinearOptions, zeros } from "retroprop";

const double = (x: NdArray): NdArray => x.astype("float64");

export const affineTransform = (W: NdArray, b: NdArray, x: NdArray): NdArray =>
  double(W).matmul(double(x)).add(double(b));

export const backwardAffineTransform = (_W: NdArray, _b: NdArray, x: NdArray, g: NdArray): [NdArray, Float64Array] => [
  outer(double(g), double(x)),
  Float64Array.from(g.data),
];

export function softmax(x: NdArray): Float64Array {
  const e = exp(double(x).sub(x.max()));
  return Float64Array.from(e.div(e.sum()).data);
}

/** The largest logit is taken out of the sum: log1p keeps the digits of a small loss. */
export function nll(x: NdArray, gold: number): number {
  const top = x.argmax();
  const shifted = double(x).sub(x.max());
  let others = 0;
  for (let i = 0; i < x.size; i++) if (i !== top) others += Math.exp(shifted.at(i));
  return Math.log1p(others) - shifted.at(gold);
}

export function backwardNll(x: NdArray, gold: number, g: number): Float64Array {
  return softmax(x).map((p, i) => (i === gold ? g * (p - 1) : g * p));
}

export function evaluate(W: NdArray, b: NdArray, { inputs, labels }: Dataset): number {
  const right = labels.reduce((count, gold, i) => {
    const scores = affineTransform(W, b, inputs.row(i));
    return scores.data.indexOf(scores.max()) === gold ? count + 1 : count;
  }, 0);
  return right / labels.length;
}

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  const logits = affineTransform(W, b, x);
  const g = backwardNll(logits, gold, 1);
  W.data.set(W.data.map((weight, k) => weight - learningRate * g[Math.floor(k / x.size)]! * x.data[k % x.size]!));
  b.data.set(b.data.map((bias, i) => bias - learningRate * g[i]!));
  return nll(logits, gold);
}

export async function trainLinear(trainData: Dataset, devData: Dataset, options: TrainLinearOptions) {
  const { inputs, labels, classNames } = trainData;
  const W = zeros([classNames.length, inputs.shape[1]!], { dtype: "float64" });
  const b = zeros([classNames.length], { dtype: "float64" });
  const history: EpochRecord[] = [];
  let best: { W: NdArray; b: NdArray; devAccuracy: number } | undefined;
  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    const order = Array.from(labels.keys()).map((i) => ({ i, key: options.random.next() }));
    order.sort((one, other) => one.key - other.key);
    let mean = 0;
    for (const { i } of order) {
      mean += sgdStep(W, b, inputs.row(i), labels[i]!, options.learningRate) / labels.length;
    }
    const devAccuracy = evaluate(W, b, devData);
    if (best === undefined || devAccuracy > best.devAccuracy) best = { W: W.clone(), b: b.clone(), devAccuracy };
    history.push({ epoch, trainLoss: mean, devAccuracy });
    await options.onEpoch?.(history.at(-1)!);
  }
  return { W: best!.W, b: best!.b, history };
}
