// Plain loops over `data`, index by index, without a single array operation.
import { type Dataset, type EpochRecord, NdArray, type TrainedLinear, type TrainLinearOptions, zeros } from "retroprop";

export function affineTransform(W: NdArray, b: NdArray, x: NdArray): NdArray {
  const columns = x.size;
  const scores = new Float32Array(b.size);
  for (let i = 0; i < scores.length; i++) {
    let score = b.data[i]!;
    for (let j = 0; j < columns; j++) score += W.data[i * columns + j]! * x.data[j]!;
    scores[i] = score;
  }
  return new NdArray(scores, [scores.length]);
}

export function backwardAffineTransform(_W: NdArray, _b: NdArray, x: NdArray, g: NdArray): [NdArray, NdArray] {
  const [gW, gb] = [zeros([g.size, x.size]), zeros([g.size])];
  for (let i = 0; i < g.size; i++) {
    gb.data[i] = g.data[i]!;
    for (let j = 0; j < x.size; j++) gW.data[i * x.size + j] = g.data[i]! * x.data[j]!;
  }
  return [gW, gb];
}

export function softmax(x: NdArray): NdArray {
  let highest = x.data[0]!;
  for (let i = 1; i < x.size; i++) if (x.data[i]! > highest) highest = x.data[i]!;
  const out = zeros([x.size]);
  let total = 0;
  for (let i = 0; i < x.size; i++) {
    out.data[i] = Math.exp(x.data[i]! - highest);
    total += out.data[i]!;
  }
  for (let i = 0; i < x.size; i++) out.data[i] = out.data[i]! / total;
  return out;
}

export function nll(x: NdArray, gold: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of x.data) highest = Math.max(highest, value);
  let total = 0;
  for (const value of x.data) total += Math.exp(value - highest);
  return highest + Math.log(total) - x.data[gold]!;
}

export function backwardNll(x: NdArray, gold: number, g: number): NdArray {
  const gx = softmax(x);
  for (let i = 0; i < gx.size; i++) {
    const target = i === gold ? 1 : 0;
    gx.data[i] = g * (gx.data[i]! - target);
  }
  return gx;
}

export function evaluate(W: NdArray, b: NdArray, data: Dataset): number {
  let right = 0;
  const size = data.labels.length;
  for (let i = 0; i < size; i++) {
    const scores = affineTransform(W, b, data.inputs.row(i));
    let best = 0;
    for (let k = 1; k < scores.size; k++) if (scores.data[k]! > scores.data[best]!) best = k;
    if (best === data.labels[i]) right += 1;
  }
  return right / size;
}

export function sgdStep(W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number {
  const logits = affineTransform(W, b, x);
  const loss = nll(logits, gold);
  const g = backwardNll(logits, gold, 1);
  const columns = x.size;
  for (let i = 0; i < g.size; i++) {
    b.data[i] = b.data[i]! - learningRate * g.data[i]!;
    for (let j = 0; j < columns; j++) {
      W.data[i * columns + j] = W.data[i * columns + j]! - learningRate * g.data[i]! * x.data[j]!;
    }
  }
  return loss;
}

export function trainLinear(trainData: Dataset, devData: Dataset, options: TrainLinearOptions): TrainedLinear {
  const size = trainData.inputs.shape[0]!;
  const features = trainData.inputs.shape[1]!;
  const classes = trainData.classNames.length;
  const W = zeros([classes, features]);
  const b = zeros([classes]);
  const bestW = zeros([classes, features]);
  const bestB = zeros([classes]);
  let bestAccuracy = Number.NEGATIVE_INFINITY;
  const history: EpochRecord[] = [];
  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    const order = options.random.permutation(size);
    let loss = 0;
    for (let k = 0; k < size; k++) {
      const i = order[k]!;
      loss += sgdStep(W, b, trainData.inputs.row(i), trainData.labels[i]!, options.learningRate);
    }
    const devAccuracy = evaluate(W, b, devData);
    if (devAccuracy >= bestAccuracy) {
      bestAccuracy = devAccuracy;
      bestW.copy_(W);
      bestB.copy_(b);
    }
    history.push({ epoch, trainLoss: loss / size, devAccuracy });
    if (options.onEpoch !== undefined) options.onEpoch(history[history.length - 1]!);
  }
  return { W: bestW, b: bestB, history };
}
