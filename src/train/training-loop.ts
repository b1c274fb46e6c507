// The training loop: epochs over shuffled examples, one step of the optimiser a batch, judged on a development set.
import type { Tensor } from "../autograd/tensor.js";
import { type Dataset, exampleCount } from "../datasets/dataset.js";
import { describeValue } from "../nd/describe.js";
import type { RandomGenerator } from "../nd/random.js";
import { expectOptions, expectRandom } from "../nn/expect-options.js";
import type { Module } from "../nn/module.js";
import { expectNumber } from "../optim/expect-number.js";
import type { Optimizer } from "../optim/optimizer.js";
import type { Schedule } from "../optim/schedules.js";
import { Batches, judge } from "./batch.js";
import { type Evidence, likelyCause } from "./diagnosis.js";
import { judgeAll } from "./evaluation.js";
import { expectExamples, expectFit } from "./expect-data.js";
import type { TrainingRecord } from "./history.js";
import { inMode } from "./mode.js";
import { Snapshot } from "./snapshot.js";
import { startStopwatch } from "./stopwatch.js";
import { TrainingError } from "./training-error.js";

export interface TrainingOptions {
  /** How many times every training example is seen. */
  readonly epochs: number;
  /** How many examples make one step: 1 by default; the last batch of an epoch takes what is left. */
  readonly batchSize?: number;
  /** Shuffles the examples, anew at each epoch. */
  readonly random: RandomGenerator;
  /** Told the loss on the development set at the end of each epoch. */
  readonly schedule?: Schedule;
  /** Early stopping: after how many epochs in a row without a lower loss on the development set; never by default. */
  readonly patience?: number;
  /**
   * Whether the network ends with the parameters of its best epoch (true by default) or of the last. Where these differ the
   * optimizer is reset: what it remembers belongs to the last.
   */
  readonly keepBest?: boolean;
  /** Called at the end of each epoch, with its record. */
  readonly onEpoch?: (record: TrainingRecord) => void;
  /** Called after each step with the number of batches done in this epoch, and how many an epoch has. */
  readonly onBatch?: (done: number, total: number) => void;
}

/** What a training run leaves besides the trained network. */
export interface TrainingRun {
  readonly history: readonly TrainingRecord[];
  /** The epoch of the highest accuracy on the development set; among equals of the lowest loss there, then the first. */
  readonly best: TrainingRecord;
  /** Whether patience ran out before the last epoch. */
  readonly stoppedEarly: boolean;
}

/**
 * Trains a network, in place. Every epoch visits the training examples in a new random order; each batch is one step:
 * forward, mean negative log-likelihood, `zeroGrad`, `backward`, `optimizer.step()`. The epoch ends with the development
 * set, in evaluation mode. Same network, same seed: same bits.
 *
 * @example
 * const data = { inputs: array([[0, 1], [1, 0], [0, 2], [2, 0]]), labels: Uint8Array.of(0, 1, 0, 1), classNames: ["up", "right"] };
 * const network = new LinearNetwork(2, 2);
 * const optimizer = new SGD(network.parameters(), { learningRate: 0.5 });
 * const { best } = trainingLoop(network, optimizer, data, data, { epochs: 3, random: new RandomGenerator(1) });
 * best.devAccuracy // 1
 *
 * @param network gives one score a class: `[in] → [k]`, and `[b, in] → [b, k]` in batches
 * @param optimizer moves parameters of this network
 * @param trainData examples `[n, in]` to learn from
 * @param devData examples to judge each epoch by
 * @throws TrainingError when a loss is NaN or infinite; the network then holds its best finite parameters, and the optimizer
 *   starts anew
 * @throws RangeError on no example, on labels that are no class of the network, and on options out of their range
 * @throws ShapeError when the examples do not fit the network
 */
