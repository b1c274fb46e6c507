// Hidden tests of zeroInit, glorotInit and kaimingInit: bounds, law and generator, on matrices of several shapes.
import { array, full, type NdArray, type RandomGenerator } from "retroprop";
import type { Expect } from "../../../judge/expect.js";
import { type Explanation, field, part } from "../../../judge/explain.js";
import { numbersIn } from "../../../judge/numbers.js";
import { sameValue } from "../../../judge/same-value.js";
import { hiddenExercise } from "../../../judge/spec.js";
import type { Student, Value } from "../../../judge/student.js";
import * as tp2 from "../exercises.js";
import { known } from "../messages-b.fr.js";
import type { Scope } from "../scope.js";
import {
  areDrawnOneByOne,
  areIndependent,
  drawProblems,
  isZeroEverywhere,
  reaches,
  runInit,
  runInits,
  spreadOf,
  weightsIn,
  zeroProblems,
} from "../visible/run-init.js";
import { type Bound, expectSmallBounds, type Name } from "./small-bounds.js";

type When = Explanation["when"];

export const zeroInit = hiddenExercise(tp2.zeroInit, ({ test }) => {
  test("Met à zéro chaque élément, pour toutes les formes.", {
    points: 0.25,
    explain: zeroProblems,
    hint: "Essayez un tableau de plusieurs lignes, un vecteur, un tableau qui contient NaN.",
  }, async ({ student, random, expect }) => {
    const shapes = [[3, 5], [5, 3], [6], [1], [], [1, 1], [2, 3, 2], [11, 120]];
    const filled = shapes.map((shape) => ({ name: "zeroInit", W: drawEverySign(random, shape), seed: 0 }) as const);
    for await (const { asked, run } of runInits(student, filled)) {
      expect(field(run, "W"), "W").toBeCloseTo(full(asked.W.shape, 0));
      expect(field(run, "W"), "W").toSatisfy(isZeroEverywhere, "Les valeurs ne sont pas exactement nulles.");
    }
    const spoilt = array([Number.NaN, Number.POSITIVE_INFINITY, -2, Number.NEGATIVE_INFINITY, random.next()]);
    const run = await runInit(student, { name: "zeroInit", W: spoilt, seed: 0 });
    expect(field(run, "W"), "W").toSatisfy(isZeroEverywhere, "NaN ou l'infini n'ont pas été remplacés par 0.");
  });
});

const drawEverySign = (random: RandomGenerator, shape: readonly number[]): NdArray => {
  const W = random.normal(shape, { mean: 5 });
  W.data.forEach((weight, i, weights) => {
    if (i % 2 === 1) weights[i] = -weight;
  });
  return W;
};

const glorotBound: Bound = (dimOut, dimIn) => Math.sqrt(6 / (dimIn + dimOut));
const kaimingBound: Bound = (_, dimIn) => Math.sqrt(6 / dimIn);

/**
 * The weights reach up to what a formula gives for the shape that was sent. On the smallest matrices a bound with one too
 * many is that of another formula: nothing is said of them.
 */
const reachesBound =
  (bound: Bound): When =>
  (observed) => {
    const { W } = observed.sent[0] as { readonly W: NdArray };
    const [dimOut, dimIn] = W.shape as [number, number];
    return W.size > 2 && reaches(bound(dimOut, dimIn))(observed);
  };

const glorotMistakes: readonly Explanation[] = [
  ...drawProblems,
  ...known({
    "poids ramenés à la borne": (observed) => isScaledTo(glorotBound)(observed),
    "Kaiming au lieu de Glorot": [reachesBound(kaimingBound), reachesBound((dimOut) => Math.sqrt(6 / dimOut))],
    "produit des dimensions": reachesBound((dimOut, dimIn) => Math.sqrt(6 / (dimIn * dimOut))),
    "racine carrée oubliée": reachesBound((dimOut, dimIn) => 6 / (dimIn + dimOut)),
    "racine du numérateur seul": reachesBound((dimOut, dimIn) => Math.sqrt(6) / (dimIn + dimOut)),
    "écart-type pris pour la borne": reachesBound((dimOut, dimIn) => Math.sqrt(2 / (dimIn + dimOut))),
    "facteur 2 de la variance oublié": reachesBound((dimOut, dimIn) => Math.sqrt(3 / (dimIn + dimOut))),
    "une dimension comptée deux fois": [
      reachesBound((_, dimIn) => Math.sqrt(3 / dimIn)),
      reachesBound((dimOut) => Math.sqrt(3 / dimOut)),
    ],
  }),
];

const kaimingMistakes: readonly Explanation[] = [
  ...drawProblems,
  ...known({
    "poids ramenés à la borne": (observed) => isScaledTo(kaimingBound)(observed),
    "Kaiming avec fan-out": reachesBound((dimOut) => Math.sqrt(6 / dimOut)),
    "Glorot au lieu de Kaiming": reachesBound(glorotBound),
    "racine carrée oubliée": reachesBound((_, dimIn) => 6 / dimIn),
    "racine du numérateur seul": reachesBound((_, dimIn) => Math.sqrt(6) / dimIn),
    "écart-type pris pour la borne": reachesBound((_, dimIn) => Math.sqrt(2 / dimIn)),
    "facteur 2 de la variance oublié": reachesBound((_, dimIn) => Math.sqrt(3 / dimIn)),
  }),
];

