// What the training loop throws when there is no point in going on.
import type { TrainingRecord } from "./history.js";

/** A loss that is no finite number: the message says where, the likely cause, what to do. */
export class TrainingError extends Error {
  override readonly name = "TrainingError";
  /** The epochs that were finished. */
  readonly history: readonly TrainingRecord[];

  constructor(message: string, history: readonly TrainingRecord[]) {
    super(message);
    this.history = history;
  }
}