export function trainingLoop(
  network: Module,
  optimizer: Optimizer,
  trainData: Dataset,
  devData: Dataset,
  options: TrainingOptions,
): TrainingRun {
  expectTrainingOptions(options);
  expectOptimizerOf(network, optimizer);
  const sets = { trainData, devData };
  for (const [name, data] of Object.entries(sets)) {
    expectExamples("trainingLoop", name, data);
    expectFit("trainingLoop", name, network, data, options.batchSize ?? 1);
  }
  return new Run(network, optimizer, sets, options).train();
}

interface Sets {
  readonly trainData: Dataset;
  readonly devData: Dataset;
}

/** One call of {@link trainingLoop}: what goes on from epoch to epoch. */
class Run {
  readonly #network: Module;
  readonly #optimizer: Optimizer;
  readonly #sets: Sets;
  readonly #options: TrainingOptions;
  readonly #batchSize: number;
  readonly #history: TrainingRecord[] = [];
  #best: TrainingRecord | undefined;
  /** What a parameter that exploded is measured by. */
  readonly #start: Snapshot;
  /** The parameters of the best epoch; of the start before there is one. */
  #bestParameters: Snapshot;
  /** The losses of the last steps, for whoever asks why one is no number. */
  #losses: number[] = [];

  constructor(network: Module, optimizer: Optimizer, sets: Sets, options: TrainingOptions) {
    this.#network = network;
    this.#optimizer = optimizer;
    this.#sets = sets;
    this.#options = options;
    this.#batchSize = options.batchSize ?? 1;
    this.#start = new Snapshot(network);
    this.#bestParameters = this.#start;
  }

