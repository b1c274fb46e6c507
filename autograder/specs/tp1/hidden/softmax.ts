// Hidden tests of softmax: any logits, and logits far from zero.
import { array, type NdArray, softmax as reference } from "retroprop";
import type { Tolerance } from "../../../judge/closeness.js";
import { gave, gaveNonFinite } from "../../../judge/explain.js";
import { hiddenExercise } from "../../../judge/spec.js";
import * as tp1 from "../exercises.js";
import { known } from "../messages.fr.js";
import { changedArgument } from "../recognise.js";
import { double } from "./double.js";
import { expectKeptResult, keptResultMistakes } from "./kept-results.js";

/** A number subtracted from logits near 10 000 is rounded to the third digit after the point in single precision. */
const roundingOf = (x: NdArray): Tolerance => ({ absolute: 1e-5 + 6e-8 * x.maximum(x.neg()).max() });

export const softmax = hiddenExercise(tp1.softmax, ({ test }) => {
  test("Est juste pour des logits quelconques.", {
    points: 0.75,
    explain: known({
      "softmax non normalisée": gave((x: NdArray) => [...double(x).data].map(Math.exp)),
      "log-softmax à la place de softmax": gave((x: NdArray) => [...reference(double(x)).data].map(Math.log)),
      "logits modifiés sur place": changedArgument(0),
      "division sans exponentielle": gave((x: NdArray) => double(x).div(double(x).sum())),
    }),
    hint: "Comparez à la formule sur trois logits, l'un d'eux négatif.",
  }, async ({ student, random, expect }) => {
    const cases = [10, 33, 5, 2, 1].map((size) => [random.normal([size], { scale: 3 })] as const);
    for await (const { sent, result: probabilities, args } of student.callEach("softmax", cases)) {
      expect(args[0], "x").toBeUnchanged(sent[0]);
      expect(probabilities).toBeCloseTo(reference(double(sent[0])));
      expect(probabilities).toSumTo(1);
    }
  });

  test("Reste juste quand tous les logits sont très négatifs.", {
    points: 0.25,
    explain: known({ "somme des exponentielles nulle": gaveNonFinite, "softmax sans décalage": gaveNonFinite }),
    hint: "Le plus grand logit peut être négatif.",
  }, async ({ student, random, expect }) => {
    const cases = [-300, -1e4].map((shift) => [random.normal([5]).add(shift)] as const);
    for await (const { sent, result } of student.callEach("softmax", cases)) {
      expect(result).toBeCloseTo(reference(double(sent[0])), roundingOf(sent[0]));
    }
  });

  test("Reste juste pour des logits très différents, le plus grand n'importe où.", {
    points: 0.25,
    explain: known({ "maximum dans l'ordre alphabétique": gaveNonFinite, "softmax sans décalage": gaveNonFinite }),
    hint: "Le décalage doit venir du plus grand de tous les logits.",
  }, async ({ student, random, expect }) => {
    const logits = [
      [1e4, 9, 80],
      [-1e4, 0, 1e4, 5],
      [9, 1000 + random.integer(100), -20, 800],
      [0, -120, -1, -2],
      ...[0, 1, 2, 3, 4].map((place) => [-700, 3, 90, 20, 4].toSpliced(place, 1, 2000 + random.integer(100))),
    ];
    const cases = logits.map((x) => [array(x)] as const);
    for await (const { sent, result } of student.callEach("softmax", cases)) {
      expect(result).toBeCloseTo(reference(double(sent[0])));
    }
    const unlikely = array([0, -18, -25, -40]); // small probabilities are still to their own scale
    const tolerance = { absolute: 1e-19, relative: 1e-3 };
    expect(await student.call("softmax", unlikely)).toBeCloseTo(reference(double(unlikely)), tolerance);
  });

  test("Ne change pas quand on ajoute le même nombre à tous les logits.", {
    points: 0.25,
    explain: [...known({ "softmax sans décalage": gaveNonFinite }), ...keptResultMistakes],
    hint: "Le décalage ne change rien au quotient, ni un appel au résultat du précédent.",
  }, async ({ student, random, expect }) => {
    const x = array(Array.from({ length: 6 }, () => random.integer(9) - 4));
    const shifted = [0, 50, 500, 5000].map((shift) => [x.add(shift)] as const);
    for await (const { sent, result } of student.callEach("softmax", shifted)) {
      expect(result).toBeCloseTo(reference(double(x)), roundingOf(sent[0]));
    }
    await expectKeptResult(expect, student, "softmax", [x], [random.normal([6])]);
  });
});
