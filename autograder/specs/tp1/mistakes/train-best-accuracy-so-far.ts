// The history has the best accuracy so far, not that of the epoch.
import { trainLinear as correct, type Dataset, type TrainedLinear, type TrainLinearOptions } from "retroprop";

export { affineTransform, backwardAffineTransform, backwardNll, evaluate, nll, sgdStep, softmax } from "retroprop";

export function trainLinear(trainData: Dataset, devData: Dataset, options: TrainLinearOptions): TrainedLinear {
  const { onEpoch, ...rest } = options;
  const trained = correct(trainData, devData, rest);
  let best = 0;
  const history = trained.history.map((record) => {
    best = Math.max(best, record.devAccuracy);
    return { ...record, devAccuracy: best };
  });
  for (const record of history) onEpoch?.(record);
  return { ...trained, history };
}
