// Hidden tests of trainingLoop: each step exactly, each measure at its moment, and an order that chance decides.

import type { Expect } from "../../../judge/expect.js";
import { type Explanation, field } from "../../../judge/explain.js";
import { numbersIn } from "../../../judge/numbers.js";
import { sameValue } from "../../../judge/same-value.js";
import { hiddenExercise } from "../../../judge/spec.js";
import type { Student, Value } from "../../../judge/student.js";
import * as tp2 from "../exercises.js";
import { known } from "../messages-b.fr.js";
import {
  drawEasyTraining,
  drawTraining,
  epochsOf,
  listIn,
  loopProblems,
  runTraining,
  runTrainings,
  type Training,
  trainingOf,
  visitsEachOnce,
} from "../visible/run-training.js";
import {
  devMeasureMistakes,
  endsAs,
  isNear,
  isShare,
  pathMistakes,
  pathOf,
  records,
  trainMeasureMistakes,
} from "./training-mistakes.js";
import { mean, measure } from "./training-path.js";

async function runAndVisit(student: Student, expect: Expect, training: Training): Promise<Value> {
  const run = await runTraining(student, training);
  expectVisits(expect, run, training);
  return run;
}

async function* runAndVisitEach(student: Student, expect: Expect, trainings: readonly Training[]) {
  for await (const { asked, run } of runTrainings(student, trainings)) {
    expectVisits(expect, run, asked);
    yield { training: asked, run };
  }
}

function expectVisits(expect: Expect, run: Value, training: Training): void {
  expect(field(run, "history"), "l'historique").toBeList(training.epochs);
  const isOnceEach = () => visitsEachOnce(run, training);
  const failure = "Une époque ne fait pas un pas, et un seul, sur chaque exemple d'entraînement.";
  expect(field(run, "order"), "les exemples visités").toSatisfy(isOnceEach, failure);
}

/** Of twelve examples: a shuffle leaves their order as it was once in 479 001 600 times. */
const orderMistakes: readonly Explanation[] = known({
  "ordre jamais mélangé": ({ received, sent }) =>
    visitsEachOnce(received, trainingOf(sent)) && ordersIn(received, sent).every(isAsGiven),
  "mélange une seule fois": ({ received, sent }) =>
    visitsEachOnce(received, trainingOf(sent)) && new Set(ordersIn(received, sent).map(String)).size === 1,
  "mélange partiel": [
    ({ received, sent }) =>
      visitsEachOnce(received, trainingOf(sent)) && new Set(ordersIn(received, sent).map(turned)).size === 1,
    ({ received, sent }) => visitsEachOnce(received, trainingOf(sent)) && keepsPlace(ordersIn(received, sent)),
  ],
  "générateur reçu ignoré": ({ received, sent }) =>
    isWholeRun(received, trainingOf(sent)) && areAllNew(ordersIn(received, sent)),
});

/** No two of them are the same, turned or reversed. */
const areAllNew = (orders: readonly (readonly number[])[]): boolean =>
  new Set(orders.map(turned)).size === orders.length;

/** Nothing is wrong with the run itself: it only differs from another, or does not. */
const isWholeRun = (run: Value, training: Training): boolean =>
  listIn(field(run, "history")).length === training.epochs && visitsEachOnce(run, training);

const isAsGiven = (order: readonly number[]): boolean => order.every((example, i) => example === i);

/** Examples in their own place, or next to the one they follow in the data: of a shuffle about one each. */
function isNearlyAsGiven(order: readonly number[]): boolean {
  const inPlace = order.filter((example, i) => example === i).length;
  const following = order.filter((example, i) => example === (order.at(i - 1)! + 1) % order.length).length;
  return Math.max(inPlace, following) > order.length / 2;
}

/** All examples of a class, then all of another: of 24 examples chance does so once in 10⁹ times. */
function isByClass(order: readonly number[], labels: Uint8Array): boolean {
  const changes = order.filter((example, i) => i > 0 && labels[example] !== labels[order[i - 1]!]).length;
  return changes < new Set(labels).size;
}

