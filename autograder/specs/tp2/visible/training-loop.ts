// Visible tests of trainingLoop: its history, the examples it visits, and what onEpoch is told.
import { field } from "../../../judge/explain.js";
import { sameValue } from "../../../judge/same-value.js";
import { exercise } from "../../../judge/spec.js";
import type { Value } from "../../../judge/student.js";
import * as tp2 from "../exercises.js";
import { drawTraining, loopProblems, numbersOf, runTraining, visitsEachOnce } from "./run-training.js";

const measures = ["trainLoss", "trainAccuracy", "devLoss", "devAccuracy"] as const;

const isNumber = (value: Value): boolean => typeof value === "number";

export const trainingLoop = exercise(tp2.trainingLoop, ({ test }) => {
  test("Rend une ligne par époque : epoch à partir de 1, trainLoss, trainAccuracy, devLoss, devAccuracy.", {
    points: 0.25,
    explain: loopProblems,
  }, async ({ student, random, expect }) => {
    const run = await runTraining(student, drawTraining(random, 12, 3));
    const records = expect(field(run, "history"), "l'historique").toBeList(3);
    for (const [i, record] of records.entries()) {
      const fields = expect(record, `ligne ${i + 1}`).toHaveFields("epoch", ...measures);
      expect(fields.epoch, `ligne ${i + 1}, epoch`).toBe(i + 1);
      for (const name of measures) {
        expect(fields[name], `ligne ${i + 1}, ${name}`).toBeFinite();
        expect(fields[name], `ligne ${i + 1}, ${name}`).toSatisfy(
          isNumber,
          "Une mesure est un nombre, pas un tableau.",
        );
      }
    }
  });

  test("Fait à chaque époque un pas sur chaque exemple d'entraînement, sans changer les données.", {
    points: 0.25,
    explain: loopProblems,
  }, async ({ student, random, expect }) => {
    const training = drawTraining(random, 12, 3);
    const run = await runTraining(student, training);
    const isOnceEach = () => visitsEachOnce(run, training);
    const failure = "Une époque ne fait pas un pas, et un seul, sur chaque exemple d'entraînement.";
    expect(field(run, "order"), "les exemples visités").toSatisfy(isOnceEach, failure);
    expect(field(run, "trainData"), "trainData").toBeUnchanged({ ...training.trainData });
    expect(field(run, "devData"), "devData").toBeUnchanged({ ...training.devData });
    const areThere = () => numbersOf(field(run, "golds")).every((gold) => gold >= 0);
    expect(field(run, "golds"), "les gradients").toSatisfy(areThere, "Un pas est fait sans gradient.");
  });

  test("Appelle onEpoch, quand il est donné, à la fin de chaque époque et avec sa ligne.", {
    points: 0.25,
    explain: loopProblems,
  }, async ({ student, random, expect }) => {
    const run = await runTraining(student, { ...drawTraining(random, 6, 3), withOnEpoch: true });
    const records = expect(field(run, "history"), "l'historique").toBeList(3);
    const calls = expect(field(run, "calls"), "onEpoch").toBeList(3);
    expect(field(run, "stepsBefore"), "le nombre de pas déjà faits").toBeCloseTo([6, 12, 18]);
    for (const [i, record] of records.entries()) {
      const fields = expect(record, `ligne ${i + 1}`).toHaveFields("epoch", ...measures);
      const given = expect(calls[i], "onEpoch").toHaveFields("epoch", ...measures);
      for (const name of ["epoch", ...measures] as const) {
        expect(fields[name], `ligne ${i + 1}, ${name}`).toBeFinite();
        const isThatOfTheLine = (value: Value) => sameValue(value, fields[name]);
        expect(given[name], `onEpoch, ${name}`).toSatisfy(isThatOfTheLine, "onEpoch reçoit autre chose que la ligne.");
      }
    }
  });
});
