// Hidden tests of trainLinear: on so few examples that every order of visiting them can be followed.
import { type Dataset, type RandomGenerator, selectExamples } from "retroprop";
import type { Expect } from "../../../judge/expect.js";
import { hiddenExercise } from "../../../judge/spec.js";
import type { Student, Value } from "../../../judge/student.js";
import * as tp1 from "../exercises.js";
import { drawClouds, runTrainings, type Training } from "../training.js";
import { epochsFromZero } from "./linear-paths.js";
import { areMadeTogether, countUsed, isMadeOfSteps } from "./made-of-steps.js";
import { drawTangle } from "./tangle.js";
import { tellingTrainings } from "./telling-trainings.js";
import {
  bestMistakes,
  epochMistakes,
  historyMistakes,
  sameSeedMistakes,
  seedMistakes,
  shuffleMistakes,
} from "./train-mistakes.js";
import {
  countOrders,
  hasOneOrder,
  isExplained,
  isInFileOrder,
  isOneEpoch,
  pathsThrough,
  repeatsOrder,
  shareOrder,
} from "./train-paths.js";
import { accuracyRange, isAccuracyOf, readRun, type TrainedRun } from "./trained-run.js";

interface DrawOptions {
  readonly learningRate?: number;
  readonly labels?: readonly number[];
  readonly devSize?: number;
}

/**
 * W = 0 gives every example the first class, which none of devData has, and one epoch does better in whatever order: nobody
 * is right to return the start.
 */
function draw(random: RandomGenerator, epochs: number, options: DrawOptions = {}): Training {
  const { learningRate = 0.5, labels = [0, 1, 2, 0], devSize = 6 } = options;
  for (;;) {
    const [trainData, devData] = [drawTangle(random, labels), drawClouds(random, devSize, 1, [1, 2])];
    if (!alwaysLearns(trainData, devData, learningRate)) continue;
    return { trainData, devData, epochs, learningRate, seed: random.integer(2 ** 31), withOnEpoch: true };
  }
}

/** Where the order is all that is looked at, devData has one example under each label: the accuracy is always a third. */
function drawForOrder(random: RandomGenerator, epochs: number): Training {
  const trainData = drawTangle(random, [0, 1, 2, 0]);
  const devData = { ...selectExamples(trainData, [0, 0, 0]), labels: Uint8Array.of(0, 1, 2) };
  return { trainData, devData, epochs, learningRate: 0.5, seed: random.integer(2 ** 31), withOnEpoch: true };
}

/** Whether one epoch from zero gets an example of devData right, whatever its order. */
function alwaysLearns(trainData: Dataset, devData: Dataset, learningRate: number): boolean {
  return epochsFromZero(trainData, learningRate).every((epoch) => accuracyRange(epoch, devData).low > 0);
}

interface Trained {
  readonly training: Training;
  readonly run: TrainedRun;
}

async function* runAndRead(
  student: Student,
  expect: Expect,
  trainings: readonly Training[],
): AsyncGenerator<Trained, void> {
  for await (const { asked: training, run: value } of runTrainings(student, trainings)) {
    const run = readRun(expect, value);
    const isWhole = () => run.history.length === training.epochs;
    expect(lossesOf(run), "history").toSatisfy(isWhole, "L'historique n'a pas une ligne par époque demandée.");
    yield { training, run };
  }
}