/** An example comes at its own place every time: of eight orders of twelve examples once in thirty million times. */
const keepsPlace = (orders: readonly (readonly number[])[]): boolean =>
  orders.length > 1 && orders[0]!.some((_, place) => orders.every((order) => order[place] === place));

/** An order read from its first example, one way or the other: the same for those it gives by turning or reversing it. */
function turned(order: readonly number[]): string {
  const fromFirst = (one: readonly number[]) => String([...one.slice(one.indexOf(0)), ...one.slice(0, one.indexOf(0))]);
  return [fromFirst(order), fromFirst(order.toReversed())].sort()[0]!;
}

const ordersIn = (run: Value, sent: readonly unknown[]): readonly (readonly number[])[] =>
  epochsOf(run, trainingOf(sent).trainData.labels.length);

export const trainingLoop = hiddenExercise(tp2.trainingLoop, ({ test }) => {
  test("Chaque pas est exact, du premier au dernier.", {
    points: 0.25,
    explain: pathMistakes,
    hint: "Regardez le deuxième pas : ne doit-il rien au gradient du premier ?",
  }, async ({ student, random, expect }) => {
    const trainings = [0.5, 0.1, 2].map((learningRate) => ({ ...drawTraining(random, 6, 3), learningRate }));
    for await (const { training, run } of runAndVisitEach(student, expect, trainings)) {
      const isExact = () => endsAs(run, pathOf(run, training));
      const failure = "W et b ne sont pas ceux que donne un pas de descente sur chaque exemple.";
      expect(field(run, "W"), "W").toSatisfy(isExact, failure);
    }
  });

  test("trainLoss et trainAccuracy sont les moyennes de l'époque, chaque exemple juste avant son pas.", {
    points: 0.25,
    explain: trainMeasureMistakes,
    hint: "Prenez la perte et la classe prédite avant optimizer.step().",
  }, async ({ student, random, expect }) => {
    const trainings = [drawTraining(random, 11, 3), { ...drawTraining(random, 14, 3, 3), learningRate: 2 }]; // large losses too
    for await (const { training, run } of runAndVisitEach(student, expect, trainings)) {
      expectTrainMeasures(expect, run, training);
    }
  });

  test("devLoss et devAccuracy se mesurent sur devData à la fin de l'époque.", {
    points: 0.25,
    explain: devMeasureMistakes,
    hint: "evaluateNetwork donne les deux.",
  }, async ({ student, random, expect }) => {
    // With larger steps the measures also get worse: the best so far are then not those of the epoch, which is told as well.
    const trainings = [
      drawTraining(random, 8, 3),
      { ...drawTraining(random, 6, 8, 3), learningRate: 2, withOnEpoch: true },
      drawEasyTraining(random),
    ];
    for await (const { training, run } of runAndVisitEach(student, expect, trainings)) {
      expectDevMeasures(expect, run, training);
      const isToldEach = () => training.withOnEpoch !== true || listIn(field(run, "calls")).length === training.epochs;
      expect(field(run, "calls"), "onEpoch").toSatisfy(isToldEach, "onEpoch n'est pas appelé à chaque époque.");
    }
  });

  test("Les exemples sont mélangés, et le même générateur donne le même entraînement.", {
    points: 0.25,
    explain: [
      ...loopProblems,
      ...orderMistakes.filter(({ mistake }) => mistake === "ordre jamais mélangé"),
      ...known({
        "mélange partiel": ({ received, sent }) =>
          visitsEachOnce(received, trainingOf(sent)) && ordersIn(received, sent).some(isNearlyAsGiven),
        "exemples triés par classe": ({ received, sent }) =>
          ordersIn(received, sent).some((order) => isByClass(order, trainingOf(sent).trainData.labels)),
        "Math.random": ({ received, sent }) => isWholeRun(received, trainingOf(sent)),
      }),
    ],
    hint: "Tout le hasard doit venir de options.random.",
  }, async ({ student, random, expect }) => {
    const training = drawTraining(random, 24, 2);
    const first = await runAndVisit(student, expect, training);
    const isShuffled = () => !epochsOf(first, 24).some(isAsGiven);
    expect(field(first, "order"), "l'ordre").toSatisfy(isShuffled, "Une époque suit l'ordre des données.");
    const isWellShuffled = () => !epochsOf(first, 24).some(isNearlyAsGiven);
    expect(field(first, "order"), "l'ordre").toSatisfy(isWellShuffled, "L'ordre est presque celui des données.");
    const isMixed = () => !epochsOf(first, 24).some((order) => isByClass(order, training.trainData.labels));
    expect(field(first, "order"), "l'ordre").toSatisfy(isMixed, "Une époque voit les exemples classe par classe.");
    const second = await runAndVisit(student, expect, training);
    const isSame = () => sameValue(field(first, "order"), field(second, "order"));
    expect(field(second, "order"), "l'ordre").toSatisfy(isSame, "Une même graine donne deux ordres.");
    expectMoved(expect, second, training);
  });

  test("L'ordre des exemples change à chaque époque, et d'un générateur à l'autre.", {
    points: 0.25,
    explain: [...loopProblems, ...orderMistakes],
    hint: "Une nouvelle permutation au début de chaque époque, tirée de options.random.",
  }, async ({ student, random, expect }) => {
    const training = drawTraining(random, 12, 4);
    const first = await runAndVisit(student, expect, training);
    const isNew = () => areAllNew(epochsOf(first, 12));
    expect(field(first, "order"), "l'ordre").toSatisfy(isNew, "Deux époques suivent le même ordre.");
    const second = await runAndVisit(student, expect, { ...training, seed: training.seed + 1 });
    const differs = () => !sameValue(field(first, "order"), field(second, "order"));
    expect(field(second, "order"), "l'ordre").toSatisfy(differs, "Deux graines donnent le même ordre.");
    const isFree = () => !keepsPlace([first, second].flatMap((run) => epochsOf(run, 12)));
    expect(field(second, "order"), "l'ordre").toSatisfy(isFree, "Un exemple garde sa place dans toutes les époques.");
    expectMoved(expect, second, training);
  });
});

