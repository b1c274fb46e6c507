// Known mistakes of trainLinear, recognised by the course of training that would explain what came back.

import { createExpect } from "../../../judge/expect.js";
import type { Explanation, Observed } from "../../../judge/explain.js";
import { historyProblems } from "../history-problems.js";
import { known } from "../messages.fr.js";
import type { Training } from "../training.js";
import { type Epoch, inFileOrder, partedLabels, withReplacement } from "./linear-paths.js";
import { isOneEpoch, pathsThrough, total, type Variant } from "./train-paths.js";
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

export const epochMistakes: readonly Explanation[] = [
  ...historyProblems,
  ...known({
    "pas ignoré": when(ignoresStep),
    "étiquettes mélangées à part": when((run, training) => isOneEpoch(run, training, partedLabels)),
    "tirage avec remise": when((run, training) => isOneEpoch(run, training, withReplacement)),
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
    "perte du dernier exemple": when(followed({ lossOf: (losses) => losses.at(-1)! })),
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

/** The returned parameters do as well on the development set as the last epoch did, not as the best. */
const keepsLast: Recognise = (run, { devData }) => {
  const last = run.history.at(-1)!.devAccuracy;
  const isBest = run.history.every(({ devAccuracy }) => devAccuracy <= last);
  return !isBest && isAccuracyOf(last, run, devData);
};

export const bestMistakes: readonly Explanation[] = [
  ...historyProblems,
  ...known({
    "exactitude sur les exemples d'entraînement": when(measuresTraining),
    "derniers paramètres au lieu des meilleurs": when(keepsLast),
  }),
];
