// Hidden tests of evaluate: made-up examples, each of which has one class clearly ahead.
import {
  affineTransform,
  type Dataset,
  type NdArray,
  type RandomGenerator,
  evaluate as reference,
  selectExamples,
  stack,
  zeros,
} from "retroprop";
import { isClose } from "../../../judge/closeness.js";
import { type Explanation, gave, gaveNonFinite } from "../../../judge/explain.js";
import { hiddenExercise } from "../../../judge/spec.js";
import type { Sent, Value } from "../../../judge/student.js";
import * as tp1 from "../exercises.js";
import { known } from "../messages.fr.js";

type When = Explanation["when"];

/** What evaluate gets. */
type Drawn = readonly [W: NdArray, b: NdArray, data: Sent & Dataset];

/** So far ahead is a class that has nearly all the probability, and that a few steps of training do not change. */
const clearLead = 3;

interface DrawOptions {
  readonly classes?: number;
  /** Added to every score. */
  readonly shift?: number;
  /** How far the highest score is ahead of the others, at least: no rounding may turn the order. */
  readonly lead?: number;
}

/**
 * `right` of `size` examples have the label that W and b give them, which is each class in turn. Every class looks at a
 * feature of its own more than at others: none is hardly ever ahead.
 */
function draw(random: RandomGenerator, size: number, right: number, options: DrawOptions = {}): Drawn {
  const { classes = 4, shift = 0, lead = 1e-2 } = options;
  const [W, b] = [random.normal([classes, classes + 1]), random.normal([classes])];
  for (let k = 0; k < classes; k++) {
    W.set([k, k], 3);
    b.set([k], b.at(k) + shift + (k % 2) * 8); // far from what W x gives alone
  }
  const inputs = zeros([size, classes + 1]);
  const labels = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const predicted = i % classes;
    inputs.row(i).copy_(drawExample(random, W, b, { predicted, shift, lead }));
    labels[i] = (predicted + (i < right ? 0 : 1 + random.integer(classes - 1))) % classes;
  }
  const classNames = Array.from({ length: classes }, (_, i) => `classe ${i}`);
  return [W, b, { ...selectExamples({ inputs, labels, classNames }, drawOrder(random, size)) }];
}

/** The highest score is that of `predicted`, and positive before the shift: negative ones have a test of their own. */
function drawExample(
  random: RandomGenerator,
  W: NdArray,
  b: NdArray,
  { predicted, shift, lead }: { readonly predicted: number; readonly shift: number; readonly lead: number },
): NdArray {
  for (;;) {
    const x = random.normal([W.shape[1]!], { mean: 1, scale: 3 });
    const scores = affineTransform(W, b, x);
    if (scores.argmax() === predicted && scores.max() > shift && leadOf(scores) > lead) return x;
  }
}

/** How far the highest score is ahead of the second. */
function leadOf(scores: NdArray): number {
  const [first, second] = [...scores.data].sort((a, b) => b - a);
  return first! - second!;
}

/**
 * The first and the last are right and the second is wrong, where some are: who leaves out an end, or stops at the first
 * error, is as far off whatever was drawn.
 */
function drawOrder(random: RandomGenerator, size: number): readonly number[] {
  const others = Array.from(random.permutation(size - 3), (i) => i + 2);
  return [0, size - 1, ...others, 1];
}

/** One example, so clear that other rules get it right as well: that it is alone is all there is to see. */
function drawAlone(random: RandomGenerator, isRight: boolean): Drawn {
  for (;;) {
    const [W, b, x] = [random.normal([4, 3]), random.normal([4], { scale: 0.1 }), random.normal([3], { scale: 3 })];
    x.sub_(x.mean());
    const scores = affineTransform(W, b, x);
    const predicted = scores.argmax();
    const isClear = leadOf(scores) > clearLead && scores.max() > scores.neg().max();
    if (!isClear || predicted === 0 || predicted === 3) continue;
    const label = isRight ? predicted : scores.neg().argmax();
    return [W, b, { inputs: x.reshape([1, 3]), labels: Uint8Array.of(label), classNames: ["a", "b", "c", "d"] }];
  }
}

/** The same examples for other parameters: each score goes to the next class. */
function withOtherParameters([W, b, data]: Drawn): Drawn {
  const rowsOf = (one: NdArray) => Array.from({ length: one.shape[0]! }, (_, i) => one.rows(i, i + 1));
  const turned = (one: NdArray) => {
    const [first, ...others] = rowsOf(one);
    return stack([...others, first!]).reshape(one.shape);
  };
  return [turned(W), turned(b), data];
}

/** With W = 0 all scores are equal: argmax gives the first class, a search of one's own may give the last. */
const untrained = ([W, b, data]: Drawn): Drawn => [zeros(W.shape), zeros(b.shape), data];

const isTied = ([W, b]: Drawn): boolean => [W, b].every((one) => one.data.every((value) => value === 0));

const shareOf = (wanted: number, { labels }: Dataset): number =>
  labels.filter((label) => label === wanted).length / labels.length;

const givesOneClass =
  (data: Dataset) =>
  (received: Value): boolean =>
    [0, data.classNames.length - 1].some((label) => isClose(received, shareOf(label, data)));

const accuracy = (W: NdArray, b: NdArray, data: Dataset): number => reference(W, b, data);

const shareOfFirstClass = (_W: NdArray, _b: NdArray, data: Dataset): number => shareOf(0, data);

