// Known mistakes of trainLinear, recognised by the course of training that would explain what came back.
import { type Dataset, selectExamples } from "retroprop";
import { createExpect } from "../../../judge/expect.js";
import type { Explanation, Observed } from "../../../judge/explain.js";
import { historyProblems } from "../history-problems.js";
import { known } from "../messages.fr.js";
import type { Training } from "../training.js";
import { type Epoch, inFileOrder, partedLabels, withReplacement } from "./linear-paths.js";
import { areMadeTogether, isMadeOfSteps } from "./made-of-steps.js";
import { areNear, isOneEpoch, lastOne, pathsThrough, total, type Variant } from "./train-paths.js";
import { accuracyRange, isAccuracyOf, readRun, type TrainedRun } from "./trained-run.js";

type Recognise = (run: TrainedRun, training: Training) => boolean;

/** A run that cannot be read throws, and is then not this mistake. */
const when =
  (recognise: Recognise): Explanation["when"] =>
  ({ received, sent }: Observed) => {
    const training = sent[0] as unknown as Training;
    return recognise(readRun(silent, received), training);
  };

const silent = createExpect(() => {});

const followed =
  (variant: Variant): Recognise =>
  (run, training) =>
    pathsThrough(training, run.history, variant).length > 0;

/** Steps that are often written into the code. */
const usualSteps = [1, 0.1, 0.05, 0.01, 0.001];

const ignoresStep: Recognise = (run, training) =>
  usualSteps.some((learningRate) => isOneEpoch(run, { ...training, learningRate }));

/** One epoch over some of the examples. */
const leavesOutExamples: Recognise = (run, training) =>
  partsOf(training.trainData).some((trainData) => isOneEpoch(run, { ...training, trainData }));

/** The data without one example at least, and with one at least. */
function partsOf(data: Dataset): readonly Dataset[] {
  const all = Array.from(data.labels.keys());
  const choices = Array.from({ length: 2 ** all.length - 2 }, (_, i) => i + 1);
  return choices.map((choice) =>
    selectExamples(
      data,
      all.filter((i) => choice & (1 << i)),
    ),
  );
}

const returnsStart: Recognise = ({ W }) => W.every((weight) => weight === 0);

export const epochMistakes: readonly Explanation[] = [
  ...historyProblems,
  ...known({
    "départ jamais remplacé": when(returnsStart),
    "pas ignoré": when(ignoresStep),
    "étiquettes mélangées à part": when((run, training) => isOneEpoch(run, training, partedLabels)),
    "tirage avec remise": when((run, training) => isOneEpoch(run, training, withReplacement)),
    "exemples oubliés": when(leavesOutExamples),
  }),
];

const measuresTraining: Recognise = ({ history }, training) =>
  pathsThrough(training, history).some((path) =>
    path.every((epoch, i) => isAccuracyOf(history[i]!.devAccuracy, epoch, training.trainData)),
  );

/** Whether each accuracy is the best so far, where that of its epoch is lower. */
const keepsBestAccuracy: Recognise = ({ history }, training) =>
  pathsThrough(training, history).some((path) => {
    let best: Epoch | undefined;
    return path.every((epoch, i) => {
      const isHigher = best === undefined || lowestAccuracy(epoch, training) > lowestAccuracy(best, training);
      if (isHigher) best = epoch;
      return isAccuracyOf(history[i]!.devAccuracy, best!, training.devData);
    });
  });

const lowestAccuracy = (epoch: Epoch, { devData }: Training): number => accuracyRange(epoch, devData).low;

export const historyMistakes: readonly Explanation[] = [
  ...historyProblems,
  ...known({
    "perte totale au lieu de la moyenne": when(followed({ lossOf: total })),
    "perte du dernier exemple": when(followed({ lossOf: lastOne })),
    "paramètres remis à zéro à chaque époque": when(followed({ restart: true })),
    "exactitude sur les exemples d'entraînement": when(measuresTraining),
    "meilleure exactitude au lieu de celle de l'époque": when(keepsBestAccuracy),
  }),
];

export const sameSeedMistakes: readonly Explanation[] = [
  ...historyProblems,
  ...known({ "Math.random": when(followed({})) }),
];

export const seedMistakes: readonly Explanation[] = [
  ...historyProblems,
  ...known({
    "ordre jamais mélangé": when(followed({ next: inFileOrder })),
    "générateur reçu ignoré": when(followed({})),
  }),
];

/** An order drawn once may be that of the file: that it never changes from seed to seed, the test before has shown. */
export const shuffleMistakes: readonly Explanation[] = [
  ...historyProblems,
  ...known({
    "mélange une seule fois": when(followed({ sameOrder: true })),
    "ordre jamais mélangé": when(followed({ next: inFileOrder })),
    "mélange incomplet": when(followed({})),
    "générateur reçu ignoré": when(followed({})),
  }),
];

/** One of the parameters is that of the last epoch, and the other that of a better one. */
const keepsOneLast: Recognise = (run, training) =>
  pathsThrough(training, run.history).some((path) => {
    const last = path.at(-1)!;
    return path
      .slice(0, -1)
      .some(
        ({ W, b }) => (areNear(run.W, W) && areNear(run.b, last.b)) || (areNear(run.W, last.W) && areNear(run.b, b)),
      );
  });

const keepsLast: Recognise = (run, training) =>
  pathsThrough(training, run.history).some((path) => {
    const last = path.at(-1)!;
    return areNear(run.W, last.W) && areNear(run.b, last.b);
  });

export const bestMistakes: readonly Explanation[] = [
  ...historyProblems,
  ...known({
    "exactitude sur les exemples d'entraînement": when(measuresTraining),
    "départ jamais remplacé": when(returnsStart),
    "W ou b sans copie": when(keepsOneLast),
    "W et b de deux époques": when(
      (run, { trainData }) => isMadeOfSteps(run, trainData) && !areMadeTogether(run, trainData),
    ),
    "derniers paramètres au lieu des meilleurs": when(keepsLast),
  }),
];
