// Known mistakes of trainingLoop, recognised by the course of training that would explain what came back.
import { isClose } from "../../../judge/closeness.js";
import { type Explanation, field } from "../../../judge/explain.js";
import { numbersIn } from "../../../judge/numbers.js";
import type { Value } from "../../../judge/student.js";
import { known } from "../messages-b.fr.js";
import {
  epochsOf,
  loopProblems,
  numbersOf,
  recordAt,
  type Training,
  trainingOf,
  visitsEachOnce,
} from "../visible/run-training.js";
import { type Departure, type Epoch, follow, mean, measure, type Range, sum } from "./training-path.js";

type When = Explanation["when"];

/** Wide enough for single precision over a whole run. */
export const overARun = { relative: 2e-4, absolute: 2e-4 };

/** Of the epochs that were asked for: to follow a run of a hundred thousand steps would keep the judge for minutes. */
export const pathOf = (run: Value, training: Training, departure?: Departure): readonly Epoch[] =>
  follow(training, epochsOf(run, training.trainData.labels.length).slice(0, training.epochs), departure);

/** W and b, in the end, are those of the last epoch of a path. */
export function endsAs(run: Value, path: readonly Epoch[]): boolean {
  const last = path.at(-1);
  if (last === undefined) return false;
  const flat = (value: Value): Value => ({ kind: "list", items: numbersOf(value) });
  return (
    isClose(flat(field(run, "W")), Array.from(last.W), overARun) &&
    isClose(flat(field(run, "b")), Array.from(last.b), overARun)
  );
}

/** Every record has, under `name`, what the epoch of its path gives. */
export function records(
  run: Value,
  name: string,
  path: readonly Epoch[],
  isRight: (value: number, epoch: Epoch) => boolean,
): boolean {
  return path.every((epoch, i) => isRight(numbersIn(field(recordAt(run, i), name))?.data[0] ?? Number.NaN, epoch));
}

export const isNear = (value: number, expected: number): boolean => isClose(value, expected, overARun);

export const isShare = (value: number, { low, high }: Range, size: number): boolean =>
  value >= low / size - 1e-6 && value <= high / size + 1e-6;

const departed =
  (departure: Departure): When =>
  ({ received, sent }) => {
    const training = trainingOf(sent);
    return !endsAs(received, pathOf(received, training)) && endsAs(received, pathOf(received, training, departure));
  };

/** Steps up the bias of each label as often as it comes in the data, but on examples that do not have it. */
const partsLabels: When = ({ received, sent }) => {
  const training = trainingOf(sent);
  const { labels } = training.trainData;
  const [order, golds] = [numbersOf(field(received, "order")), numbersOf(field(received, "golds"))];
  const count = (of: Iterable<number>, label: number) => [...of].filter((other) => other === label).length;
  const comeAsOften = [0, 1, 2].every((label) => count(golds, label) === training.epochs * count(labels, label));
  return comeAsOften && visitsEachOnce(received, training) && order.some((i, step) => labels[i] !== golds[step]);
};

export const pathMistakes: readonly Explanation[] = [
  ...loopProblems,
  ...known({
    "zeroGrad oublié": [departed({ accumulates: "run" }), departed({ accumulates: "epoch" })],
    "backward appelé deux fois": departed({ times: 2 }),
    "gradients laissés par l'évaluation": departed({ evaluationLeaks: true }),
    "pas de la classification linéaire": departed({ ignoresScale: true }),
    "étiquettes mélangées à part": partsLabels,
  }),
];

/** On the right path, every record has under `name` what a mistake gives. */
const recorded =
  (name: string, isMistaken: (value: number, epoch: Epoch, training: Training) => boolean): When =>
  ({ received, sent }) => {
    const training = trainingOf(sent);
    const path = pathOf(received, training);
    return path.length > 0 && records(received, name, path, (value, epoch) => isMistaken(value, epoch, training));
  };

const both =
  (first: When, second: When): When =>
  (observed) =>
    first(observed) && second(observed);

const lossAtTheEnd = recorded("trainLoss", (value, epoch, { trainData }) =>
  isNear(value, measure(epoch, trainData).loss),
);

const accuracyAtTheEnd = recorded("trainAccuracy", (value, epoch, { trainData }) =>
  isShare(value, measure(epoch, trainData).right, trainData.labels.length),
);

export const trainMeasureMistakes: readonly Explanation[] = [
  ...pathMistakes,
  ...known({
    "perte totale au lieu de la moyenne": recorded("trainLoss", (value, { losses }) => isNear(value, sum(losses))),
    "perte après le pas": recorded("trainLoss", (value, { lossesAfter }) => isNear(value, mean(lossesAfter))),
    "perte du dernier exemple": recorded("trainLoss", (value, { losses }) => isNear(value, losses.at(-1)!)),
    "bonnes réponses au lieu de la part": recorded(
      "trainAccuracy",
      (value, { right }) => value > 1 && isShare(value, right, 1),
    ),
    "mesures d'entraînement après l'époque": [lossAtTheEnd, accuracyAtTheEnd],
  }),
];

/** The losses, or the accuracies, get better and never worse, though those of the path do. */
const bestSoFar: When = ({ received, sent }) => {
  const training = trainingOf(sent);
  const measures = pathOf(received, training).map((epoch) => measure(epoch, training.devData));
  const shareOf = (count: number): number => count / training.devData.labels.length;
  const lowestLoss = (epoch: number) => Math.min(...measures.slice(0, epoch + 1).map(({ loss }) => loss));
  const highestShare = (epoch: number) =>
    shareOf(Math.max(...measures.slice(0, epoch + 1).map(({ right }) => right.low)));
  const isSo = (name: string, wanted: (epoch: number) => number) =>
    measures.some((_, i) => wanted(i) !== wanted(0)) &&
    measures.every((_, i) => isNear(numbersIn(field(recordAt(received, i), name))?.data[0] ?? Number.NaN, wanted(i)));
  return measures.length > 0 && (isSo("devLoss", lowestLoss) || isSo("devAccuracy", highestShare));
};

export const devMeasureMistakes: readonly Explanation[] = [
  ...pathMistakes,
  ...known({
    "mesures de développement sur l'entraînement": both(
      recorded("devLoss", (value, epoch, { trainData }) => isNear(value, measure(epoch, trainData).loss)),
      recorded("devAccuracy", (value, epoch, { trainData }) =>
        isShare(value, measure(epoch, trainData).right, trainData.labels.length),
      ),
    ),
    "meilleure mesure au lieu de celle de l'époque": both(
      ({ received, sent }) => endsAs(received, pathOf(received, trainingOf(sent))),
      bestSoFar,
    ),
    "mesures de développement avant l'époque": recorded("devLoss", (value, { start }, { devData }) =>
      isNear(value, measure(start, devData).loss),
    ),
  }),
];