/** What a mistake gives, where that is not what is right as well. */
const gives =
  (formula: (...drawn: Drawn) => number): When =>
  (observed) =>
    !gave(accuracy)(observed) && gave(formula)(observed);

const givesNone: When = (observed) => !isTied(observed.sent as unknown as Drawn) && gives(() => 0)(observed);

/** Of few examples too many other mistakes give the same. */
const ofMany =
  (sign: When): When =>
  (observed) =>
    (observed.sent as unknown as Drawn)[2].labels.length > 100 && sign(observed);

/** Near enough to what it would be before any rounding. */
const givesPercentage: When = ({ received, sent }) =>
  Number(received) > 1 && isClose(received, 100 * accuracy(...(sent as unknown as Drawn)), { absolute: 0.5 });

/** Only the classes from `first` to `end` are compared. */
function accuracyAmong([first, end]: readonly [number, number], [W, b, data]: Drawn): number {
  const lowered = b.clone();
  lowered.data.fill(-1e9, 0, first);
  lowered.data.fill(-1e9, end);
  return accuracy(W, lowered, data);
}

/** The first, the last, or those after the tenth or the ninth are left out. */
const leavesOutClasses: When = (observed) => {
  const count = (observed.sent[0] as NdArray).shape[0]!;
  const compared = [[1, count] as const, ...[count - 1, 10, 9].map((end) => [0, Math.min(end, count)] as const)];
  return compared.some((range) => gives((...drawn) => accuracyAmong(range, drawn))(observed));
};

const mistakes = known({
  "ex æquo tous comptés justes": ({ received, sent }) => isTied(sent as unknown as Drawn) && isClose(received, 1),
  "aucune bonne réponse": givesNone,
  "nombre au lieu de la part": gives((W, b, data) => accuracy(W, b, data) * data.labels.length),
  pourcentage: givesPercentage,
  "taux d'erreur": gives((W, b, data) => 1 - accuracy(W, b, data)),
  "plus petit score": gives((W, b, data) => accuracy(W.neg(), b.neg(), data)),
  "classe jamais prédite": ofMany(leavesOutClasses),
  "biais oublié": ofMany(gives((W, b, data) => accuracy(W, b.mul(0), data))),
  "division par le nombre de classes": gives(
    (W, b, data) => (accuracy(W, b, data) * data.labels.length) / data.classNames.length,
  ),
});

const sendsHighScores: When = ({ sent }) => (sent[1] as NdArray).max() > 500;

/** Of maxima that start from 0, and of exponentials that overflow: every example then has the first class. */
const highMistakes: readonly Explanation[] = known({
  "scores trop grands pour une exponentielle": (observed) =>
    sendsHighScores(observed) && [gave(shareOfFirstClass), gave(() => 0)].some((when) => when(observed)),
  "maximum initialisé à 0": (observed) => !sendsHighScores(observed) && gave(shareOfFirstClass)(observed),
});

export const evaluate = hiddenExercise(tp1.evaluate, ({ test }) => {
  test("Est juste sur des jeux de toutes les tailles.", {
    points: 0.5,
    explain: mistakes,
    hint: "Comptez les bonnes réponses à la main sur trois exemples.",
  }, async ({ student, drawOnce, expect }) => {
    // The largest first: of many examples hardly two mistakes give the same.
    const sizes = [
      [130, 77],
      [40, 23],
      [7, 5],
      [9, 9],
      [13, 0],
      [12, 4],
    ] as const;
    const cases = drawOnce((random) => {
      const drawn = sizes.map(([size, right]) => draw(random, size, right));
      const [all] = drawn.filter(([W, b, data]) => accuracy(W, b, data) === 1);
      const manyClasses = draw(random, 108, 108, { classes: 12, lead: clearLead });
      return [...drawn, withOtherParameters(all!), manyClasses, untrained(drawn[1]!)];
    });
    for await (const { sent, result, args } of student.callEach("evaluate", cases)) {
      const failure = "À scores égaux, la prédiction n'est pas une seule et même classe.";
      if (isTied(sent)) expect(result).toSatisfy(givesOneClass(sent[2]), failure);
      else expect(result).toBeCloseTo(accuracy(...sent));
      for (const [i, name] of ["W", "b", "data"].entries()) expect(args[i], name).toBeUnchanged(sent[i]);
    }
  });

  test("Est juste sur un seul exemple.", {
    points: 0.25,
    explain: [...known({ "division de trop": [gaveNonFinite, givesNone] }), ...mistakes],
    hint: "Sur un seul exemple, l'exactitude vaut 0 ou 1.",
  }, async ({ student, drawOnce, expect }) => {
    const cases = drawOnce((random) => [true, false].map((isRight) => drawAlone(random, isRight)));
    for await (const { sent, result } of student.callEach("evaluate", cases)) {
      expect(result).toBeCloseTo(accuracy(...sent));
    }
  });

  test("Trouve le plus grand score, que tous soient très négatifs ou très grands.", {
    points: 0.25,
    explain: [...highMistakes, ...mistakes],
    hint: "Le plus grand score peut être négatif, et sa place suffit.",
  }, async ({ student, drawOnce, expect }) => {
    const cases = drawOnce((random) =>
      [1000, -100, -5000].map((shift) => draw(random, 30, 20, { shift, lead: clearLead })),
    );
    for await (const { sent, result } of student.callEach("evaluate", cases)) {
      expect(result).toBeCloseTo(accuracy(...sent));
    }
  });
});
