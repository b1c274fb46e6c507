// Hidden tests of relu, tanh and nll: any shape, any g, far from zero, with and without a gradient.
import {
  array,
  backwardNll,
  backwardRelu,
  backwardTanh,
  map,
  maximum,
  type NdArray,
  softmax,
  nll as valueOfNll,
  zeros,
} from "retroprop";
import { type Explanation, field } from "../../../judge/explain.js";
import { type Comparable, numbersIn } from "../../../judge/numbers.js";
import { hiddenExercise } from "../../../judge/spec.js";
import * as tp2 from "../exercises.js";
import { known } from "../messages.fr.js";
import {
  type Asked,
  computed,
  expectOwnResult,
  gradientHasNaN,
  gradientWas,
  operationMistakes,
  runOperations,
} from "../operation.js";
import { double } from "./double.js";

const shapes = [[6], [3, 4], [2, 3, 2], []] as const;

const inputOf = ({ data }: Asked): NdArray => double(data[0]!);
const gOf = ({ g }: Asked): NdArray => double(g);

const gaveNonFiniteResult: Explanation["when"] = ({ received }) => {
  const numbers = numbersIn(field(received, "result"));
  return numbers !== undefined && !Array.from(numbers.data).every(Number.isFinite);
};

const positive = (x: NdArray): NdArray => map(x, (value) => Math.abs(value) + 0.5);

const reluMistakes = [
  ...operationMistakes,
  ...known({
    "g ignoré dans une règle": gradientWas(0, (asked) => map(inputOf(asked), (value) => Number(value > 0))),
    "dérivée de ReLU inversée": gradientWas(0, (asked) => gOf(asked).sub(backwardRelu(inputOf(asked), gOf(asked)))),
    "dérivée de ReLU oubliée": gradientWas(0, gOf),
    "g filtré au lieu de x": gradientWas(0, (asked) => maximum(gOf(asked), 0)),
  }),
];

export const relu = hiddenExercise(tp2.relu, ({ test }) => {
  test("Est juste pour toutes les formes, résultat et gradient.", {
    points: 0.25,
    explain: reluMistakes,
    hint: "Chaque élément est traité seul : le résultat et le gradient ont la forme de x.",
  }, async ({ student, random, expect }) => {
    const operations = shapes.flatMap((shape) => {
      const apart = positive(random.normal(shape));
      const ofOneSign = shape.length === 2 ? [apart, apart.neg()] : [];
      const xs = [random.normal(shape), random.normal(shape, { scale: 50 }), ...ofOneSign];
      return xs.map((x) => ({ name: "relu", data: [x], g: random.normal(shape) }) as const);
    });
    for await (const { asked, run } of runOperations(student, operations)) {
      const [x, g] = [double(asked.data[0]!), double(asked.g)];
      const { result, gradients } = expect(run).toHaveFields("result", "gradients");
      expect(result, "résultat").toBeCloseTo(map(x, (value) => Math.max(value, 0)));
      expect(expect(gradients).toBeList(1)[0], "gradient de x").toBeCloseTo(backwardRelu(x, g));
      expectOwnResult(expect, run);
    }
  });

  test("Ne laisse rien passer en 0, ne change ni x ni g, et ne demande un gradient que si x en demande un.", {
    points: 0.25,
    explain: [
      ...reluMistakes.filter(({ mistake }) => mistake !== "g ignoré dans une règle"),
      ...known({
        "dérivée de ReLU en 0": gradientWas(0, (asked) =>
          map(inputOf(asked), (value) => Number(value >= 0)).mul(gOf(asked)),
        ),
        "petits nombres positifs arrêtés": gradientWas(0, (asked) =>
          map(inputOf(asked), (value) => Number(value > 0.005)).mul(gOf(asked)),
        ),
      }),
    ],
    hint: "La dérivée en 0 vaut 0, et c'est record qui décide si le résultat demande un gradient.",
  }, async ({ student, random, expect }) => {
    const [x, g] = [random.normal([7]), random.normal([7])];
    for (const [i, value] of [1.5, -2.5, 0, 0.001, -0.001].entries()) x.set([i], value);
    for (const [i, value] of [-2, 1, 2, 2].entries()) g.set([i], value);
    const operations = [true, false].map((isAsked) => {
      return { name: "relu", data: [x], g, requireGrad: [isAsked] } as const;
    });
    for await (const { asked, run } of runOperations(student, operations)) {
      const [requireGrad] = asked.requireGrad;
      const after = expect(run).toHaveFields("requireGrad", "gradients", "data", "g");
      expect(after.requireGrad, "requireGrad").toBe(requireGrad);
      expect(expect(after.data).toBeList(1)[0], "x").toBeUnchanged(x);
      expect(after.g, "g").toBeUnchanged(g);
      if (!requireGrad) continue;
      const [gradient] = expect(after.gradients).toBeList(1);
      expect(gradient, "gradient de x").toBeCloseTo(backwardRelu(double(x), double(g)));
    }
  });
});

