// Hidden tests of nll and its gradient: any logits, every class, logits far from zero, any g.
import {
  array,
  backwardNll as backwardReference,
  type NdArray,
  type RandomGenerator,
  nll as reference,
  softmax,
  zeros,
} from "retroprop";
import type { Tolerance } from "../../../judge/closeness.js";
import { type Explanation, gave, gaveNonFinite } from "../../../judge/explain.js";
import type { Comparable } from "../../../judge/numbers.js";
import { hiddenExercise } from "../../../judge/spec.js";
import * as tp1 from "../exercises.js";
import { known } from "../messages.fr.js";
import { changedArgument } from "../recognise.js";
import { double } from "./double.js";
import { expectKeptResult, keptResultMistakes } from "./kept-results.js";

type When = Explanation["when"];
type Case = readonly [x: NdArray, gold: number];

const probability = (x: NdArray, gold: number): number => softmax(double(x)).at(gold);
/** What the formula gives for a class that is not `gold`. */
const ofOtherClass =
  <Rest extends readonly unknown[]>(formula: (x: NdArray, gold: number, ...rest: Rest) => Comparable): When =>
  (observed) => {
    const [x, gold] = observed.sent as readonly unknown[] as Case;
    const others = Array.from(x.data.keys()).filter((other) => other !== gold);
    const ofOther = (other: number) => gave((_x: NdArray, _gold: number, ...rest: Rest) => formula(x, other, ...rest));
    return others.some((other) => ofOther(other)(observed));
  };

const oneHot = (x: NdArray, gold: number): NdArray => {
  const result = zeros(x.shape, { dtype: "float64" });
  result.set([gold], 1);
  return result;
};

const loss = (x: NdArray, gold: number): number => reference(double(x), gold);

/** Where gold is the largest, the loss of other mistakes is 0 as well. */
const countsLargestOnly: When = (observed) => {
  const [x, gold] = observed.sent as readonly unknown[] as Case;
  return x.argmax() !== gold && gave(() => double(x).max() - double(x).at(gold))(observed);
};

/** Large, and yet below what is right. */
const isBounded: When = ({ received, sent }) =>
  Number(received) > 4 && Number(received) < loss(...(sent as readonly unknown[] as Case));

/** Zero is also what a guard against infinity gives. */
const isNotZero: When = ({ received }) => received !== 0;

/** Of logits that are all equal, many a formula gives the same. */
const areEqual: When = ({ sent }) => {
  const [x] = sent as readonly unknown[] as Case;
  return x.max() === -x.neg().max();
};

/** A loss near zero is near many others. */
const isOfSomeSize: When = ({ sent }) => loss(...(sent as readonly unknown[] as Case)) > 0.01;

const inBase2Or10: When = (observed) =>
  [Math.LN2, Math.LN10].some((base) => gave((x: NdArray, gold: number) => reference(double(x), gold) / base)(observed));

const valueMistakes = known({
  "perte d'une autre classe": (observed) => isNotZero(observed) && ofOtherClass(loss)(observed),
  "perte divisée par le nombre de classes": gave((x: NdArray, gold: number) => loss(x, gold) / x.size),
  "perte sans logarithme": (observed) =>
    !areEqual(observed) && gave((x: NdArray, gold: number) => 1 - probability(x, gold))(observed),
  "probabilité au lieu de la perte": (observed) => isNotZero(observed) && gave(probability)(observed),
  "signe de la perte": gave((x: NdArray, gold: number) => -reference(double(x), gold)),
  "maximum non rajouté": gave((x: NdArray, gold: number) => reference(double(x), gold) - double(x).max()),
  "plus grand logit seul": countsLargestOnly,
  "moyenne au lieu de la somme": gave((x: NdArray, gold: number) => reference(double(x), gold) - Math.log(x.size)),
  "logarithme en base 2 ou 10": (observed) => isOfSomeSize(observed) && inBase2Or10(observed),
  "bonne classe ignorée": gave((x: NdArray, gold: number) => reference(double(x), gold) + double(x).at(gold)),
});

/** Logits near 10 000 have three digits left after the point in single precision: so has what is computed from them. */
const roundingOf = (x: NdArray): Tolerance => ({ absolute: 1e-5 + 5e-7 * x.maximum(x.neg()).max() });

/** One class far above the others, or two that are equal; all far below zero; both ends at once. */
const extremes = (random: RandomGenerator): NdArray[] => [
  array([0, -9.9, -10.6]), // a loss of 0.0000750; the first, as it tells most mistakes apart
  array([1e4, 0, -5]),
  array([-1e4, 1e4, 0, 3]),
  random.normal([4]).add(-1e4),
  random.normal([4]).add(1e4),
  array([9, 1000, 80]),
  array([0, 300, 300]), // a loss of 300 + ln 2
];

/** The last class first: 0 is what `gold` becomes by many a mistake. */
const withEachClass = (logits: readonly NdArray[]): Case[] =>
  logits.flatMap((x) => Array.from(x.data, (_, gold): Case => [x, gold]).reverse());

