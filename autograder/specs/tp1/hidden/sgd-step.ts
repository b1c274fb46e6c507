// Hidden tests of sgdStep: several steps in a row, exactly, and logits that are far from zero.
import { type NdArray, sgdStep as reference, zeros } from "retroprop";
import { gave, type Observed } from "../../../judge/explain.js";
import { hiddenExercise } from "../../../judge/spec.js";
import * as tp1 from "../exercises.js";
import { known } from "../messages.fr.js";
import { leftParameters } from "../recognise.js";
import { double } from "./double.js";

interface Step {
  readonly W: NdArray;
  readonly b: NdArray;
  readonly x: NdArray;
  readonly gold: number;
  readonly learningRate: number;
}

/** W, b and the loss after the reference's step, in double precision; `step` is left as it is. */
function after({ W, b, x, gold, learningRate }: Step): { W: NdArray; b: NdArray; loss: number } {
  const [nextW, nextB] = [double(W), double(b)];
  const loss = reference(nextW, nextB, double(x), gold, learningRate);
  return { W: nextW, b: nextB, loss };
}

/** W and b are those after `times` the step, or either of them as it was. */
const moved =
  (timesW: number, timesB: number) =>
  (observed: Observed): boolean => {
    const [W, b, x, gold, learningRate] = observed.sent as unknown as [NdArray, NdArray, NdArray, number, number];
    const at = (times: number) => after({ W, b, x, gold, learningRate: times * learningRate });
    return learningRate !== 0 && leftParameters({ W: at(timesW).W, b: at(timesB).b })(observed);
  };

const lossAfter = (W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number): number => {
  const next = after({ W, b, x, gold, learningRate });
  return after({ ...next, x, gold, learningRate }).loss;
};

/** Steps that are often written into the code. */
const usualSteps = [1, 0.5, 0.1, 0.05, 0.01, 0.005, 0.001];

const sgdMistakes = known({
  "W et b réaffectés": moved(0, 0),
  "b jamais mis à jour": moved(1, 0),
  "W jamais mis à jour": moved(0, 1),
  "montée au lieu de descente": moved(-1, -1),
  "pas ignoré": (observed) =>
    !moved(1, 1)(observed) &&
    usualSteps.some((step) => moved(step / Number(observed.sent[4]), step / Number(observed.sent[4]))(observed)),
  "perte après le pas": gave(lossAfter),
});

export const sgdStep = hiddenExercise(tp1.sgdStep, ({ test }) => {
  test("Est exact à chaque pas, et rend chaque fois la perte d'avant.", {
    points: 0.25,
    explain: sgdMistakes,
    hint: "Faites deux pas de suite sur le même exemple, et comparez au calcul à la main.",
  }, async ({ student, random, expect }) => {
    for (const learningRate of [0.3, 0.05]) {
      let [W, b] = [random.normal([3, 5]), random.normal([3])];
      for (const gold of [2, 0, 1]) {
        const x = random.normal([5]);
        const expected = after({ W, b, x, gold, learningRate });
        const { result, args } = await student.callAndReturnArguments("sgdStep", W, b, x, gold, learningRate);
        expect(args[0], "W").toBeCloseTo(expected.W);
        expect(args[1], "b").toBeCloseTo(expected.b);
        expect(result, "la perte").toBeCloseTo(expected.loss);
        expect(args[2], "x").toBeUnchanged(x);
        [W, b] = [expected.W.astype("float32"), expected.b.astype("float32")];
      }
    }
  });

  test("Reste juste quand les scores sont très grands, et ne bouge pas avec un pas nul.", {
    points: 0.25,
    explain: sgdMistakes,
    hint: "La perte et le gradient doivent rester finis.",
  }, async ({ student, random, expect }) => {
    const b = random.normal([4]);
    for (const gold of [0, 3]) {
      const step = { W: random.normal([4, 3], { scale: 1000 }), b, x: random.normal([3]), gold, learningRate: 0.1 };
      const expected = after(step);
      const { result, args } = await student.callAndReturnArguments("sgdStep", step.W, b, step.x, gold, 0.1);
      const rounding = { absolute: 1e-3 }; // scores of some thousands, in single precision
      expect(args[0], "W").toBeCloseTo(expected.W, rounding);
      expect(args[1], "b").toBeCloseTo(expected.b, rounding);
      expect(result, "la perte").toBeCloseTo(expected.loss, rounding);
    }
    const { result, args } = await student.callAndReturnArguments(
      "sgdStep",
      zeros([4, 3]),
      zeros([4]),
      b.rows(0, 3),
      1,
      0,
    );
    expect(args[0], "W").toBeUnchanged(zeros([4, 3]));
    expect(result, "la perte").toBeCloseTo(Math.log(4));
  });
});