/** The largest is the bound, to the last digits. */
const isScaledTo =
  (bound: Bound): When =>
  ({ received, sent }) => {
    const { lowest, highest } = spreadOf(weightsIn(received));
    const [dimOut, dimIn] = (sent[0] as { readonly W: NdArray }).W.shape as [number, number];
    return Math.abs(Math.max(-lowest, highest) / bound(dimOut, dimIn) - 1) < 1e-6;
  };

const generatorMistakes: readonly Explanation[] = known({
  "tableau renvoyé au lieu d'être rempli": ({ received }) =>
    isBlank(part(received, 0)) && numbersIn(part(received, 4)) !== undefined,
  "tableau réaffecté au lieu d'être rempli": ({ received }) => isBlank(part(received, 0)),
  "même valeur partout": ({ received }) => spreadOf(weightsOf(part(received, 0))).variance === 0,
  "Math.random": ({ received }) => !sameValue(part(received, 0), part(received, 2)),
  "mêmes poids au fil des appels": ({ received }) => {
    const count = countDifferent(part(received, 5));
    return count > 1 && count < following;
  },
  "générateur reçu ignoré": [
    ({ received }) => sameValue(part(received, 0), part(received, 1)),
    ({ received }) => sameValue(part(received, 0), part(received, 3)),
  ],
});

/** Arrays that one generator gives in as many calls. */
const following = 12;

const countDifferent = (arrays: Value): number =>
  new Set(Array.from({ length: following }, (_, i) => String(weightsOf(part(arrays, i))))).size;

const isBlank = (array: Value): boolean => Array.from(weightsOf(array)).every((weight) => weight === 0);

const weightsOf = (array: Value): ArrayLike<number> => weightsIn({ kind: "object", entries: new Map([["W", array]]) });

export const glorotInit = hiddenExercise(tp2.glorotInit, ({ test }) => {
  test("Les bornes sont justes pour des matrices de toutes les formes.", {
    points: 0.25,
    explain: glorotMistakes,
    hint: "La borne dépend du nombre d'entrées et du nombre de sorties, que W soit large ou haute.",
  }, async ({ student, random, expect }) => {
    await expectBounds(expect, student, random, "glorotInit", glorotBound);
  });

  test("Les poids suivent une loi uniforme.", {
    points: 0.25,
    explain: glorotMistakes,
    hint: "Chaque intervalle entre les deux bornes reçoit une part des poids égale à sa longueur.",
  }, async ({ student, random, expect }) => {
    await expectUniform(expect, student, random, "glorotInit", glorotBound);
  });

  test("Tout le hasard vient du générateur reçu.", {
    points: 0.25,
    explain: generatorMistakes,
    hint: "Le même générateur donne les mêmes poids, un autre en donne d'autres.",
  }, async ({ student, random, expect }) => {
    await expectOwnGenerator(expect, student, random, "glorotInit");
  });
});

export const kaimingInit = hiddenExercise(tp2.kaimingInit, ({ test }) => {
  test("Les bornes sont justes pour des matrices de toutes les formes.", {
    points: 0.25,
    explain: kaimingMistakes,
    hint: "La borne ne dépend que du nombre d'entrées, que W soit large ou haute.",
  }, async ({ student, random, expect }) => {
    await expectBounds(expect, student, random, "kaimingInit", kaimingBound);
  });

  test("Les poids suivent une loi uniforme.", {
    points: 0.25,
    explain: kaimingMistakes,
    hint: "Chaque intervalle entre les deux bornes reçoit une part des poids égale à sa longueur.",
  }, async ({ student, random, expect }) => {
    await expectUniform(expect, student, random, "kaimingInit", kaimingBound);
  });

  test("Tout le hasard vient du générateur reçu.", {
    points: 0.25,
    explain: generatorMistakes,
    hint: "Le même générateur donne les mêmes poids, un autre en donne d'autres.",
  }, async ({ student, random, expect }) => {
    await expectOwnGenerator(expect, student, random, "kaimingInit");
  });
});

const seedFrom = (random: RandomGenerator): number => random.integer(2 ** 31);

/** Before any look at how they are spread: of weights that come several times that would be chance. */
function expectOneByOne(expect: Expect, run: Value): void {
  const areOneByOne = () => areDrawnOneByOne(weightsIn(run));
  expect(field(run, "W"), "W").toSatisfy(areOneByOne, "Des poids reviennent plusieurs fois.");
}

