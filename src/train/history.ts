// What a training run leaves behind: one record an epoch.

export interface EpochRecord {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  /** Mean loss over the training examples, each taken just before its own update. */
  readonly trainLoss: number;
  /** Accuracy on the development set at the end of the epoch, in [0, 1]. */
  readonly devAccuracy: number;
}
