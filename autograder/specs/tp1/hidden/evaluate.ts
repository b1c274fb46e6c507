// Hidden tests of evaluate: made-up examples, each of which has one class clearly ahead.
import {
  affineTransform,
  type Dataset,
  type NdArray,
  type RandomGenerator,
  evaluate as reference,
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

/** `right` of `size` examples have the label that W and b give them; `shift` is added to every score. */
function draw(random: RandomGenerator, size: number, right: number, shift = 0): Drawn {
  const [classes, features] = [4, 3];
  const W = random.normal([classes, features]);
  const b = random.normal([classes]).add(shift);
  const inputs = random.normal([size, features], { scale: 2 });
  const labels = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    let scores = affineTransform(W, b, inputs.row(i));
    while (leadOf(scores) < 1e-2) {
      inputs.row(i).copy_(random.normal([features], { scale: 2 }));
      scores = affineTransform(W, b, inputs.row(i));
    }
    const wrong = 1 + random.integer(classes - 1);
    labels[i] = (scores.argmax() + (i < right ? 0 : wrong)) % classes;
  }
  return [W, b, { ...shuffled(random, { inputs, labels, classNames: ["a", "b", "c", "d"] }) }];
}

/** How far the highest score is ahead of the second: no rounding may turn the order. */
function leadOf(scores: NdArray): number {
  const [first, second] = [...scores.data].sort((a, b) => b - a);
  return first! - second!;
}

function shuffled(random: RandomGenerator, data: Dataset): Dataset {
  const order = random.permutation(data.labels.length);
  const inputs = data.inputs.clone();
  for (const [to, from] of order.entries()) inputs.row(to).copy_(data.inputs.row(from));
  return { ...data, inputs, labels: Uint8Array.from(order, (from) => data.labels[from]!) };
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

const mistakes = known({
  "ex æquo tous comptés justes": ({ received, sent }) => isTied(sent as unknown as Drawn) && isClose(received, 1),
  "aucune bonne réponse": gave(() => 0),
  "nombre au lieu de la part": gave(
    (W: NdArray, b: NdArray, data: Dataset) => accuracy(W, b, data) * data.labels.length,
  ),
  pourcentage: gave((W: NdArray, b: NdArray, data: Dataset) => 100 * accuracy(W, b, data), { absolute: 0.5 }),
  "taux d'erreur": gave((W: NdArray, b: NdArray, data: Dataset) => 1 - accuracy(W, b, data)),
  "plus petit score": gave((W: NdArray, b: NdArray, data: Dataset) => accuracy(W.neg(), b.neg(), data)),
  "biais oublié": gave((W: NdArray, b: NdArray, data: Dataset) => accuracy(W, b.mul(0), data)),
  "division par le nombre de classes": gave(
    (W: NdArray, b: NdArray, data: Dataset) => (accuracy(W, b, data) * data.labels.length) / 4,
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
    const sizes = [
      [7, 5],
      [40, 23],
      [130, 77],
      [9, 9],
      [13, 0],
      [12, 4],
    ] as const;
    const cases = drawOnce((random) => {
      const drawn = sizes.map(([size, right]) => draw(random, size, right));
      const [all] = drawn.filter(([W, b, data]) => accuracy(W, b, data) === 1);
      return [...drawn, withOtherParameters(all!), untrained(drawn[1]!)];
    });
    for await (const { sent, result, args } of student.callEach("evaluate", cases)) {
      const failure = "À scores égaux, la prédiction n'est pas une seule et même classe.";
      if (isTied(sent)) expect(result).toSatisfy(givesOneClass(sent[2]), failure);
      else expect(result).toBeCloseTo(accuracy(...sent));
      for (const [i, one] of sent.entries()) expect(args[i], "un argument").toBeUnchanged(one);
    }
  });

  test("Est juste sur un seul exemple.", {
    points: 0.25,
    explain: [...known({ "division de trop": gaveNonFinite }), ...mistakes],
    hint: "Sur un seul exemple, l'exactitude vaut 0 ou 1.",
  }, async ({ student, drawOnce, expect }) => {
    const cases = drawOnce((random) => [1, 0].map((right) => draw(random, 1, right)));
    for await (const { sent, result } of student.callEach("evaluate", cases)) {
      expect(result).toBeCloseTo(accuracy(...sent));
    }
  });

  test("Trouve le plus grand score, que tous soient très négatifs ou très grands.", {
    points: 0.25,
    explain: [...highMistakes, ...mistakes],
    hint: "Le plus grand score peut être négatif, et sa place suffit.",
  }, async ({ student, drawOnce, expect }) => {
    const cases = drawOnce((random) => [1000, -100, -1000].map((shift) => draw(random, 30, 20, shift)));
    for await (const { sent, result } of student.callEach("evaluate", cases)) {
      expect(result).toBeCloseTo(accuracy(...sent));
    }
  });
});