/** An order in which nothing is learnt is none. */
function expectMoved(expect: Expect, run: Value, { W }: Training): void {
  const hasMoved = () => Array.from(numbersIn(field(run, "W"))?.data ?? []).some((value, i) => value !== W.data[i]);
  expect(field(run, "W"), "W").toSatisfy(hasMoved, "Les pas ne changent pas W.");
}

function expectTrainMeasures(expect: Expect, run: Value, training: Training): void {
  const path = pathOf(run, training);
  const isMean = () => records(run, "trainLoss", path, (value, { losses }) => isNear(value, mean(losses)));
  expect(field(run, "history"), "trainLoss").toSatisfy(
    isMean,
    "trainLoss n'est pas la perte moyenne d'une époque au pas exact.",
  );
  const size = training.trainData.labels.length;
  const isShareOf = () => records(run, "trainAccuracy", path, (value, { right }) => isShare(value, right, size));
  const failure = "trainAccuracy n'est pas la part des exemples bien classés pendant l'époque.";
  expect(field(run, "history"), "trainAccuracy").toSatisfy(isShareOf, failure);
}

function expectDevMeasures(expect: Expect, run: Value, training: Training): void {
  const { devData } = training;
  const path = pathOf(run, training);
  const isLoss = () => records(run, "devLoss", path, (value, epoch) => isNear(value, measure(epoch, devData).loss));
  expect(field(run, "history"), "devLoss").toSatisfy(
    isLoss,
    "devLoss n'est pas la perte moyenne sur devData après des pas exacts.",
  );
  const isAccuracy = () =>
    records(run, "devAccuracy", path, (value, epoch) => isShare(value, measure(epoch, devData).right, 9));
  const failure = "devAccuracy n'est pas l'exactitude sur devData.";
  expect(field(run, "history"), "devAccuracy").toSatisfy(isAccuracy, failure);
}
