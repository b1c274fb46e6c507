// Visible tests of SGD: one step worked out by hand, and what zeroGrad forgets.
import { array } from "retroprop";
import { field, part } from "../../../judge/explain.js";
import { exercise } from "../../../judge/spec.js";
import * as tp2 from "../exercises.js";
import { isForgotten, runSgd, sgdProblems } from "./run-sgd.js";

const values = [array([[1, 2]]), array([3]), array([[4]])];
const gradients = [array([[2, -4]]), array([8]), array([[-2]])];

export const sgd = exercise(tp2.sgd, ({ test }) => {
  test("Un pas met à jour chaque paramètre, sur place : 1 devient 0 quand le gradient vaut 2 et le pas 0.5.", {
    points: 0.25,
    explain: sgdProblems,
  }, async ({ student, expect }) => {
    const run = await runSgd(student, { values, steps: [gradients], learningRate: 0.5 });
    const [first, second, third] = expect(part(field(run, "after"), 0)).toBeList(3);
    expect(first, "le premier paramètre").toBeCloseTo([[0, 4]]);
    expect(second, "le deuxième paramètre").toBeCloseTo([-1]);
    expect(third, "le troisième paramètre").toBeCloseTo([[5]]);
  });

  test("Un paramètre sans gradient reste comme il est ; zeroGrad fait oublier tous les gradients.", {
    points: 0.25,
    explain: sgdProblems,
  }, async ({ student, expect }) => {
    const run = await runSgd(student, { values, steps: [[null, ...gradients.slice(1)]], learningRate: 0.25 });
    const [first, second, third] = expect(part(field(run, "after"), 0)).toBeList(3);
    expect(first, "sans gradient").toBeCloseTo([[1, 2]]);
    expect(second, "avec un gradient").toBeCloseTo([1]);
    expect(third, "avec un gradient").toBeCloseTo([[4.5]]);
    for (const gradient of expect(field(run, "left"), "les gradients").toBeList(3)) {
      expect(gradient, "le gradient").toSatisfy(isForgotten, "Après zeroGrad, un gradient est encore là.");
    }
  });
});
