import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { expectSameBits } from "../../test/oracle/oracle.js";
import { trainingExamples, trainingNetwork } from "../../test/oracle/training-problem.js";
import * as ops from "../autograd/ops.js";
import { Tensor } from "../autograd/tensor.js";
import { type Dataset, takeExamples } from "../datasets/dataset.js";
import { zeros } from "../nd/creation.js";
import { argmax } from "../nd/math.js";
import { RandomGenerator } from "../nd/random.js";
import type { Module } from "../nn/module.js";
import { DeepNetwork, LinearNetwork } from "../nn/networks.js";
import { Sequential } from "../nn/sequential.js";
import { Adam } from "../optim/adam.js";
import type { Optimizer } from "../optim/optimizer.js";
import { ReduceLROnPlateau, StepLR } from "../optim/schedules.js";
import { SGD } from "../optim/sgd.js";
import { evaluateNetwork } from "./evaluation.js";
import type { TrainingRecord } from "./history.js";
import { TrainingError } from "./training-error.js";
import { type TrainingOptions, trainingLoop } from "./training-loop.js";

const [allTrainData, allDevData] = trainingExamples();
const [trainData, devData] = [takeExamples(allTrainData, 100), takeExamples(allDevData, 50)];

interface Training extends Partial<TrainingOptions> {
  readonly seed?: number;
  readonly learningRate?: number;
}

/** A training of a fresh network with SGD: 3 epochs one by one, unless said otherwise. */
function train({ seed = 1, learningRate = 0.05, ...options }: Training = {}) {
  const network = trainingNetwork();
  const optimizer = new SGD(network.parameters(), { learningRate });
  const run = trainingLoop(network, optimizer, trainData, devData, {
    epochs: 3,
    random: new RandomGenerator(seed),
    ...options,
  });
  return { network, ...run };
}

const withoutTime = ({ seconds: _, ...record }: TrainingRecord) => record;

describe("trainingLoop", () => {
  test("learns: the loss goes down, the accuracy up", () => {
    const { history } = train({ epochs: 10 });
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(history[9]!.trainLoss).toBeLessThan(0.7 * history[0]!.trainLoss);
    expect(history[9]!.trainAccuracy).toBeGreaterThan(history[0]!.trainAccuracy);
    expect(history[9]!.devAccuracy).toBeGreaterThan(history[0]!.devAccuracy);
  });

  test("one by one does what a plain loop does, to the bit", () => {
    const network = trainingNetwork();
    const parameters = network.parameters();
    const optimizer = new SGD(parameters, { learningRate: 0.05 });
    let [total, right] = [0, 0];
    for (const i of new RandomGenerator(1).permutation(trainData.labels.length)) {
      const logits = network.forward(new Tensor(trainData.inputs.row(i)));
      const loss = ops.nll(logits, trainData.labels[i]!);
      total += loss.item();
      if (argmax(logits.data) === trainData.labels[i]) right++;
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
    }
    const squares = parameters.flatMap(({ gradient }) => [...gradient!.data]).reduce((sum, g) => sum + g * g, 0);
    const dev = evaluateNetwork(network, devData);

    const trained = train({ epochs: 1 });
    expect(withoutTime(trained.best)).toEqual({
      epoch: 1,
      trainLoss: total / trainData.labels.length,
      trainAccuracy: right / trainData.labels.length,
      devLoss: dev.loss,
      devAccuracy: dev.accuracy,
      gradientNorm: Math.sqrt(squares),
      learningRate: 0.05,
    });
    trained.network.parameters().forEach(({ data }, i) => {
      expectSameBits(data, parameters[i]!.data, `parameter ${i}`);
    });
  });

  test.each([1, 32])("gives the same bits for the same seed and others for another, in batches of %i", (batchSize) => {
    const [first, again, other] = [1, 1, 2].map((seed) => train({ seed, batchSize }));
    expect(first!.history.map(withoutTime)).toEqual(again!.history.map(withoutTime));
    expectSameBits(first!.network.output.W.data, again!.network.output.W.data, "W");
    expect(other!.history.map(withoutTime)).not.toEqual(first!.history.map(withoutTime));
  });

  test("shuffles anew at each epoch", () => {
    const orders: string[] = [];
    class Watched extends RandomGenerator {
      override permutation(n: number): Uint32Array {
        const order = super.permutation(n);
        orders.push(order.join(" "));
        return order;
      }
    }
    train({ random: new Watched(1) });
    expect(new Set(orders).size).toBe(3);
  });

  test("takes the mean over examples, not over batches, when the last batch is smaller", () => {
    const { best } = train({ epochs: 1, learningRate: 0, batchSize: 64 });
    const { loss, accuracy } = evaluateNetwork(trainingNetwork(), trainData);
    expect(best.trainLoss).toBeCloseTo(loss, 6);
    expect(best.trainAccuracy).toBeCloseTo(accuracy, 12);
  });

  test("drops in training only, and leaves the network in the mode it found", () => {
    const modes: boolean[] = [];
    class Watching extends LinearNetwork {
      override forward(x: Tensor): Tensor {
        modes.push(this.isTraining);
        return super.forward(x);
      }
    }
    const network = new Watching(20, 4).eval();
    const optimizer = new SGD(network.parameters(), { learningRate: 0.1 });
    trainingLoop(network, optimizer, trainData, devData, { epochs: 1, random: new RandomGenerator(1) });
    expect(modes.slice(-150)).toEqual([...Array(100).fill(true), ...Array(50).fill(false)]);
    expect(network.isTraining).toBe(false);
  });

  test("goes back to training after an onEpoch that has looked at the network in evaluation mode", () => {
    const modes: boolean[] = [];
    const network = trainingNetwork();
    const optimizer = new SGD(network.parameters(), { learningRate: 0.1 });
    trainingLoop(network, optimizer, trainData, devData, {
      epochs: 2,
      random: new RandomGenerator(1),
      onEpoch: () => network.eval(),
      onBatch: () => modes.push(network.isTraining),
    });
    expect(new Set(modes)).toEqual(new Set([true]));
  });

  test("changes neither examples nor labels, and says how long an epoch took", () => {
    const before = [trainData.inputs.clone(), trainData.labels.slice(), devData.inputs.clone()];
    const { best } = train({ batchSize: 7 });
    expect([trainData.inputs, trainData.labels, devData.inputs]).toEqual(before);
    expect(best.seconds).toBeGreaterThan(0);
  });
});

