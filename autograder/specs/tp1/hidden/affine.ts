// Hidden tests of affineTransform and its gradient: every shape, no memory shared or kept.
import {
  affineTransform,
  array,
  backwardAffineTransform,
  type NdArray,
  ones,
  outer,
  type RandomGenerator,
  transpose,
  zeros,
} from "retroprop";
import { isClose } from "../../../judge/closeness.js";
import type { Expect } from "../../../judge/expect.js";
import { type Explanation, gave, part } from "../../../judge/explain.js";
import { asReturned, sameValue } from "../../../judge/same-value.js";
import { hiddenExercise } from "../../../judge/spec.js";
import type { Student } from "../../../judge/student.js";
import * as tp1 from "../exercises.js";
import { known } from "../messages.fr.js";
import { changedArgument, saysShapesDiffer } from "../recognise.js";
import type { Scope } from "../scope.js";
import { double } from "./double.js";
import { expectKeptResult, keptResultMistakes } from "./kept-results.js";

/** Tall, wide, square, a single row, a single column; one of them twice, for who keeps something by its shape. */
const shapes = [
  [5, 3],
  [5, 3],
  [2, 7],
  [4, 4],
  [1, 6],
  [6, 1],
] as const;

/** The same network also sees another image, which is the first one times this. */
const otherImage = -2;

/** Weights of every size as well: a result kept within bounds is not W x + b. */
const draw = (random: RandomGenerator, [rows, columns]: readonly [number, number]) => ({
  W: random.normal([rows, columns], { scale: rows === columns ? 10_000 : 1 }),
  b: random.normal([rows]),
  x: random.normal([columns]),
  g: random.normal([rows]),
});

/** Pixels without ink, and in each row of W a weight without effect: the first, one between, the last. */
function drawWithZeros(random: RandomGenerator) {
  const { W, b, x } = draw(random, [3, 5]);
  for (const row of [0, 1, 2]) W.set([row, 2 * row], 0);
  for (const j of [1, 3]) x.set([j], 0);
  return [W, b, x] as const;
}

/** Where large products cancel out, what single precision may leave of them. */
function roundingOf(W: NdArray, x: NdArray): number {
  const products = outer(ones([W.shape[0]!]), x).mul(W);
  return 1e-5 + 1e-6 * products.maximum(products.neg()).max() * x.size;
}

/** `x`, as if nothing came behind its first zero. */
function beforeZero(x: NdArray): NdArray {
  const kept = x.clone();
  const first = kept.data.indexOf(0);
  if (first >= 0) kept.data.fill(0, first);
  return kept;
}

const affineMistakes = known({
  "biais oublié": gave((W: NdArray, _b: NdArray, x: NdArray) => double(W).matmul(double(x))),
  "score d'un appel précédent": gave((W: NdArray, b: NdArray, x: NdArray) =>
    affineTransform(double(W), double(b), double(x).mul(1 / otherImage)),
  ),
  "arrêt au premier zéro": gave((W: NdArray, b: NdArray, x: NdArray) =>
    affineTransform(double(W), double(b), double(beforeZero(x))),
  ),
  "W transposée": saysShapesDiffer,
  "scores accumulés dans b": changedArgument(1),
});

/** Of the run that writes into a result. */
const changesBias: Explanation["when"] = ({ received, sent }) => {
  const { b } = sent[0] as { readonly b?: NdArray };
  return b !== undefined && !sameValue(part(received, 1), asReturned(b));
};

export const affine = hiddenExercise(tp1.affine, ({ test }) => {
  test("Est juste pour des matrices de toutes les formes.", {
    points: 0.75,
    explain: affineMistakes,
    hint: "Essayez une matrice qui n'est pas carrée, une seule ligne, une seule colonne.",
  }, async ({ student, random, expect }) => {
    const drawn = shapes.map((shape) => draw(random, shape));
    const cases = drawn.flatMap(({ W, b, x }) => {
      const none = zeros(b.shape);
      return [[W, b, x] as const, [W, none, x] as const, [W, none, x.mul(otherImage)] as const];
    });
    cases.push(drawWithZeros(random));
    for await (const { sent, result, args } of student.callEach("affineTransform", cases)) {
      const [W, bias, x] = sent;
      const expected = affineTransform(double(W), double(bias), double(x));
      expect(result).toBeCloseTo(expected, { absolute: roundingOf(W, x) });
      expect(args[2], "x").toBeUnchanged(x);
    }
  });

  test("Rend un nouveau tableau à chaque appel, même quand W est nulle.", {
    points: 0.5,
    explain: [...keptResultMistakes, ...known({ "b changé avec le résultat": changesBias })],
    hint: "Le résultat ne doit partager sa mémoire ni avec b, ni avec le résultat précédent.",
  }, async ({ student, random, expect }) => {
    const [one, other] = [draw(random, [3, 2]), draw(random, [3, 2])];
    await expectKeptResult(expect, student, "affineTransform", [one.W, one.b, one.x], [other.W, other.b, other.x]);
    const b = array([-1 - random.next(), 0, random.next()]); // a score of zero is a score
    const cases = [
      { W: zeros([3, 2]), b, x: random.normal([2]) },
      { W: random.normal([3, 2]), b, x: zeros([2]) },
    ];
    const runs = student.evaluateEach(async ({ tp }: Scope, { W, b, x }) => {
      type Scores = { readonly data?: Float32Array } & Float32Array;
      const first = (await tp.affineTransform(W, b, x)) as Scores;
      const second = (await tp.affineTransform(W, b, x)) as Scores;
      (first.data ?? first).fill(777);
      const kept = Array.from(second.data ?? second);
      return [kept, b, await tp.affineTransform(W, b, x)];
    }, cases);
    for await (const { result: run } of runs) {
      const [second, bAfter, third] = expect(run).toBeList(3);
      expect(bAfter, "b").toBeUnchanged(b);
      expect(second).toBeCloseTo(b);
      expect(third).toBeCloseTo(b);
    }
  });
});