export const train = hiddenExercise(tp1.train, ({ test }) => {
  test("Une époque part de W = 0 et b = 0 et fait un pas sur chaque exemple, une fois.", {
    points: 0.25,
    explain: epochMistakes,
    hint: "Vérifiez d'abord sgdStep ; puis que chaque exemple sert exactement une fois.",
  }, async ({ student, drawOnce, expect }) => {
    // A class may be missing from the examples: it has its row in W all the same. And devData may be the smaller one.
    const trainings = drawOnce((random) => [
      draw(random, 1),
      draw(random, 1, { learningRate: 0.2, labels: [0, 1, 1, 0], devSize: 2 }),
      draw(random, 1, { labels: [1, 0, 2] }), // an odd one, for who takes them two by two
    ]);
    for await (const { training, run } of runAndRead(student, expect, trainings)) {
      const failure = "Après une époque, W et b ne sont pas ceux que donne un pas sur chaque exemple.";
      expect(listOf(run.b), "b").toSatisfy(() => isOneEpoch(run, training), failure);
    }
  });

  test("L'historique donne la perte moyenne d'avant les pas et l'exactitude sur devData.", {
    points: 0.25,
    explain: historyMistakes,
    hint: "trainLoss est la moyenne de ce que rend sgdStep ; devAccuracy se mesure à la fin de l'époque.",
  }, async ({ student, drawOnce, expect }) => {
    // In the others the accuracy also falls: the best so far is then not that of the epoch.
    const trainings = drawOnce((random) => {
      return [draw(random, 3), ...tellingTrainings(random).map((training) => ({ ...training, epochs: 5 }))];
    });
    for await (const { training, run } of runAndRead(student, expect, trainings)) {
      const { history } = run;
      expect(history.length, "history").toBe(training.epochs);
      const isToldEach = () => run.told === training.epochs;
      expect(run.told, "onEpoch").toSatisfy(isToldEach, "onEpoch n'est pas appelé à chaque époque.");
      const accuracies = history.map(({ devAccuracy }) => devAccuracy);
      const paths = pathsThrough(training, history);
      const isMeanLoss = () => paths.length > 0;
      expect(lossesOf(run), "trainLoss").toSatisfy(
        isMeanLoss,
        "trainLoss n'est pas la perte moyenne d'époques au pas exact : vérifiez les pas, puis la moyenne.",
      );
      const isMeasured = () =>
        paths.some((path) => path.every((epoch, i) => isAccuracyOf(accuracies[i]!, epoch, training.devData)));
      const failure = "devAccuracy n'est pas l'exactitude sur devData en fin d'époque.";
      expect(listOf(accuracies), "devAccuracy").toSatisfy(isMeasured, failure);
    }
  });

  test("Le même générateur donne le même entraînement.", {
    points: 0.25,
    explain: sameSeedMistakes,
    hint: "Tout le hasard doit venir de options.random.",
  }, async ({ student, drawOnce, expect }) => {
    const training = drawOnce((random) => drawForOrder(random, 3));
    const [first, second] = await runAll(student, expect, [training, training]);
    const isSame = () => JSON.stringify(second!.history) === JSON.stringify(first!.history);
    expect(lossesOf(second!), "trainLoss").toSatisfy(isSame, "Une même graine donne deux historiques.");
    expectSteps(expect, second!, training);
  });

  test("Deux générateurs donnent deux entraînements.", {
    points: 0.25,
    explain: seedMistakes,
    hint: "L'ordre des exemples doit venir de options.random.",
  }, async ({ student, drawOnce, expect }) => {
    // Three runs of a right answer are the same by chance once in 24⁴.
    const trainings = drawOnce((random) => withSeeds(3, drawForOrder(random, 2)));
    const runs = await runAll(student, expect, trainings);
    const differ = () => new Set(runs.map(({ history }) => JSON.stringify(history))).size > 1;
    expect(lossesOf(runs[2]!), "trainLoss").toSatisfy(differ, "Trois graines donnent le même entraînement.");
    expectSteps(expect, runs[2]!, trainings[2]!);
  });

  test("L'ordre des exemples change à chaque époque.", {
    points: 0.25,
    explain: shuffleMistakes,
    hint: "Une nouvelle permutation au début de chaque époque.",
  }, async ({ student, drawOnce, expect }) => {
    const training = drawOnce((random) => drawForOrder(random, 5));
    const runs = await runAll(student, expect, withSeeds(5, training));
    const paths = runs.map(({ history }) => pathsThrough(training, history));
    const last = lossesOf(runs[4]!);
    expectSteps(expect, runs[4]!, training);
    // A run keeps its order by chance once in 24³; two do not.
    const isShuffled = () => paths.filter(hasOneOrder).length < 2;
    expect(last, "trainLoss").toSatisfy(isShuffled, "Toutes les époques suivent le même ordre.");
    // Five runs have their order by chance once in 24⁵.
    const isShuffledAtEach = () => [0, 1, 2, 3].every((epoch) => !paths.every((one) => isInFileOrder(one, epoch)));
    expect(last, "trainLoss").toSatisfy(isShuffledAtEach, "Une des époques suit toujours l'ordre du fichier.");
    // Of two epochs of a run one in twelve by chance; of two pairs of them, in five runs, less than once in 10⁹.
    const pairs = [0, 1, 2].flatMap((earlier) => [1, 2, 3].map((later) => [earlier, later] as const));
    const repeated = pairs.filter(([a, b]) => a < b && paths.every((one) => repeatsOrder(one, a, b)));
    const areAnew = () => repeated.length < 2;
    expect(last, "trainLoss").toSatisfy(areAnew, "Des époques reprennent toujours l'ordre d'une autre.");
    // Five runs have the same order once in 24⁴, at two epochs less than once in 10¹⁰.
    const fixed = [0, 1, 2, 3].filter((epoch) => shareOrder(paths, epoch));
    const followSeeds = () => fixed.length < 2;
    expect(last, "trainLoss").toSatisfy(
      followSeeds,
      "Des époques ont toujours le même ordre, quelle que soit la graine.",
    );
    // There are six exchanges of two examples; twenty draws of 24 orders give as few less than once in 10⁶.
    const areVaried = () => paths.some((one) => one.length === 0) || countOrders(paths) > 6;
    expect(last, "trainLoss").toSatisfy(areVaried, "Ce sont toujours les quelques mêmes ordres.");
  });

  test("Rend les paramètres de la meilleure époque sur devData, pas forcément la dernière.", {
    points: 0.5,
    explain: bestMistakes,
    hint: "Avec un grand pas, la dernière époque est rarement la meilleure.",
  }, async ({ student, drawOnce, expect }) => {
    for await (const { training, run } of runAndRead(student, expect, drawOnce(tellingTrainings))) {
      const best = Math.max(...run.history.map(({ devAccuracy }) => devAccuracy));
      const isBest = () => isAccuracyOf(best, run, training.devData);
      const failure = "L'exactitude de W et b n'est pas la meilleure de l'historique.";
      expect(accuracyRange(run, training.devData).low, "l'exactitude de W et b").toSatisfy(
        isBest,
        failure,
        String(best),
      );
      if (best > 0) expectMoved(expect, run);
      expectSteps(expect, run, training);
      const areOfOneEpoch = () => areMadeTogether(run, training.trainData);
      expect(listOf(run.b), "b").toSatisfy(areOfOneEpoch, "W et b ne sont pas ceux d'une même époque.");
    }
  });
});

