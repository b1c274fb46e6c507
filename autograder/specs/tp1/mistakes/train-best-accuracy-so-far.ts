// The history has the best accuracy so far, not that of the epoch.
import {
  trainLinear as correct,
  type Dataset,
  type EpochRecord,
  type TrainedLinear,
  type TrainLinearOptions,
} from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax } from "retroprop";

export function trainLinear(trainData: Dataset, devData: Dataset, options: TrainLinearOptions): TrainedLinear {
  const history: EpochRecord[] = [];
  let best = 0;
  const onEpoch = (record: EpochRecord) => {
    best = Math.max(best, record.devAccuracy);
    history.push({ ...record, devAccuracy: best });
    options.onEpoch?.(history.at(-1)!);
  };
  return { ...correct(trainData, devData, { ...options, onEpoch }), history };
}
