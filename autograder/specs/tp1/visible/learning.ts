// Visible tests of evaluate, sgdStep and trainLinear, on made-up examples.
import { array, zeros } from "retroprop";
import { isClose } from "../../../judge/closeness.js";
import { field, gave, part } from "../../../judge/explain.js";
import { sameValue } from "../../../judge/same-value.js";
import { exercise } from "../../../judge/spec.js";
import type { Value } from "../../../judge/student.js";
import * as tp1 from "../exercises.js";
import { historyProblems } from "../history-problems.js";
import { known } from "../messages.fr.js";
import { leftParameters } from "../recognise.js";
import { drawClouds, runTraining } from "../training.js";

/** The score of the first class is x₀, of the second x₁, of the third -x₀ - x₁. */
const W = array([
  [1, 0],
  [0, 1],
  [-1, -1],
]);
const classNames = ["a", "b", "c"];

const sixPoints = {
  inputs: array([
    [2, 1],
    [1, 2],
    [-1, -2],
    [3, 1],
    [0, 3],
    [1, 3],
  ]),
  labels: Uint8Array.of(0, 1, 2, 2, 1, 0),
  classNames,
};

const fivePoints = {
  inputs: array([
    [2, 1],
    [0, 3],
    [1, 2],
    [3, 0],
    [-1, -2],
  ]),
  labels: Uint8Array.of(2, 1, 2, 2, 2),
  classNames,
};

const evaluate = exercise(tp1.evaluate, ({ test }) => {
  test("Vaut 4/6 quand quatre exemples sur six sont bien classés.", {
    points: 0.5,
    explain: known({
      "nombre au lieu de la part": gave(() => 4),
      pourcentage: gave(() => 400 / 6, { absolute: 1 }),
      "taux d'erreur": gave(() => 2 / 6),
      "plus petit score": gave(() => 1 / 6),
      "division par le nombre de classes": gave(() => 4 / 3),
      "aucune bonne réponse": gave(() => 0),
      "division de trop": [gave(() => 4 / 5), gave(() => 3 / 5)],
    }),
  }, async ({ student, expect }) => {
    expect(await student.call("evaluate", W, zeros([3]), sixPoints)).toBeCloseTo(4 / 6);
  });

  test("Tient compte du biais.", {
    points: 0.25,
    explain: known({ "biais oublié": gave(() => 2 / 5) }),
  }, async ({ student, expect }) => {
    expect(await student.call("evaluate", W, array([0, 0, 10]), fivePoints)).toBeCloseTo(4 / 5);
  });

  test("Ne change ni les paramètres ni les données.", { points: 0.25 }, async ({ student, expect }) => {
    const { result, args } = await student.callAndReturnArguments("evaluate", W, zeros([3]), sixPoints);
    expect(args[0], "W").toBeUnchanged(W);
    expect(args[1], "b").toBeUnchanged(zeros([3]));
    expect(args[2], "data").toBeUnchanged(sixPoints);
    expect(result).toBeCloseTo(4 / 6);
  });
});

const x = array([1, 2, -1]);
const stepped = {
  W: [
    [-0.25, -0.5, 0.25],
    [0.25, 0.5, -0.25],
  ],
  b: [-0.25, 0.25],
};
const times = (rows: readonly number[][], factor: number) => rows.map((row) => row.map((value) => factor * value));

const sgdStep = exercise(tp1.sgdStep, ({ test }) => {
  test("Met W et b à jour sur place : depuis zéro, avec un pas de 0.5.", {
    points: 0.25,
    explain: known({
      "W et b réaffectés": leftParameters({ W: zeros([2, 3]), b: zeros([2]) }),
      "b jamais mis à jour": leftParameters({ W: stepped.W, b: zeros([2]) }),
      "W jamais mis à jour": leftParameters({ W: zeros([2, 3]), b: stepped.b }),
      "montée au lieu de descente": leftParameters({ W: times(stepped.W, -1), b: [0.25, -0.25] }),
      "pas ignoré": ({ args }) => [2, 0.2, 0.02].some((scale) => isClose(args[0], times(stepped.W, scale))),
    }),
  }, async ({ student, expect }) => {
    const { args } = await student.callAndReturnArguments("sgdStep", zeros([2, 3]), zeros([2]), x, 1, 0.5);
    expect(args[0], "W").toBeCloseTo(stepped.W);
    expect(args[1], "b").toBeCloseTo(stepped.b);
  });

  test("Rend la perte d'avant le pas : ln 2 depuis zéro, avec deux classes.", {
    points: 0.25,
    explain: known({ "perte après le pas": gave(() => Math.log1p(Math.exp(-3.5))) }),
  }, async ({ student, expect }) => {
    expect(await student.call("sgdStep", zeros([2, 3]), zeros([2]), x, 1, 0.5)).toBeCloseTo(Math.log(2));
  });
});

