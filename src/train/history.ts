// What a training run leaves behind: one record an epoch.

export interface EpochRecord {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  /** Mean loss over the training examples, each taken just before its own update. */
  readonly trainLoss: number;
  /** Accuracy on the development set at the end of the epoch, in [0, 1]. */
  readonly devAccuracy: number;
}

/** What the training loop knows of an epoch. */
export interface TrainingRecord extends EpochRecord {
  /** Accuracy over the training examples, each judged just before its own update, in [0, 1]. */
  readonly trainAccuracy: number;
  /** Mean loss on the development set at the end of the epoch. */
  readonly devLoss: number;
  /** `√Σ‖g‖²` over the parameters, in the last batch of the epoch. */
  readonly gradientNorm: number;
  /** The learning rate of the epoch. */
  readonly learningRate: number;
  /** How long the epoch took, development set included. */
  readonly seconds: number;
}