describe("logits that somebody keeps", () => {
  const deep = trainingNetwork();
  const linear = new LinearNetwork(20, 4);
  const linearByHand = new Sequential(new LinearNetwork(20, 4));

  test.each<[string, Module, Module]>([
    ["forward of a deep network", deep, deep],
    ["last layer of a deep network", deep, deep.output],
    ["forward of a linear network", linear, linear],
    ["part of a sequence", linearByHand, linearByHand.layers[0]!],
  ])("in a method of his own, the %s, stay readable, with their gradient", (_, network, watched) => {
    const kept: Tensor[] = [];
    const { forward } = watched;
    watched.forward = (x) => {
      const logits = forward.call(watched, x);
      kept.push(logits);
      return logits;
    };
    const optimizer = new SGD(network.parameters(), { learningRate: 0.05 });
    trainingLoop(network, optimizer, trainData, devData, { epochs: 1, random: new RandomGenerator(1) });
    Reflect.deleteProperty(watched, "forward");
    for (const logits of kept.slice(10, 20)) {
      expect([logits.data.shape, logits.gradient!.shape]).toEqual([[4], [4]]);
      expect(logits.gradient!.sum()).toBeCloseTo(0, 6);
    }
    expect(kept.at(-1)!.data.shape).toEqual([4]);
  });
});

describe("progress", () => {
  test.each([
    [1, 100],
    [32, 4],
    [100, 1],
    [1000, 1],
  ])("is told after each step: batches of %i make %i an epoch", (batchSize, total) => {
    const calls: [number, number][] = [];
    train({ batchSize, epochs: 2, onBatch: (done, all) => calls.push([done, all]) });
    const oneEpoch = Array.from({ length: total }, (_, i) => [i + 1, total]);
    expect(calls).toEqual([...oneEpoch, ...oneEpoch]);
  });

  test("is told at the end of each epoch, with its record", () => {
    const received: TrainingRecord[] = [];
    const { history } = train({ onEpoch: (record) => received.push(record) });
    expect(received).toEqual(history);
    expect(received.length).toBe(3);
  });
});