export const nll = hiddenExercise(tp1.nll, ({ test }) => {
  test("Est juste pour des logits quelconques et pour chaque classe.", {
    points: 0.75,
    explain: valueMistakes,
    hint: "Comparez à -ln softmax(x)[gold], pour la première et la dernière classe aussi.",
  }, async ({ student, random, expect }) => {
    const cases = withEachClass([10, 4, 2, 1].map((size) => random.normal([size], { scale: 2 })));
    for await (const { sent, result } of student.callEach("nll", cases)) {
      const [x, gold] = sent;
      expect(result).toBeCloseTo(reference(double(x), gold));
    }
  });

  test("Reste juste quand les logits sont très grands ou très petits.", {
    points: 0.5,
    explain: [
      ...known({ "logarithme d'une probabilité nulle": gaveNonFinite }),
      ...valueMistakes,
      ...known({ "epsilon dans le logarithme": isBounded }),
    ],
    hint: "Aucun exposant ne doit être positif, et la perte peut dépasser 10 000.",
  }, async ({ student, random, expect }) => {
    for await (const { sent, result } of student.callEach("nll", withEachClass(extremes(random)))) {
      const [x, gold] = sent;
      expect(result).toBeCloseTo(reference(double(x), gold), roundingOf(x));
    }
  });

  test("Ne change pas ses logits.", {
    points: 0.25,
    explain: [...known({ "logits modifiés sur place": changedArgument(0) }), ...valueMistakes],
  }, async ({ student, random, expect }) => {
    const x = random.normal([5]);
    const gold = x.neg().argmax(); // not the class that is predicted
    const { result, args } = await student.callAndReturnArguments("nll", x, gold);
    expect(args[0], "x").toBeUnchanged(x);
    expect(result).toBeCloseTo(loss(x, gold));
  });
});

const gradient = (x: NdArray, gold: number, g: number): NdArray => backwardReference(double(x), gold, g);

/** A gradient for g = 1, where g is 0. */
const takesZeroForOne: When = (observed) =>
  observed.sent[2] === 0 && gave((x: NdArray, gold: number) => gradient(x, gold, 1))(observed);

const gradientMistakes = known({
  "logits modifiés sur place": changedArgument(0),
  "g nul remplacé": takesZeroForOne,
  "g ignoré": gave((x: NdArray, gold: number) => gradient(x, gold, 1)),
  "gradient d'une autre classe": ofOtherClass(gradient),
  "signe du gradient": gave((x: NdArray, gold: number, g: number) => gradient(x, gold, -g)),
  "-onehot seul": gave((x: NdArray, gold: number, g: number) => oneHot(x, gold).mul(-g)),
  "onehot oublié": gave((x: NdArray, _gold: number, g: number) => softmax(double(x)).mul(g)),
  "g appliqué à une partie du gradient": [
    gave((x: NdArray, gold: number, g: number) => softmax(double(x)).mul(g).sub(oneHot(x, gold))),
    gave((x: NdArray, gold: number, g: number) => softmax(double(x)).sub(oneHot(x, gold).mul(g))),
  ],
  "gradient divisé par le nombre de classes": gave((x: NdArray, gold: number, g: number) =>
    gradient(x, gold, g / x.size),
  ),
  "gradient de la probabilité": gave((x: NdArray, gold: number, g: number) =>
    gradient(x, gold, -g * probability(x, gold)),
  ),
  "softmax appliquée deux fois": gave((x: NdArray, gold: number, g: number) => gradient(softmax(double(x)), gold, g)),
});

const withUnitG = ([x, gold]: Case) => [x, gold, 1] as const;

export const backwardNll = hiddenExercise(tp1.backwardNll, ({ test }) => {
  test("Est juste pour des logits quelconques et pour chaque classe.", {
    points: 0.75,
    explain: gradientMistakes,
    hint: "gradientCheck(nll, backwardNll, [x, gold]) le vérifie ; essayez la première et la dernière classe.",
  }, async ({ student, random, expect }) => {
    const cases = withEachClass([10, 4, 2].map((size) => random.normal([size], { scale: 2 })));
    for await (const { sent, result } of student.callEach("backwardNll", cases.map(withUnitG))) {
      expect(result).toBeCloseTo(gradient(...sent));
    }
  });

  test("Reste juste quand les logits sont très grands ou très petits.", {
    points: 0.5,
    explain: [...known({ "softmax sans décalage": gaveNonFinite }), ...gradientMistakes],
    hint: "Aucun exposant ne doit être positif.",
  }, async ({ student, random, expect }) => {
    const cases = withEachClass(extremes(random)).filter(([x, gold]) => gold === 0 || gold === x.size - 1);
    for await (const { sent, result } of student.callEach("backwardNll", cases.map(withUnitG))) {
      const [x] = sent;
      expect(result).toBeCloseTo(gradient(...sent), { absolute: 1e-5 + 6e-8 * x.maximum(x.neg()).max() });
    }
  });

  test("Est proportionnel à g, positif, négatif ou nul, et ne change pas ses logits.", {
    points: 0.5,
    explain: [...gradientMistakes, ...keptResultMistakes],
    hint: "g multiplie tout le gradient ; un appel ne change pas le résultat du précédent.",
  }, async ({ student, random, expect }) => {
    const x = random.normal([6]);
    const gold = x.neg().argmax(); // not the class that is predicted
    const cases = [2.5, -1, 0.125, 0].map((g) => [x, gold, g] as const);
    for await (const { sent, result, args } of student.callEach("backwardNll", cases)) {
      expect(args[0], "x").toBeUnchanged(x);
      expect(result).toBeCloseTo(gradient(...sent));
      expect(result).toSumTo(0);
    }
    await expectKeptResult(expect, student, "backwardNll", [x, 2, 1], [random.normal([6]), 0, -3]);
  });
});