/** Scores that are all equal may count as right or as wrong: the start is told apart by itself. */
function expectMoved(expect: Expect, { W }: TrainedRun): void {
  expect(listOf(W), "W").toSatisfy(() => W.some((weight) => weight !== 0), "W est resté nul.");
}

/** Where no epoch does better on devData than the start, W is rightly zero: then the losses show that there were steps. */
function expectSteps(expect: Expect, run: TrainedRun, training: Training): void {
  if (run.W.every((weight) => weight === 0)) {
    const isTrained = () => isExplained(training, run.history);
    const failure = "W est resté nul, et la perte n'est celle d'aucune suite de pas sur les exemples de trainData.";
    expect(lossesOf(run), "trainLoss").toSatisfy(isTrained, failure);
    return;
  }
  const isLearnt = () => isMadeOfSteps(run, training.trainData) && countUsed(run, training.trainData) > 1;
  expect(listOf(run.W), "W").toSatisfy(isLearnt, "W n'est pas fait de pas sur les exemples de trainData.");
}

/** What the last gave is what the test looks at. */
async function runAll(
  student: Student,
  expect: Expect,
  trainings: readonly Training[],
): Promise<readonly TrainedRun[]> {
  const runs: TrainedRun[] = [];
  for await (const { run } of runAndRead(student, expect, trainings)) runs.push(run);
  return runs;
}

const withSeeds = (count: number, training: Training): Training[] =>
  Array.from({ length: count }, (_, offset) => ({ ...training, seed: training.seed + offset }));

const lossesOf = ({ history }: TrainedRun): Value => listOf(history.map(({ trainLoss }) => trainLoss));

/** Numbers as evidence for staff. */
const listOf = (numbers: Iterable<number>): Value => ({ kind: "list", items: [...numbers] });