describe("the best epoch", () => {
  const options = { epochs: 12, learningRate: 0.8 };

  test("is that of the highest accuracy, of the lowest loss among equals, and its parameters are kept", () => {
    const seeds = Array.from({ length: 10 }, (_, i) => i + 1); // in some of the runs the best is neither first nor last
    const telling = seeds.filter((seed) => {
      const { network, history, best } = train({ ...options, seed });
      const highest = Math.max(...history.map(({ devAccuracy }) => devAccuracy));
      const equals = history.filter(({ devAccuracy }) => devAccuracy === highest);
      expect(best.devAccuracy).toBe(highest);
      expect(best.devLoss).toBe(Math.min(...equals.map(({ devLoss }) => devLoss)));
      expect(evaluateNetwork(network, devData)).toEqual({ loss: best.devLoss, accuracy: best.devAccuracy });
      return best !== equals[0] && best.epoch < 12;
    });
    expect(telling).not.toEqual([]);
  });

  test("is the first of those alike in accuracy and loss", () => {
    expect(train({ learningRate: 0 }).best.epoch).toBe(1);
  });

  test("is named but not kept with keepBest: false", () => {
    const { network, history, best } = train({ ...options, keepBest: false });
    expect(best.epoch).toBeLessThan(12);
    expect(evaluateNetwork(network, devData).loss).toBe(history[11]!.devLoss);
  });
});

describe("the optimizer", () => {
  /** What is left in W by one more step without a gradient of its own: the velocity. */
  function velocityAfter(options: Training) {
    const network = trainingNetwork();
    const optimizer = new SGD(network.parameters(), { learningRate: 0.8, momentum: 0.9 });
    const random = new RandomGenerator(1);
    const { best, history } = trainingLoop(network, optimizer, trainData, devData, { epochs: 4, random, ...options });
    const before = network.output.W.data.clone();
    for (const { gradient } of network.parameters()) gradient!.fill_(0);
    optimizer.step();
    return {
      isLast: best === history.at(-1),
      velocity: Math.max(...before.sub(network.output.W.data).data.map(Math.abs)),
    };
  }

  test("forgets its velocities where the parameters go back to an earlier epoch", () => {
    const runs = [10, 11, 12, 13, 14].map((epochs) => velocityAfter({ epochs })).filter(({ isLast }) => !isLast);
    expect(runs).not.toEqual([]);
    for (const { velocity } of runs) expect(velocity).toBe(0);
  });

  test("keeps its velocities where they do not", () => {
    expect(velocityAfter({ keepBest: false }).velocity).toBeGreaterThan(0);
    const { isLast, velocity } = velocityAfter({ epochs: 1 });
    expect(isLast).toBe(true);
    expect(velocity).toBeGreaterThan(0);
  });
});

describe("patience", () => {
  test("stops after so many epochs in a row without a lower loss on the development set", () => {
    const { history, stoppedEarly } = train({ epochs: 60, learningRate: 0.5, patience: 3 });
    const losses = history.map(({ devLoss }) => devLoss);
    expect(stoppedEarly).toBe(true);
    expect(losses.length - 1 - losses.indexOf(Math.min(...losses))).toBe(3);
    expect(losses.length).toBeLessThan(60);
    for (let end = 4; end < losses.length; end++) {
      const soFar = losses.slice(0, end);
      expect(end - 1 - soFar.indexOf(Math.min(...soFar))).toBeLessThan(3); // it did not stop too late
    }
  });

  test("that lasts to the end stops nothing early", () => {
    expect(train({ patience: 3 }).stoppedEarly).toBe(false);
    const idle = { learningRate: 0, patience: 1 };
    expect(train({ ...idle, epochs: 2 })).toMatchObject({ stoppedEarly: false, history: { length: 2 } });
    expect(train({ ...idle, epochs: 3 })).toMatchObject({ stoppedEarly: true, history: { length: 2 } });
  });
});

