// Hidden tests of LinearNetwork: every shape, several examples, and a graph that leads back to its parameters.
import { outer, type RandomGenerator } from "retroprop";
import { field } from "../../../judge/explain.js";
import { numbersIn } from "../../../judge/numbers.js";
import { hiddenExercise } from "../../../judge/spec.js";
import * as tp2 from "../exercises.js";
import { type LinearRun, linearProblems, runLinearNetwork, runLinearNetworks } from "../visible/run-linear-network.js";

const draw = (random: RandomGenerator, dimInput: number, dimOutput: number): LinearRun => ({
  dimInput,
  dimOutput,
  W: random.normal([dimOutput, dimInput]),
  b: random.normal([dimOutput], { scale: 3 }),
  xs: [random.normal([dimInput]), random.normal([dimInput]), random.normal([dimInput], { scale: 100 })],
});

export const linearNetwork = hiddenExercise(tp2.linearNetwork, ({ test }) => {
  test("Est juste pour toutes les dimensions, avec des poids changés après la construction.", {
    points: 0.25,
    explain: linearProblems,
    hint: "forward se sert de W et b tels qu'ils sont quand on l'appelle.",
  }, async ({ student, random, expect }) => {
    const dimensions = [
      [4, 2],
      [3, 6],
      [2, 1],
    ] as const;
    const runs = dimensions.map(([dimInput, dimOutput]) => draw(random, dimInput, dimOutput));
    for await (const { asked: sent, run } of runLinearNetworks(student, runs)) {
      const outputs = expect(field(run, "outputs"), "forward").toBeList(3);
      expect(field(run, "xs"), "les exemples").toBeUnchanged([...sent.xs]);
      const [W, b] = [sent.W.astype("float64"), sent.b.astype("float64")];
      for (const [i, x] of sent.xs.entries()) {
        expect(outputs[i]).toBeCloseTo(W.matmul(x.astype("float64")).add(b), { absolute: 1e-4 });
      }
    }
  });

  test("Le graphe du résultat mène à W et à b, que parameters() donne une fois chacun.", {
    points: 0.25,
    explain: linearProblems,
    hint: "Remontez les inputs du résultat : on doit y trouver network.W et network.b, qui ne sont à aucun autre réseau.",
  }, async ({ student, random, expect }) => {
    const g = random.normal([3]);
    const asked = { ...draw(random, 5, 3), g };
    asked.b.set([0], -5000); // a score that is negative, whatever the seed: an activation would show in the gradients
    const run = await runLinearNetwork(student, asked);
    expect(field(run, "reached"), "W et b dans le graphe").toBeCloseTo([2, 2, 2, 2]);
    expect(field(run, "gradientW"), "le gradient de W par les règles").toBeCloseTo(outer(g, asked.xs.at(-1)!));
    expect(field(run, "gradientB"), "le gradient de b par les règles").toBeCloseTo(g);
    const shapes = expect(field(run, "shapes"), "parameters()").toBeList(2);
    const sorted = shapes.map((shape) => Array.from(numbersIn(shape)?.data ?? []).join(" × ")).sort();
    expect(sorted.join(", "), "les formes").toBe("3, 3 × 5");
    expect(field(run, "shared"), "un paramètre commun à deux réseaux").toBe(false);
    expect(field(run, "reachesX"), "l'exemple dans le graphe").toBe(true);
    expect(field(run, "isSame"), "les paramètres et leurs gradients, après forward").toBe(true);
    expect(field(run, "areNamedWrong"), "un paramètre qui a le nom de l'autre").toBe(false);
  });
});