  train(): TrainingRun {
    const { epochs, schedule, keepBest = true, onEpoch } = this.#options;
    while (this.#history.length < epochs && !this.#isOutOfPatience()) {
      const record = this.#trainOneEpoch(this.#history.length + 1);
      this.#history.push(record);
      if (this.#best === undefined || isBetter(record, this.#best)) {
        this.#best = record;
        if (this.#history.length < epochs) this.#bestParameters = new Snapshot(this.#network); // no one comes back to the last
      }
      schedule?.step(record.devLoss);
      onEpoch?.(record);
    }
    if (keepBest && this.#best !== this.#history.at(-1)) this.#goBack();
    return { history: this.#history, best: this.#best!, stoppedEarly: this.#history.length < epochs };
  }

  #trainOneEpoch(epoch: number): TrainingRecord {
    const elapsed = startStopwatch();
    const { learningRate } = this.#optimizer;
    const train = inMode("training", this.#network, () => this.#visitExamples(epoch));
    const gradientNorm = normOfGradients(this.#optimizer);
    const dev = judgeAll(this.#network, this.#sets.devData, this.#batchSize);
    if (!Number.isFinite(dev.loss)) this.#fail(dev.loss, `on devData after epoch ${epoch}`, { ...this.#sets });
    return {
      epoch,
      ...train,
      devLoss: dev.loss,
      devAccuracy: dev.accuracy,
      gradientNorm,
      learningRate,
      seconds: elapsed(),
    };
  }

  #visitExamples(epoch: number): Pick<TrainingRecord, "trainLoss" | "trainAccuracy"> {
    const { trainData } = this.#sets;
    const n = exampleCount(trainData);
    const batches = new Batches(trainData, this.#options.random.permutation(n), this.#batchSize);
    const total = batches.count;
    let [totalLoss, right] = [0, 0];
    for (let done = 0; done < total; done++) {
      const batch = batches.at(done);
      const judged = judge(this.#network, batch);
      const loss = judged.loss.item();
      if (!Number.isFinite(loss)) {
        const examples = formatExamples(batches.indicesOf(done));
        this.#fail(loss, `in epoch ${epoch}, batch ${done + 1} of ${total} (${examples} of trainData)`, { trainData });
      }
      this.#update(judged.loss);
      this.#remember(loss);
      totalLoss += loss * batch.size;
      right += judged.right;
      this.#options.onBatch?.(done + 1, total);
    }
    return { trainLoss: totalLoss / n, trainAccuracy: right / n };
  }

  #update(loss: Tensor): void {
    this.#optimizer.zeroGrad();
    loss.backward();
    this.#optimizer.step();
  }

  #remember(loss: number): void {
    this.#losses.push(loss);
    if (this.#losses.length >= 64) this.#losses = this.#losses.slice(-8);
  }

  #isOutOfPatience(): boolean {
    const { patience } = this.#options;
    return patience !== undefined && epochsWithoutProgress(this.#history) >= patience;
  }

  /** Puts the best parameters back; what the optimiser remembers belongs to the steps made since. */
  #goBack(): void {
    this.#bestParameters.restore();
    this.#optimizer.reset();
  }

  /** Finds the likely cause, then puts the best finite parameters back. */
  #fail(loss: number, where: string, sets: Evidence["sets"]): never {
    const evidence: Evidence = {
      sets,
      parameters: this.#start.kept,
      losses: this.#losses.slice(-8),
      learningRate: this.#optimizer.learningRate,
    };
    const cause = likelyCause(evidence);
    this.#goBack();
    const kept = this.#best === undefined ? "it started with" : `of epoch ${this.#best.epoch}`;
    throw new TrainingError(
      `trainingLoop: the loss is ${loss} ${where}: ${cause}. The network holds the parameters ${kept} again.`,
      this.#history,
    );
  }
}

/** Few examples make few accuracies: the loss decides among equals. */
const isBetter = (a: TrainingRecord, b: TrainingRecord): boolean =>
  a.devAccuracy > b.devAccuracy || (a.devAccuracy === b.devAccuracy && a.devLoss < b.devLoss);

/** How many epochs have passed since the lowest loss on the development set. */
function epochsWithoutProgress(history: readonly TrainingRecord[]): number {
  let lowest = history[0];
  for (const record of history) if (record.devLoss < lowest!.devLoss) lowest = record;
  return lowest === undefined ? 0 : history.length - lowest.epoch;
}

/** `√Σ‖g‖²` over what the optimiser moves: other gradients are never forgotten and grow. */
function normOfGradients({ parameters }: Optimizer): number {
  let squares = 0;
  for (const { gradient } of parameters) {
    const values = gradient?.data ?? [];
    for (let i = 0; i < values.length; i++) squares += values[i]! * values[i]!;
  }
  return Math.sqrt(squares);
}

/** `example 3`, or `examples 3, 1, 4, 1, 5, …`. */
function formatExamples(examples: Uint32Array): string {
  const some = [...examples.subarray(0, 5)].join(", ");
  return `${examples.length === 1 ? "example" : "examples"} ${some}${examples.length > 5 ? ", …" : ""}`;
}

const optionNames = ["epochs", "batchSize", "random", "schedule", "patience", "keepBest", "onEpoch", "onBatch"];

function expectTrainingOptions(options: TrainingOptions): void {
  expectOptions("trainingLoop", options, optionNames);
  const { epochs, batchSize = 1, patience = 1, random, schedule } = options;
  expectRandom("trainingLoop", random);
  for (const [name, value] of Object.entries({ epochs, batchSize, patience })) {
    expectNumber("trainingLoop", name, value, "≥ 1, whole");
  }
  if (schedule === undefined || typeof schedule?.step === "function") return;
  throw new TypeError(
    `trainingLoop: schedule must have a step(), received ${describeValue(schedule)}: give an object such as new StepLR(optimizer, { every: 10, factor: 0.5 })`,
  );
}

function expectOptimizerOf(network: Module, optimizer: Optimizer): void {
  const own = new Set(network.parameters());
  const stranger = optimizer.parameters.find((parameter) => !own.has(parameter));
  if (stranger === undefined) return;
  throw new RangeError(
    `trainingLoop: the optimizer moves a parameter "${stranger.name}" that is not in this network: make the optimizer from network.parameters(), after the network`,
  );
}