describe("a schedule", () => {
  const rates = (makeSchedule: (optimizer: Optimizer) => TrainingOptions["schedule"]) => {
    const network = trainingNetwork();
    const optimizer = new SGD(network.parameters(), { learningRate: 0.4 });
    const { history } = trainingLoop(network, optimizer, trainData, devData, {
      epochs: 3,
      random: new RandomGenerator(1),
      schedule: makeSchedule(optimizer)!,
    });
    return { rates: history.map(({ learningRate }) => learningRate), history };
  };

  test("sets the rate of the epochs that follow", () => {
    const constant = rates((optimizer) => new StepLR(optimizer, { every: 1, factor: 1 }));
    const halved = rates((optimizer) => new StepLR(optimizer, { every: 1, factor: 0.5 }));
    expect(halved.rates).toEqual([0.4, 0.2, 0.1]);
    expect(halved.history[0]!.devLoss).toBe(constant.history[0]!.devLoss);
    expect(halved.history[1]!.devLoss).not.toBe(constant.history[1]!.devLoss);
  });

  test("is told the loss on the development set", () => {
    const told: (number | undefined)[] = [];
    const { history } = rates(() => ({ step: (loss) => told.push(loss) }));
    expect(told).toEqual(history.map(({ devLoss }) => devLoss));
    const plateau = rates((optimizer) => new ReduceLROnPlateau(optimizer, { patience: 0, threshold: 0.999 }));
    expect(plateau.rates[2]).toBeCloseTo(0.04, 12);
  });
});

