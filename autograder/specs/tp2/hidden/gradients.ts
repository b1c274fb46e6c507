// Hidden tests of anyRequireGrad and accumulateGradient: any number of tensors, any shape.
import { array, full, type NdArray, zeros } from "retroprop";
import type { Expect } from "../../../judge/expect.js";
import { hiddenExercise } from "../../../judge/spec.js";
import type { Student } from "../../../judge/student.js";
import * as tp2 from "../exercises.js";
import {
  accumulate,
  accumulateEach,
  accumulationMistakes,
  anyRequireGradMistakes,
  askAnyRequireGrad,
} from "../gradients.js";
import { double } from "./double.js";

/** All the ways in which `count` tensors may require a gradient or not. */
const everyList = (count: number): boolean[][] =>
  Array.from({ length: 2 ** count }, (_, bits) => Array.from({ length: count }, (_, i) => ((bits >> i) & 1) === 1));

export const anyRequireGrad = hiddenExercise(tp2.anyRequireGrad, ({ test }) => {
  test("Est juste dans tous les cas, de zéro à quatre tenseurs.", {
    points: 0.25,
    explain: anyRequireGradMistakes,
    hint: "Comptez les cas : deux tenseurs en donnent quatre, dont un seul est faux.",
  }, async ({ student, expect }) => {
    const lists = [0, 1, 2, 3, 4].flatMap(everyList);
    const answers = expect(await askAnyRequireGrad(student, lists)).toBeList(lists.length);
    for (const [i, flags] of lists.entries()) expect(answers[i]).toBe(flags.includes(true));
  });

  test("Trouve le seul qui en demande un parmi beaucoup d'autres.", {
    points: 0.25,
    explain: anyRequireGradMistakes,
    hint: "Il peut être le premier, le dernier, ou n'importe où entre eux.",
  }, async ({ student, random, expect }) => {
    const places = [-1, 0, 49, Math.floor(random.uniform([1]).at(0) * 48) + 1];
    const lists = places.map((place) => Array.from({ length: 50 }, (_, i) => i === place));
    const answers = expect(await askAnyRequireGrad(student, lists)).toBeList(lists.length);
    for (const [i, place] of places.entries()) expect(answers[i]).toBe(place >= 0);
  });
});

export const accumulateGradient = hiddenExercise(tp2.accumulateGradient, ({ test }) => {
  test("Est juste pour toutes les formes et n'importe quel nombre de gradients.", {
    points: 0.25,
    explain: accumulationMistakes,
    hint: "Le gradient a la forme du tenseur, et vaut la somme de tous ceux qu'il a reçus.",
  }, async ({ student, random, expect }) => {
    const accumulations = [[], [1], [4], [2, 3], [2, 1, 3]].map((shape) => {
      const gs = Array.from({ length: 5 }, () => random.normal(shape));
      gs[1] = gs[0]!.neg(); // a sum that comes to nothing is a gradient as well
      return { data: random.normal(shape), gs };
    });
    for await (const { asked, run } of accumulateEach(student, accumulations)) {
      const { gs } = asked;
      const received = expect(expect(run).toHaveFields("gradients").gradients).toBeList(5);
      let total: NdArray = double(gs[0]!).mul(0);
      for (const [i, g] of gs.entries()) {
        total = total.add(double(g));
        expect(received[i], "gradient").toBeCloseTo(total);
      }
    }
    await expectSumsOfNothing(expect, student, 1 + random.integer(9));
  });

  test("Ne touche ni à g, ni aux valeurs du tenseur, et ne garde pas la mémoire de g.", {
    points: 0.25,
    explain: accumulationMistakes,
    hint: "Le premier g doit être copié : celui qui l'a donné s'en sert encore.",
  }, async ({ student, random, expect }) => {
    const drawAll = (shape: readonly number[], counts: readonly number[]) =>
      counts.map((count) => {
        const [data, gs] = [random.normal(shape), Array.from({ length: count }, () => random.normal(shape))];
        return { data, gs, isParameter: count === 2 };
      });
    const accumulations = [...drawAll([3], [1, 2, 4]), ...drawAll([], [1, 2])]; // a number is an array too
    for await (const { asked, run } of accumulateEach(student, accumulations)) {
      const { data, gs } = asked;
      const count = gs.length;
      const after = expect(run).toHaveFields("data", "gs", "overwritten", "anew");
      expect(after.data, "data").toBeUnchanged(data);
      const kept = expect(after.gs).toBeList(count);
      for (const [i, g] of gs.entries()) expect(kept[i], "g").toBeUnchanged(g);
      const total = gs.map(double).reduce((sum, g) => sum.add(g));
      expect(after.overwritten, "gradient").toBeCloseTo(total);
      if (count > 1) expect(after.anew, "gradient, après zeroGrad").toBeCloseTo(full(data.shape, 62));
    }
  });
});

/** A gradient whose elements add up to nothing is one all the same. */
async function expectSumsOfNothing(expect: Expect, student: Student, size: number): Promise<void> {
  const gs = [array([size, -size]), array([3, 4]), zeros([2]), array([1, 1]), array([-size - 4, 1]), array([2, size])];
  const nothing = await accumulate(student, { data: zeros([2]), gs: [zeros([2])] });
  const [first] = expect(expect(nothing).toHaveFields("gradients").gradients).toBeList(1);
  expect(first, "gradient").toBeCloseTo([0, 0]); // not undefined: it has received one
  const run = await accumulate(student, { data: zeros([2]), gs });
  const received = expect(expect(run).toHaveFields("gradients").gradients).toBeList(6);
  for (const i of [1, 2]) expect(received[i], "gradient").toBeCloseTo([size + 3, 4 - size]);
  expect(received[3], "gradient").toBeCloseTo([size + 4, 5 - size]);
  expect(received[5], "gradient").toBeCloseTo([2, 6]); // one whose first element was zero has not been lost
}
