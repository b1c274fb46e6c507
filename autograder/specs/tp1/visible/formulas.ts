// Visible tests of affineTransform, softmax and nll: small cases one can work out by hand.
import { array, zeros } from "retroprop";
import { gave, gaveNonFinite } from "../../../judge/explain.js";
import { exercise } from "../../../judge/spec.js";
import * as tp1 from "../exercises.js";
import { known } from "../messages.fr.js";
import { changedArgument, saysShapesDiffer } from "../recognise.js";

const W = array([
  [1, 2, 3],
  [4, 5, 6],
]);
const b = array([10, 20]);
const x = array([1, 2, 3]);

const affine = exercise(tp1.affine, ({ test }) => {
  test("Calcule W x + b sur un petit exemple.", {
    points: 0.5,
    explain: known({
      "biais oublié": gave(() => [14, 32]),
      "W transposée": saysShapesDiffer,
      "W lue à plat sans sa largeur": gave(() => [32, 48]),
    }),
  }, async ({ student, expect }) => {
    expect(await student.call("affineTransform", W, b, x)).toBeCloseTo([24, 52]);
  });

  test("Ne change aucun de ses arguments.", {
    points: 0.25,
    explain: known({ "scores accumulés dans b": changedArgument(1) }),
  }, async ({ student, expect }) => {
    const { result, args } = await student.callAndReturnArguments("affineTransform", W, b, x);
    expect(args[0], "W").toBeUnchanged(W);
    expect(args[1], "b").toBeUnchanged(b);
    expect(args[2], "x").toBeUnchanged(x);
    expect(result).toBeCloseTo([24, 52]);
  });
});

/** Their exponentials are 1, 2 and 5, their sum 8. */
const logits = array([0, Math.log(2), Math.log(5)]);
const probabilities = [1 / 8, 1 / 4, 5 / 8];
const losses = [Math.log(8), Math.log(4), Math.log(8 / 5)];

const softmax = exercise(tp1.softmax, ({ test }) => {
  test("Donne 1/8, 1/4, 5/8 pour les logits 0, ln 2, ln 5.", {
    points: 0.5,
    explain: known({
      "softmax non normalisée": [gave(() => [1, 2, 5]), gave(() => [1 / 5, 2 / 5, 1])],
      "log-softmax à la place de softmax": gave(() => probabilities.map(Math.log)),
      "division sans exponentielle": gave(() => [0, Math.log(2) / Math.log(10), Math.log(5) / Math.log(10)]),
    }),
  }, async ({ student, expect }) => {
    expect(await student.call("softmax", logits)).toBeCloseTo(probabilities);
  });

  test("Reste juste pour de grands logits : softmax([1000, 1000, 0]) vaut [0.5, 0.5, 0].", {
    points: 0.75,
    explain: known({ "softmax sans décalage": gaveNonFinite }),
  }, async ({ student, expect }) => {
    expect(await student.call("softmax", array([1000, 1000, 0]))).toBeCloseTo([0.5, 0.5, 0]);
  });

  test("Ne change pas ses logits.", {
    points: 0.25,
    explain: known({ "logits modifiés sur place": changedArgument(0) }),
  }, async ({ student, expect }) => {
    const { result, args } = await student.callAndReturnArguments("softmax", logits);
    expect(args[0], "x").toBeUnchanged(logits);
    expect(result).toBeCloseTo(probabilities);
  });
});

const nll = exercise(tp1.nll, ({ test }) => {
  test("Vaut ln 4 quand les quatre classes ont le même logit.", {
    points: 0.5,
    explain: known({
      "perte sans logarithme": gave(() => 0.75),
      "probabilité au lieu de la perte": gave(() => 0.25),
      "signe de la perte": gave(() => -Math.log(4)),
      "logarithme en base 2 ou 10": [gave(() => 2), gave(() => Math.log10(4))],
      "perte divisée par le nombre de classes": gave(() => Math.log(4) / 4),
    }),
  }, async ({ student, expect }) => {
    const cases = [0, 1, 2, 3].map((gold) => [zeros([4]), gold] as const);
    for await (const { sent, result } of student.callEach("nll", cases)) {
      expect(result, `gold = ${sent[1]}`).toBeCloseTo(Math.log(4));
    }
  });

  test("Vaut ln 8, ln 4, ln 8/5 pour les trois classes des logits 0, ln 2, ln 5.", {
    points: 0.5,
    explain: known({
      "perte sans logarithme": gave((_, gold: number) => 1 - probabilities[gold]!),
      "probabilité au lieu de la perte": gave((_, gold: number) => probabilities[gold]!),
      "maximum non rajouté": gave((_, gold: number) => losses[gold]! - Math.log(5)),
      "signe de la perte": gave((_, gold: number) => -losses[gold]!),
      "logarithme en base 2 ou 10": [
        gave((_, gold: number) => losses[gold]! / Math.LN2),
        gave((_, gold: number) => losses[gold]! / Math.LN10),
      ],
      "moyenne au lieu de la somme": gave((_, gold: number) => losses[gold]! - Math.log(3)),
      "plus grand logit seul": gave((_, gold: number) => Math.log(5) - logits.at(gold)),
      "perte d'une autre classe": gave((_, gold: number) => losses[(gold + 1) % 3]!),
    }),
  }, async ({ student, expect }) => {
    const cases = [1, 0, 2].map((gold) => [logits, gold] as const); // 1 first: it tells most mistakes apart
    for await (const { sent, result } of student.callEach("nll", cases)) {
      const [, gold] = sent;
      expect(result, `gold = ${gold}`).toBeCloseTo(losses[gold]!);
    }
  });

  test("Reste juste pour de grands logits : nll([1000, 0, 0], 1) vaut 1000.", {
    points: 0.5,
    explain: known({
      "logarithme d'une probabilité nulle": gaveNonFinite,
      "perte d'une autre classe": gave((_, gold: number) => (gold === 0 ? 1000 : 0)),
      "perte divisée par le nombre de classes": gave(() => 1000 / 3),
      "epsilon dans le logarithme": ({ received }) => Number(received) > 4 && Number(received) < 750,
      "probabilité au lieu de la perte": gave((_, gold: number) => (gold === 0 ? 1 : 0)),
      "perte sans logarithme": gave((_, gold: number) => (gold === 0 ? 0 : 1)),
      "maximum non rajouté": gave(() => 0),
    }),
  }, async ({ student, expect }) => {
    const large = array([1000, 0, 0]);
    expect(await student.call("nll", large, 1), "gold = 1").toBeCloseTo(1000);
    expect(await student.call("nll", large, 0), "gold = 0").toBeCloseTo(0);
  });
});

export const formulas = [affine, softmax, nll] as const;