describe("a loss that is no finite number", () => {
  const broken = (inputs: Dataset, example: number, value: number): Dataset => {
    const copy = inputs.inputs.clone();
    copy.set([example, 3], value);
    return { ...inputs, inputs: copy };
  };

  /** The TrainingError of a training, and the network it leaves. */
  function failure(
    network: Module,
    {
      examples = trainData,
      dev = devData,
      learningRate = 0.05,
      ...options
    }: Training & { examples?: Dataset; dev?: Dataset },
  ): TrainingError {
    const optimizer = new SGD(network.parameters(), { learningRate });
    try {
      trainingLoop(network, optimizer, examples, dev, { epochs: 3, random: new RandomGenerator(1), ...options });
    } catch (error) {
      if (error instanceof TrainingError) return error;
      throw error;
    }
    throw new Error("the training went through");
  }

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("from an example that holds %d is blamed on it", (value) => {
    const network = new LinearNetwork(20, 4);
    network.W.data.fill_(0.5);
    const before = network.W.data.clone();
    const { message, history } = failure(network, { examples: broken(trainData, 17, value) });
    expect(message).toMatch(
      /^trainingLoop: the loss is NaN in epoch 1, batch \d+ of 100 \(example 17 of trainData\): /,
    );
    expect(message).toContain(`trainData.inputs holds ${value} in example 17 (feature 3): clean the examples first.`);
    expect(message).toContain("The network holds the parameters it started with again.");
    expect(history).toEqual([]);
    expectSameBits(network.W.data, before, "W");
  });

  test("in a batch names some of its examples", () => {
    const { message } = failure(trainingNetwork(), { examples: broken(trainData, 17, Number.NaN), batchSize: 32 });
    expect(message).toMatch(/batch \d of 4 \(examples (\d+, ){5}… of trainData\)/);
  });

  test("on the development set is found too", () => {
    const { message, history } = failure(trainingNetwork(), { dev: broken(devData, 4, Number.NaN) });
    expect(message).toContain("the loss is NaN on devData after epoch 1: devData.inputs holds NaN in example 4");
    expect(history).toEqual([]);
  });

  test("in training is not blamed on the development set", () => {
    const dev = broken(devData, 4, Number.NaN);
    const { message } = failure(trainingNetwork(), { examples: broken(trainData, 17, Number.NaN), dev });
    expect(message).toContain("trainData.inputs holds NaN in example 17");
    const network = new LinearNetwork(20, 4);
    expect(failure(network, { dev, learningRate: 1e38 }).message).toContain("the learning rate 1e+38 is too large");
  });

  test("from a parameter that held NaN before training is blamed on its initialisation", () => {
    const network = trainingNetwork();
    network.hidden[0]!.W.data.set([2, 1], Number.NaN);
    expect(failure(network, {}).message).toContain(
      'parameter "hidden.0.W" held NaN before training: look at its initialisation',
    );
  });

  test.each([1e38, 1e300])("from a learning rate of %d is blamed on it", (learningRate) => {
    const { message } = failure(new LinearNetwork(20, 4), { learningRate });
    expect(message).toContain(
      `the learning rate ${learningRate} is too large (the largest element of "W" went from 0 to`,
    );
    expect(message).toContain("divide it by 10 until the loss goes down");
  });

  test("is blamed on the learning rate when the best epoch had exploded already", () => {
    const random = new RandomGenerator(53);
    const inputs = random.normal([10, 4], { scale: 10 });
    const few: Dataset = {
      inputs,
      labels: Uint8Array.from({ length: 10 }, (_, i) => i % 3),
      classNames: ["a", "b", "c"],
    };
    const network = new DeepNetwork(4, 3, 16, 1, { random });
    const optimizer = new SGD(network.parameters(), { learningRate: 1, momentum: 0.9 });
    expect(() => trainingLoop(network, optimizer, few, few, { epochs: 30, random })).toThrow(
      /^trainingLoop: the loss is NaN in epoch [2-9].* the learning rate 1 is too large \(the largest element of "[^"]+" went from \d\.\d+ to \d{17,}\)/,
    );
  });

  test("leaves an optimizer with which the advice works", () => {
    const [network, fresh] = [new LinearNetwork(20, 4), new LinearNetwork(20, 4)];
    const optimizer = new SGD(network.parameters(), { learningRate: 1e38, momentum: 0.9 });
    const options = () => ({ epochs: 2, random: new RandomGenerator(1) });
    expect(() => trainingLoop(network, optimizer, trainData, devData, options())).toThrow(TrainingError);
    optimizer.learningRate = 0.05;
    const again = trainingLoop(network, optimizer, trainData, devData, options());
    const other = new SGD(fresh.parameters(), { learningRate: 0.05, momentum: 0.9 });
    expect(again.history.map(withoutTime)).toEqual(
      trainingLoop(fresh, other, trainData, devData, options()).history.map(withoutTime),
    );
  });

  test("from steps that overshoot ever further is blamed on the learning rate", () => {
    class Square extends LinearNetwork {
      override forward(x: Tensor): Tensor {
        const y = super.forward(x);
        return y.mul(y).add(y);
      }
    }
    expect(failure(new Square(20, 4), { learningRate: 30 }).message).toContain("the learning rate 30 is too large");
  });

  test("from a gradient that is no number is blamed on its backward", () => {
    class Root extends LinearNetwork {
      override forward(x: Tensor): Tensor {
        return super.forward(x).power(2).power(0.5); // |y|, whose gradient here at 0 is 0 · ∞
      }
    }
    expect(failure(new Root(20, 4), {}).message).toContain(
      'the gradient of "W" held NaN in the step before, after a finite loss: compare the backward of its operations with gradientCheck',
    );
  });

  test("from finite parameters and examples is blamed on the network itself", () => {
    class Log extends LinearNetwork {
      override forward(x: Tensor): Tensor {
        return super.forward(x).log().mul(0);
      }
    }
    expect(failure(new Log(20, 4), {}).message).toContain("look in its forward() for a division by 0, the log of 0");
  });

  test("leaves the best finite parameters and the finished epochs", () => {
    const network = trainingNetwork();
    const received: TrainingRecord[] = [];
    const atTheEnd: number[] = [];
    const { message, history } = failure(network, {
      epochs: 5,
      onEpoch: (record) => {
        received.push(record);
        atTheEnd.push(network.output.W.data.at(0, 0));
        if (record.epoch === 3) network.output.b.data.fill_(Number.NaN);
      },
    });
    const best = received.reduce((a, b) => (b.devAccuracy > a.devAccuracy ? b : a));
    expect(new Set(received.map(({ devAccuracy }) => devAccuracy)).size).toBe(3); // the loss has nothing to decide
    expect(message).toContain("in epoch 4, batch 1 of 100");
    expect(message).toContain(
      'parameter "output.b" holds NaN though its gradient is finite: look at what writes to it',
    );
    expect(message).toContain(`The network holds the parameters of epoch ${best.epoch} again.`);
    expect(history).toEqual(received);
    expect(history.length).toBe(3);
    expect(network.output.W.data.at(0, 0)).toBe(atTheEnd[best.epoch - 1]);
    expect(evaluateNetwork(network, devData)).toEqual({ loss: best.devLoss, accuracy: best.devAccuracy });
    expect(network.isTraining).toBe(true);
  });
});