const train = exercise(tp1.train, ({ test }) => {
  test("Rend W, b et un historique d'une ligne par époque : epoch à partir de 1, trainLoss, devAccuracy.", {
    points: 0.5,
    explain: historyProblems,
  }, async ({ student, random, expect }) => {
    const [trainData, devData] = [drawClouds(random, 3), drawClouds(random, 3)];
    const run = await runTraining(student, { trainData, devData, epochs: 3, learningRate: 0.1, seed: 1 });
    const { result } = expect(run).toHaveFields("result");
    const { W, b, history } = expect(result).toHaveFields("W", "b", "history");
    expect(W, "W").toHaveShape([3, 5]);
    expect(b, "b").toHaveShape([3]);
    expect(W, "W").toBeFinite();
    const records = expect(history, "history").toBeList(3);
    for (const [i, record] of records.entries()) {
      const fields = expect(record, `history[${i}]`).toHaveFields("epoch", "trainLoss", "devAccuracy");
      expect(fields.epoch, `history[${i}].epoch`).toBe(i + 1);
      expect(fields.trainLoss, `history[${i}].trainLoss`).toBeFinite();
      expect(fields.devAccuracy, `history[${i}].devAccuracy`).toBeFinite();
    }
  });

  test("Apprend : sur des exemples faciles, la perte baisse et l'exactitude dépasse 0.9.", {
    points: 0.25,
    explain: historyProblems,
  }, async ({ student, random, expect }) => {
    const [trainData, devData] = [drawClouds(random, 9, 0.3), drawClouds(random, 6, 0.3)];
    const run = await runTraining(student, {
      trainData,
      devData,
      epochs: 5,
      learningRate: 0.4,
      seed: 2,
      withOnEpoch: true,
    });
    const { history } = expect(expect(run).toHaveFields("result").result).toHaveFields("history");
    const records = expect(history, "history").toBeList(5);
    const [first, last] = [records[0]!, records[4]!].map((record) =>
      expect(record, "history").toHaveFields("trainLoss", "devAccuracy"),
    );
    const isLower = (loss: unknown) => typeof loss === "number" && loss < 0.7 * Number(first!.trainLoss);
    expect(last!.trainLoss, "trainLoss").toSatisfy(isLower, "La perte ne baisse pas assez au fil des époques.");
    const isGood = (accuracy: unknown) => typeof accuracy === "number" && accuracy >= 0.9 && accuracy <= 1;
    expect(last!.devAccuracy, "devAccuracy").toSatisfy(isGood, "L'exactitude finale devrait dépasser 0.9.");
  });

  test("Appelle onEpoch à la fin de chaque époque, avec sa ligne d'historique.", {
    points: 0.25,
    explain: historyProblems,
  }, async ({ student, random, expect }) => {
    const [trainData, devData] = [drawClouds(random, 3), drawClouds(random, 3)];
    const training = { trainData, devData, epochs: 3, learningRate: 0.1, seed: 3, withOnEpoch: true };
    const { result, calls } = expect(await runTraining(student, training)).toHaveFields("result", "calls");
    const { history } = expect(result).toHaveFields("history");
    const records = expect(history, "history").toBeList(3);
    const received = expect(calls, "onEpoch").toBeList(3);
    for (const [i, record] of records.entries()) {
      const fields = expect(record, `history[${i}]`).toHaveFields("epoch", "trainLoss", "devAccuracy");
      const given = expect(received[i], "onEpoch").toHaveFields("epoch", "trainLoss", "devAccuracy");
      for (const name of ["epoch", "trainLoss", "devAccuracy"] as const) {
        expect(fields[name], `history[${i}].${name}`).toBeFinite();
        const isThatOfTheLine = (value: Value) => sameValue(value, fields[name]);
        expect(given[name], `onEpoch, ${name}`).toSatisfy(isThatOfTheLine, "onEpoch reçoit autre chose que la ligne.");
      }
    }
  });

  test("Ne change pas les données.", { points: 0.25, explain: historyProblems }, async ({
    student,
    random,
    expect,
  }) => {
    const [trainData, devData] = [drawClouds(random, 6), drawClouds(random, 3)];
    const run = await runTraining(student, {
      trainData,
      devData,
      epochs: 2,
      learningRate: 0.1,
      seed: 4,
      withOnEpoch: true,
    });
    const after = expect(run).toHaveFields("result", "trainData", "devData");
    expect(after.trainData, "trainData").toBeUnchanged({ ...trainData });
    expect(after.devData, "devData").toBeUnchanged({ ...devData });
    const { W, history } = expect(after.result).toHaveFields("W", "history");
    expect(W, "W").toHaveShape([3, 5]);
    const [first, second] = [0, 1].map((epoch) => field(part(history, epoch), "trainLoss"));
    const hasMoved = () => !isClose(W, zeros([3, 5])) || !sameValue(first, second);
    expect(W, "W").toSatisfy(hasMoved, "W est resté nul et la perte ne change pas : aucun pas n'a été fait.");
  });
});

export const learning = [evaluate, sgdStep, train] as const;
