// Hidden tests of sgdStep: several steps in a row, exactly, and logits that are far from zero.
import { affineTransform, array, type NdArray, type RandomGenerator, sgdStep as reference, zeros } from "retroprop";
import { gave, type Observed } from "../../../judge/explain.js";
import { hiddenExercise } from "../../../judge/spec.js";
import * as tp1 from "../exercises.js";
import { known } from "../messages.fr.js";
import { leftParameters } from "../recognise.js";
import type { Scope } from "../scope.js";
import { double } from "./double.js";

/** What sgdStep gets. */
type Step = readonly [W: NdArray, b: NdArray, x: NdArray, gold: number, learningRate: number];

/** W, b and the loss after the reference's step, in double precision; the arguments are left as they are. */
function after(...[W, b, x, gold, learningRate]: Step): { W: NdArray; b: NdArray; loss: number } {
  const [nextW, nextB] = [double(W), double(b)];
  const loss = reference(nextW, nextB, double(x), gold, learningRate);
  return { W: nextW, b: nextB, loss };
}

/** W and b are those after `times` the step, or either of them as it was. */
const moved =
  (timesW: number, timesB: number) =>
  (observed: Observed): boolean => {
    const [W, b, x, gold, learningRate] = observed.sent as unknown as Step;
    const at = (times: number) => after(W, b, x, gold, times * learningRate);
    return learningRate !== 0 && leftParameters({ W: at(timesW).W, b: at(timesB).b })(observed);
  };

const lossAfter = (...[W, b, x, gold, learningRate]: Step): number => {
  const next = after(W, b, x, gold, learningRate);
  return after(next.W, next.b, x, gold, learningRate).loss;
};

/** Each from parameters of its own: where another ends would be what that one is to give. */
function severalSteps(random: RandomGenerator, learningRate: number): Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < 3; i++) {
    const [W, b, x] = [random.normal([3, 5]), random.normal([3]), random.normal([5])];
    const lowest = affineTransform(W, b, x).neg().argmax();
    const gold = i === 0 ? lowest : (steps[0]![3] + i) % 3; // the first is wrong, whatever was drawn
    steps.push([W, b, x, gold, learningRate]);
  }
  return steps;
}

const tail = ([, , x, gold, learningRate]: Step) => [x, gold, learningRate] as const;

/** On the very same W and b: who remembers something of them shows it. */
async function stepTwice(
  { tp }: Scope,
  { W, b, x, gold, learningRate }: { W: NdArray; b: NdArray; x: NdArray; gold: number; learningRate: number },
): Promise<unknown> {
  const first = await tp.sgdStep(W, b, x, gold, learningRate);
  const second = await tp.sgdStep(W, b, x, gold, learningRate);
  return [first, second, W, b];
}

/** Steps that are often written into the code. */
const usualSteps = [1, 0.5, 0.1, 0.05, 0.01, 0.005, 0.001];

/** The scores before the step are highest for the right class; the first may be left out for what it is. */
const wasRight = ({ sent }: Observed): boolean => {
  const [W, b, x, gold] = sent as unknown as Step;
  return gold !== 0 && affineTransform(W, b, x).argmax() === gold;
};

/** Large scores, the highest of which is that of `gold`, or is not. */
function largeStep(random: RandomGenerator, gold: number, isRight: boolean): Step {
  for (;;) {
    const [W, b, x] = [random.normal([4, 3], { scale: 1000 }), random.normal([4]), random.normal([3])];
    if ((affineTransform(W, b, x).argmax() === gold) === isRight) return [W, b, x, gold, 0.3];
  }
}

const sgdMistakes = known({
  "exemple bien classé ignoré": (observed) => wasRight(observed) && moved(0, 0)(observed),
  "exemple laissé de côté": moved(0, 0),
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
    const learnt: Step = [zeros([3, 5]), array([0, 3, 0]), random.normal([5]), 1, 0.3]; // right already, and still moves
    const steps = [learnt, ...[0.3, 0.05, 1.7].flatMap((learningRate) => severalSteps(random, learningRate))];
    for await (const { sent, result, args } of student.callEach("sgdStep", steps)) {
      const expected = after(...sent);
      expect(args[0], "W").toBeCloseTo(expected.W);
      expect(args[1], "b").toBeCloseTo(expected.b);
      expect(result, "la perte").toBeCloseTo(expected.loss);
      expect(args[2], "x").toBeUnchanged(sent[2]);
    }
    const [inARow] = severalSteps(random, 0.3);
    const first = after(...inARow!);
    const second = after(first.W, first.b, ...tail(inARow!));
    const [W, b, x, gold, learningRate] = inARow!;
    const run = await student.evaluate(stepTwice, { W, b, x, gold, learningRate });
    const [lossBefore, lossBetween, lastW, lastB] = expect(run).toBeList(4);
    expect(lastW, "W, après deux pas de suite").toBeCloseTo(second.W);
    expect(lastB, "b, après deux pas de suite").toBeCloseTo(second.b);
    expect(lossBefore, "la perte").toBeCloseTo(first.loss);
    expect(lossBetween, "la perte du second pas").toBeCloseTo(second.loss);
  });

  test("Reste juste quand les scores sont très grands, et ne bouge pas avec un pas infime.", {
    points: 0.25,
    explain: sgdMistakes,
    hint: "La perte et le gradient doivent rester finis.",
  }, async ({ student, random, expect }) => {
    const steps = [largeStep(random, 0, false), largeStep(random, 3, false), largeStep(random, 1, true)];
    for await (const { sent, result, args } of student.callEach("sgdStep", steps)) {
      const expected = after(...sent);
      const rounding = { absolute: 1e-3 }; // scores of some thousands, in single precision
      expect(args[0], "W").toBeCloseTo(expected.W, rounding);
      expect(args[1], "b").toBeCloseTo(expected.b, rounding);
      expect(result, "la perte").toBeCloseTo(expected.loss, rounding);
    }
    const { result, args } = await student.callAndReturnArguments(
      "sgdStep",
      zeros([4, 3]),
      zeros([4]),
      random.normal([3]),
      1,
      1e-30, // not 0, which nobody promised: who guards against it is right
    );
    expect(args[0], "W").toBeCloseTo(zeros([4, 3]));
    expect(result, "la perte").toBeCloseTo(Math.log(4));
  });
});