async function expectBounds(
  expect: Expect,
  student: Student,
  random: RandomGenerator,
  name: Name,
  boundOf: Bound,
): Promise<void> {
  const shares: number[] = [];
  const shapes = [
    [80, 30],
    [25, 100],
    [50, 50],
    [1, 2500],
  ] as const;
  const blank = shapes.map((shape) => ({ name, W: full(shape, 9), seed: seedFrom(random) }));
  for await (const { asked, run } of runInits(student, blank)) {
    const [dimOut, dimIn] = asked.W.shape as [number, number];
    expectOneByOne(expect, run);
    const bound = boundOf(dimOut, dimIn);
    const { lowest, highest } = spreadOf(weightsIn(run));
    const isWithin = () => lowest >= -1.0001 * bound && highest <= 1.0001 * bound;
    expect(field(run, "W"), "W").toSatisfy(isWithin, "Des poids sont plus grands que la borne.");
    const reachesBoth = () => lowest < -0.98 * bound && highest > 0.98 * bound;
    expect(field(run, "W"), "W").toSatisfy(reachesBoth, "Les poids n'occupent pas tout l'intervalle.");
    shares.push(Math.max(-lowest, highest) / bound);
  }
  // The largest of thousands comes as near as that once in two hundred times.
  const areDrawn = () => shares.some((share) => Math.abs(share - 1) > 1e-6);
  const failure = "Le plus grand poids est toujours exactement à la borne.";
  expect({ kind: "list", items: shares }, "le plus grand poids sur la borne").toSatisfy(areDrawn, failure);
  await expectSmallBounds(expect, student, seedFrom(random), name, boundOf);
}

/** Six standard deviations away from the uniform law, at least, in mean, in variance or in a tenth of the interval. */
async function expectUniform(
  expect: Expect,
  student: Student,
  random: RandomGenerator,
  name: Name,
  boundOf: Bound,
): Promise<void> {
  const run = await runInit(student, { name, W: full([50, 144], 9), seed: seedFrom(random) });
  expectOneByOne(expect, run);
  const bound = boundOf(50, 144);
  const areFree = () => areIndependent(weightsIn(run), 144);
  expect(field(run, "W"), "W").toSatisfy(areFree, "Le signe d'un poids se devine d'après celui de ses voisins.");
  const { mean, variance } = spreadOf(weightsIn(run));
  expect(mean / bound, "la moyenne sur la borne").toBeCloseTo(0, { absolute: 0.045 });
  expect(variance / bound ** 2, "la variance sur le carré de la borne").toBeCloseTo(1 / 3, { absolute: 0.025 });
  const tenths = new Array<number>(10).fill(0);
  for (const weight of Array.from(weightsIn(run))) {
    const tenth = Math.min(9, Math.max(0, Math.floor(5 * (weight / bound + 1))));
    tenths[tenth] = (tenths[tenth] ?? 0) + 1 / 7200;
  }
  const isFlat = () => tenths.every((share) => Math.abs(share - 0.1) < 0.025);
  expect({ kind: "list", items: tenths }, "les dixièmes").toSatisfy(
    isFlat,
    "Les poids ne suivent pas une loi uniforme.",
  );
}

/**
 * Two arrays drawn one after the other, the first again from the same seed, one from another seed; what was returned. In
 * an order that cannot be guessed: who counts calls does not know which is which. Then a list of others that one generator
 * gives in as many calls.
 */
function runFourTimes(student: Student, name: Name, random: RandomGenerator): Promise<Value> {
  return student.evaluate(
    async ({ tp, lib }: Scope, { name, seed, order, following }) => {
      const init = tp[name as "glorotInit"];
      const arrays = [0, 1, 2, 3].map(() => lib.zeros([6, 5]));
      const one = new lib.RandomGenerator(seed);
      const generators = [one, one, new lib.RandomGenerator(seed), new lib.RandomGenerator(seed + 1)];
      let returned: unknown;
      for (const i of order) {
        const given = await init(arrays[i]!, generators[i]!);
        if (i === 0) returned = given;
      }
      const others = Array.from({ length: following }, () => lib.zeros([6, 5]));
      for (const other of others) await init(other, one);
      return [...arrays, returned, others];
    },
    { name, seed: seedFrom(random), order: drawOrder(random), following },
  );
}

/** Of four, the first before the second. */
function drawOrder(random: RandomGenerator): number[] {
  const order = Array.from(random.permutation(4));
  return order.indexOf(0) < order.indexOf(1) ? order : order.map((i) => [1, 0][i] ?? i);
}

async function expectOwnGenerator(
  expect: Expect,
  student: Student,
  random: RandomGenerator,
  name: Name,
): Promise<void> {
  const run = await runFourTimes(student, name, random);
  const [first, second, again, other, , others] = expect(run).toBeList(6);
  expect(again, "la même graine").toSatisfy(
    () => sameValue(first, again),
    "Le même générateur donne deux résultats différents.",
  );
  const differ = (one: Value) => () => !sameValue(first, one);
  expect(other, "une autre graine").toSatisfy(differ(other), "Deux générateurs donnent les mêmes poids.");
  expect(second, "le second tirage").toSatisfy(differ(second), "Deux tirages de suite donnent les mêmes poids.");
  const areNew = () => countDifferent(others) === following;
  expect(others, "les tirages suivants").toSatisfy(areNew, "Les mêmes poids reviennent d'un tirage à l'autre.");
}