const tanhValue = (x: NdArray): NdArray => map(double(x), Math.tanh);
const derivative = (asked: Asked): NdArray => map(inputOf(asked), (value) => 1 - Math.tanh(value) ** 2);

const tanhMistakes = [
  ...operationMistakes,
  ...known({
    "g ignoré dans une règle": gradientWas(0, derivative),
    "tanh appliquée deux fois dans la dérivée": gradientWas(0, (asked) =>
      map(inputOf(asked), (value) => 1 - Math.tanh(Math.tanh(value)) ** 2).mul(gOf(asked)),
    ),
    "carré oublié dans la dérivée": gradientWas(0, (asked) =>
      map(inputOf(asked), (value) => 1 - Math.tanh(value)).mul(gOf(asked)),
    ),
    "dérivée avec x au lieu de tanh x": gradientWas(0, (asked) =>
      map(inputOf(asked), (value) => 1 - value ** 2).mul(gOf(asked)),
    ),
  }),
];

export const tanh = hiddenExercise(tp2.tanh, ({ test }) => {
  test("Est juste pour toutes les formes, résultat et gradient, sans changer ni x ni g.", {
    points: 0.25,
    explain: tanhMistakes,
    hint: "Chaque élément est traité seul : le résultat et le gradient ont la forme de x.",
  }, async ({ student, random, expect }) => {
    const operations = shapes.flatMap((shape) =>
      [1, 3].map(
        (scale) => ({ name: "tanh", data: [random.normal(shape, { scale })], g: random.normal(shape) }) as const,
      ),
    );
    for await (const { asked, run } of runOperations(student, operations)) {
      const [x, g] = [asked.data[0]!, asked.g];
      expectOwnResult(expect, run);
      const after = expect(run).toHaveFields("result", "gradients", "data", "g");
      expect(after.result, "résultat").toBeCloseTo(tanhValue(x));
      expect(expect(after.gradients).toBeList(1)[0], "gradient de x").toBeCloseTo(backwardTanh(double(x), double(g)));
      expect(expect(after.data).toBeList(1)[0], "x").toBeUnchanged(x);
      expect(after.g, "g").toBeUnchanged(g);
    }
  });

  test("Reste juste loin de 0, avec et sans gradient demandé.", {
    points: 0.25,
    explain: [
      ...known({
        "débordement de tanh": [gradientHasNaN, gaveNonFiniteResult],
        "sigmoïde au lieu de tanh": computed(() => [1, 0, 1, 1]),
      }),
      ...operationMistakes,
    ],
    hint: "Essayez x = 800 et x = -800.",
  }, async ({ student, random, expect }) => {
    const operations = [true, false].map((isAsked) => {
      const [x, g] = [array([800, -800, ...random.uniform([2], { low: 100, high: 700 }).data]), random.normal([4])];
      return { name: "tanh", data: [x], g, requireGrad: [isAsked] } as const;
    });
    for await (const { asked, run } of runOperations(student, operations)) {
      const [requireGrad] = asked.requireGrad;
      const after = expect(run).toHaveFields("result", "requireGrad", "gradients");
      expect(after.result, "résultat").toBeCloseTo([1, -1, 1, 1]);
      expect(after.requireGrad, "requireGrad").toBe(requireGrad);
      if (requireGrad) expect(expect(after.gradients).toBeList(1)[0], "gradient de x").toBeCloseTo(zeros([4]));
    }
  });
});

const golds = [0, 1, 4] as const;
const goldOf = ({ more }: Asked): number => more[0]!;
const scaled = (asked: Asked, factor: number): NdArray =>
  backwardNll(inputOf(asked), goldOf(asked), factor * asked.g.at());

