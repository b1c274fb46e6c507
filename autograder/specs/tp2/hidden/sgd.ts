// Hidden tests of SGD: parameters of every shape, several steps, several rates.
import { array, type NdArray, type RandomGenerator, zeros } from "retroprop";
import type { Expect } from "../../../judge/expect.js";
import { field, part } from "../../../judge/explain.js";
import { sameValue } from "../../../judge/same-value.js";
import { hiddenExercise } from "../../../judge/spec.js";
import type { Student } from "../../../judge/student.js";
import * as tp2 from "../exercises.js";
import { isForgotten, runSgd, runSgds, sgdProblems } from "../visible/run-sgd.js";

const shapes = [[3, 2], [4], [2, 5], [4]];

const draw = (random: RandomGenerator): NdArray[] => shapes.map((shape) => random.normal(shape));

/** One of them adds up to nothing, another begins with a zero: gradients like any others. */
function drawGradients(random: RandomGenerator): NdArray[] {
  const [first, balanced, ...others] = draw(random);
  first!.set([0, 0], 0);
  const [a, b] = [balanced!.at(0), balanced!.at(1)];
  return [first!, array([a, b, -b, -a]), ...others];
}

export const sgd = hiddenExercise(tp2.sgd, ({ test }) => {
  test("Est exact à chaque pas, quels que soient les paramètres et le pas.", {
    points: 0.25,
    explain: sgdProblems,
    hint: "Faites plusieurs pas de suite, avec chaque fois un autre gradient.",
  }, async ({ student, random, expect }) => {
    const descents = [0.37, 0.02, 1.7].map((learningRate) => {
      return { values: draw(random), steps: Array.from({ length: 3 }, () => drawGradients(random)), learningRate };
    });
    for await (const { asked, run } of runSgds(student, descents)) {
      const { values, steps, learningRate } = asked;
      let expected = values.map((value) => value.astype("float64"));
      for (const [i, after] of expect(field(run, "after")).toBeList(3).entries()) {
        expected = expected.map((value, j) => value.sub(steps[i]![j]!.astype("float64").mul(learningRate)));
        const arrays = expect(after).toBeList(shapes.length);
        for (const [j, value] of arrays.entries()) expect(value, `paramètre ${j + 1}`).toBeCloseTo(expected[j]!);
        const kept = part(field(run, "kept"), i);
        for (const [j, gradient] of steps[i]!.entries()) expect(part(kept, j), "le gradient").toBeUnchanged(gradient);
      }
    }
    await expectSecondStep(expect, student, draw(random), draw(random));
  });

  test("Ne bouge que les paramètres qui ont un gradient, et zeroGrad les oublie tous.", {
    points: 0.25,
    explain: sgdProblems,
    hint: "Le gradient d'un paramètre vaut undefined tant qu'il n'a rien reçu.",
  }, async ({ student, random, expect }) => {
    const [values, gradients] = [draw(random), drawGradients(random)];
    const descents = [0, 1, 2].map((missing) => {
      const steps = [gradients.map((gradient, i) => (i === missing ? null : gradient))];
      return { values, steps, learningRate: 0.07 };
    });
    for await (const { asked, run } of runSgds(student, descents)) {
      const { steps } = asked;
      const [after] = expect(field(run, "after")).toBeList(1);
      for (const [i, value] of expect(after).toBeList(shapes.length).entries()) {
        const gradient = steps[0]![i] ?? zeros(shapes[i]!);
        expect(value, `paramètre ${i + 1}`).toBeCloseTo(values[i]!.sub(gradient.mul(0.07)));
      }
      for (const [i, value] of expect(field(run, "current")).toBeList(shapes.length).entries()) {
        const isKept = () => sameValue(value, part(after, i));
        expect(value, `paramètre ${i + 1}, après zeroGrad`).toSatisfy(isKept, "zeroGrad a changé un paramètre.");
      }
      for (const gradient of expect(field(run, "left"), "les gradients").toBeList(shapes.length)) {
        expect(gradient, "le gradient").toSatisfy(isForgotten, "Après zeroGrad, un gradient est encore là.");
      }
    }
  });
});

/** A step with the gradients the one before has left, at another rate where the optimizer shows its own. */
async function expectSecondStep(
  expect: Expect,
  student: Student,
  values: readonly NdArray[],
  gradients: readonly NdArray[],
): Promise<void> {
  const run = await runSgd(student, { values, steps: [gradients, null], learningRate: 0.37, nextRate: 0.22 });
  const moved = 0.37 + (field(run, "canChange") === true ? 0.22 : 0.37);
  const second = part(field(run, "after"), 1);
  for (const [i, value] of values.entries()) {
    const expected = value.astype("float64").sub(gradients[i]!.astype("float64").mul(moved));
    expect(part(second, i), `paramètre ${i + 1}`).toBeCloseTo(expected);
  }
}