const backwardMistakes = known({
  "gradients échangés": ({ received, sent }) => isClose(part(received, 0), sent[3] as NdArray),
  "produit extérieur transposé": ({ received, sent }) => {
    const [, , x, g] = sent as NdArray[];
    return g!.size !== x!.size && isClose(part(received, 0), transpose(outer(g!, x!)));
  },
  "g ignoré": ({ received, sent }) => isClose(part(received, 1), ones((sent[3] as NdArray).shape)),
  "gb multiplié par b": ({ received, sent }) =>
    isClose(part(received, 1), (sent[3] as NdArray).mul(sent[1] as NdArray)),
});

export const backwardAffine = hiddenExercise(tp1.backwardAffine, ({ test }) => {
  test("Est juste pour des matrices de toutes les formes.", {
    points: 1,
    explain: backwardMistakes,
    hint: "gW a la forme de W, gb celle de b, que W soit carrée ou non.",
  }, async ({ student, random, expect }) => {
    const drawn = shapes.map((shape) => draw(random, shape));
    const cases = drawn.map(({ W, b, x, g }) => [W, b, x, g] as const);
    for await (const { sent, result, args } of student.callEach("backwardAffineTransform", cases)) {
      const [W, b, x, g] = sent;
      const [gW, gb] = backwardAffineTransform(double(W), double(b), double(x), double(g));
      const gradients = expect(result).toBeList(2);
      expect(gradients[0], "gW").toBeCloseTo(gW);
      expect(gradients[1], "gb").toBeCloseTo(gb);
      for (const [i, name] of ["W", "b", "x", "g"].entries()) expect(args[i], name).toBeUnchanged(sent[i]);
    }
  });

  test("Est proportionnel à g, et ne change ni ne garde aucun de ses arguments.", {
    points: 0.5,
    explain: [...backwardMistakes, ...keptResultMistakes],
    hint: "Les gradients ne dépendent que de x et de g, et d'aucun appel précédent.",
  }, async ({ student, random, expect }) => {
    const { W, b, x, g } = draw(random, [3, 4]);
    for (const j of [0, 2]) x.set([j], 0); // a pixel without ink has its column all the same
    const cases = [1, -2, 0].map((factor) => [W, b, x, g.mul(factor)] as const);
    for await (const { sent, result, args } of student.callEach("backwardAffineTransform", cases)) {
      const gradients = expect(result).toBeList(2);
      expect(gradients[0], "gW").toBeCloseTo(outer(double(sent[3]), double(x)));
      expect(gradients[1], "gb").toBeCloseTo(double(sent[3]));
      for (const [i, name] of ["W", "b", "x", "g"].entries()) expect(args[i], name).toBeUnchanged(sent[i]);
    }
    await expectOwnMemory(expect, student, draw(random, [1, 1]));
    const other = draw(random, [3, 4]);
    const [first, second] = [
      [W, b, x, g],
      [other.W, other.b, other.x, other.g],
    ];
    await expectKeptResult(expect, student, "backwardAffineTransform", first!, second!);
  });
});

/** What is written into the gradients shows nowhere else, however small they are. */
async function expectOwnMemory(
  expect: Expect,
  student: Student,
  { W, b, x, g }: ReturnType<typeof draw>,
): Promise<void> {
  const run = await student.evaluate(
    async ({ tp }: Scope, { W, b, x, g }) => {
      type Gradients = readonly ({ readonly data?: Float32Array } & Float32Array)[];
      const [gW, gb] = (await tp.backwardAffineTransform(W, b, x, g)) as Gradients;
      for (const one of [gW, gb]) (one?.data ?? one)?.fill(777);
      return [W, b, x, g];
    },
    { W, b, x, g },
  );
  const after = expect(run).toBeList(4);
  for (const [i, [name, sent]] of Object.entries({ W, b, x, g }).entries()) {
    const isUnchanged = () => sameValue(after[i], asReturned(sent));
    const failure = `L'argument ${name} change : pendant l'appel, ou avec un des gradients, dont il partage alors la mémoire.`;
    expect(after[i], name).toSatisfy(isUnchanged, failure);
  }
}