/** Where the gradient is zero, with any sign it is right. */
const gradientWasWrongly =
  (formula: (asked: Asked) => Comparable): Explanation["when"] =>
  (observed) =>
    gradientWas(0, formula)(observed) && !gradientWas(0, (asked) => scaled(asked, 1))(observed);

const isLossOfOther: Explanation["when"] = (observed) =>
  golds.some((other) =>
    computed((asked) => {
      const isOther = other !== goldOf(asked) && other < inputOf(asked).size;
      return isOther ? valueOfNll(inputOf(asked), other) : [];
    })(observed),
  );

const nllMistakes = [
  ...operationMistakes,
  ...known({
    "perte de forme [1]": computed((asked) => [valueOfNll(inputOf(asked), goldOf(asked))]),
    "signe de la perte": computed((asked) => {
      const loss = valueOfNll(inputOf(asked), goldOf(asked));
      return loss < 0.01 ? [] : -loss;
    }),
    "bonne classe ignorée": computed((asked) => (goldOf(asked) === 0 ? [] : valueOfNll(inputOf(asked), 0))),
    "perte d'une autre classe": isLossOfOther,
    "g ignoré dans une règle": gradientWasWrongly((asked) => scaled(asked, 1 / asked.g.at())),
    "signe du gradient": gradientWasWrongly((asked) => scaled(asked, -1)),
    "gradient divisé par le nombre de classes": gradientWasWrongly((asked) => scaled(asked, 1 / inputOf(asked).size)),
    "onehot oublié": gradientWasWrongly((asked) => softmax(inputOf(asked)).mul(asked.g.at())),
  }),
];

export const nll = hiddenExercise(tp2.nll, ({ test }) => {
  test("Est juste pour des logits quelconques, chaque classe et tout g, avec et sans gradient demandé.", {
    points: 0.25,
    explain: nllMistakes,
    hint: "La perte et son gradient sont ceux du TP1 ; la règle reçoit g, un tableau sans dimension.",
  }, async ({ student, random, expect }) => {
    const losses = golds.flatMap((gold) => [2.5, -1.25, 0].map((g) => [gold, array(g)] as const));
    const operations = losses.flatMap(([gold, g]) => {
      const data = [random.normal([5], { scale: 2 })];
      const flags = g.at() === 0 ? [true, false] : [true];
      return flags.map((isAsked) => ({ name: "nll", data, gold, g, requireGrad: [isAsked] }) as const);
    });
    for await (const { asked, run } of runOperations(student, operations)) {
      const [x, [requireGrad]] = [asked.data[0]!, asked.requireGrad];
      const after = expect(run).toHaveFields("result", "requireGrad", "gradients", "data", "g");
      expect(after.result, "résultat").toBeCloseTo(valueOfNll(double(x), asked.gold));
      expect(after.requireGrad, "requireGrad").toBe(requireGrad);
      expect(expect(after.data).toBeList(1)[0], "x").toBeUnchanged(x);
      expect(after.g, "g").toBeUnchanged(asked.g);
      if (!requireGrad) continue;
      const [gradient] = expect(after.gradients).toBeList(1);
      expect(gradient, "gradient des logits").toBeCloseTo(backwardNll(double(x), asked.gold, asked.g.at()));
      expectOwnResult(expect, run);
    }
  });

  test("Reste juste quand les logits sont très grands ou très petits.", {
    points: 0.25,
    explain: [
      ...known({
        "logarithme d'une probabilité nulle": gaveNonFiniteResult,
      }),
      ...nllMistakes,
    ],
    hint: "Aucun exposant ne doit être positif, et la perte peut dépasser 10 000.",
  }, async ({ student, random, expect }) => {
    const far = [array([1e4, 0, -5]), random.normal([4]).add(-1e4), random.normal([3]).add(1e4)];
    const operations = far.flatMap((x) => {
      return [0, 2].map((gold) => ({ name: "nll", data: [x], gold, g: array(1) }) as const);
    });
    for await (const { asked, run } of runOperations(student, operations)) {
      const [x, gold] = [double(asked.data[0]!), asked.gold];
      const { result, gradients } = expect(run).toHaveFields("result", "gradients");
      // Logits near 10 000 have three digits left after the point in single precision: so has the loss.
      expect(result, "résultat").toBeCloseTo(valueOfNll(x, gold), { absolute: 1e-2 });
      const [gradient] = expect(gradients).toBeList(1);
      expect(gradient, "gradient des logits").toBeCloseTo(backwardNll(x, gold, 1));
    }
  });
});