describe("trainingLoop refuses", () => {
  const start = (changed: { train?: Dataset; dev?: Dataset; network?: Module } & Partial<TrainingOptions>) => () => {
    const { train: examples = trainData, dev = devData, network = trainingNetwork(), ...options } = changed;
    const optimizer = new SGD(network.parameters(), { learningRate: 0.1 });
    return trainingLoop(network, optimizer, examples, dev, { epochs: 1, random: new RandomGenerator(1), ...options });
  };
  const nothing: Dataset = { ...trainData, inputs: zeros([0, 20]), labels: new Uint8Array() };

  test("sets without an example", () => {
    expect(start({ train: nothing })).toThrow("trainingLoop: trainData holds no example");
    expect(start({ dev: nothing })).toThrow("trainingLoop: devData holds no example");
  });

  test("labels that are no class of the network", () => {
    expect(start({ network: new LinearNetwork(20, 3) })).toThrow(
      /trainingLoop: example \d+ of trainData has label 3, but the network gives 3 scores \(classes 0 to 2\): give it as many outputs/,
    );
  });

  test("images that are not flattened, before anything moves", () => {
    const images = { ...trainData, inputs: trainData.inputs.reshape([100, 4, 5]) };
    expect(start({ train: images })).toThrow(/refuses the first example of trainData: .* flatten the images first/);
    expect(start({ train: images, batchSize: 10 })).toThrow("flatten the images first");
  });

  test.each(["epochs", "batchSize", "patience"] as const)("%s that are no whole number ≥ 1", (name) => {
    for (const value of [0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(start({ [name]: value })).toThrow(`trainingLoop: ${name} must be a number ≥ 1, whole, received ${value}`);
    }
  });

  test("labels that are no class at all, naming the first", () => {
    for (const wrong of [-1, 1.5, Number.NaN, "2", undefined]) {
      const labels = [...trainData.labels].map((label, i) => (i === 3 ? wrong : label)) as never;
      expect(start({ train: { ...trainData, labels } })).toThrow(
        `trainingLoop: example 3 of trainData has label ${wrong === "2" ? '"2"' : wrong}`,
      );
      expect(start({ dev: { ...trainData, labels } })).toThrow("example 3 of devData has label");
    }
    const labels = zeros([100]) as never;
    expect(start({ train: { ...trainData, labels } })).toThrow(
      "trainingLoop: trainData.labels must be a Uint8Array, received an NdArray [100]: Uint8Array.from(…) makes one",
    );
  });

  test("options that are none, or unknown ones", () => {
    const network = trainingNetwork();
    const optimizer = new SGD(network.parameters(), { learningRate: 0.1 });
    expect(() => trainingLoop(network, optimizer, trainData, devData, undefined as never)).toThrow(
      "trainingLoop: expected its options by name, as in { epochs: … }, received none",
    );
    expect(start({ batchsize: 8 } as never)).toThrow(
      'trainingLoop: there is no option "batchsize", only epochs, batchSize,',
    );
  });

  test("a schedule that cannot step, before the first epoch", () => {
    let batches = 0;
    const onBatch = () => batches++;
    for (const schedule of [{}, null, StepLR]) {
      expect(start({ schedule: schedule as never, onBatch })).toThrow(
        "trainingLoop: schedule must have a step(), received",
      );
    }
    expect(batches).toBe(0);
  });

  test("to shuffle without a generator", () => {
    expect(start({ random: undefined as never })).toThrow("trainingLoop: random");
  });

  test("an optimizer of another network", () => {
    const optimizer = new Adam(new LinearNetwork(20, 4).parameters());
    const train = () =>
      trainingLoop(new LinearNetwork(20, 4), optimizer, trainData, devData, {
        epochs: 1,
        random: new RandomGenerator(1),
      });
    expect(train).toThrow('trainingLoop: the optimizer moves a parameter "W" that is not in this network');
  });
});

test("200 000 steps keep nothing but their history", { timeout: 120_000 }, () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const classNames = ["a", "b"];
  const many: Dataset = { inputs: zeros([2000, 2]), labels: new Uint8Array(2000), classNames };
  const network = new LinearNetwork(2, 2);
  const used: number[] = [];
  trainingLoop(network, new Adam(network.parameters()), many, takeExamples(many, 2), {
    epochs: 100,
    random: new RandomGenerator(1),
    onEpoch: ({ epoch }) => {
      if (epoch % 20 !== 0) return;
      collect();
      used.push(process.memoryUsage().heapUsed);
    },
  });
  expect(used.length).toBe(5);
  expect(used[4]! - used[0]!, `heap after collections: ${used.join(", ")} bytes`).toBeLessThan(2 ** 19);
});
