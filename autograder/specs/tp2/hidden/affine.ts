// Hidden tests of affine and its three rules: every shape, one example and batches, with and without a gradient for x.
import { type NdArray, outer, type RandomGenerator, sum } from "retroprop";
import { refusesShapes } from "../../../judge/explain.js";
import { hiddenExercise } from "../../../judge/spec.js";
import * as tp2 from "../exercises.js";
import { known } from "../messages.fr.js";
import {
  type Asked,
  beforeFactor,
  computed,
  expectOwnResult,
  gradientWas,
  operationMistakes,
  runOperations,
} from "../operation.js";
import { double } from "./double.js";

/** Out, in: tall, wide, square, a single row, a single column. */
const shapes = [
  [5, 3],
  [2, 7],
  [4, 4],
  [1, 6],
  [6, 1],
] as const;

type Shape = readonly [number, number];

/** The first number of x is negative, whatever the seed. */
function drawOne(random: RandomGenerator, [dimOut, dimIn]: Shape) {
  const [W, b, x] = [random.normal([dimOut, dimIn]), random.normal([dimOut]), random.normal([dimIn])] as const;
  x.set([0], -0.5 - Math.abs(x.at(0)));
  return { data: [W, b, x] as const, g: random.normal([dimOut]) };
}

const drawBatch = (random: RandomGenerator, n: number, [dimOut, dimIn]: Shape) => ({
  data: [random.normal([dimOut, dimIn]), random.normal([dimOut]), random.normal([n, dimIn])] as const,
  g: random.normal([n, dimOut]),
});

interface Drawn {
  readonly data: readonly [NdArray, NdArray, NdArray];
  readonly g: NdArray;
}

/** A score of zero, and a zero in x and in g: numbers like any others. */
function holdZeros({ data: [W, b, x], g }: Drawn): void {
  W.row(0).fill_(0);
  b.set([0], 0);
  x.set([1], 0);
  g.set([2], 0);
}

/** The result and the three gradients, in double precision; a single example is a batch of one. */
function reference({ data, g }: Drawn) {
  const [W, b, x] = data.map(double) as [NdArray, NdArray, NdArray];
  const [lot, gLot] = x.ndim === 1 ? [x.reshape([1, x.size]), double(g).reshape([1, g.size])] : [x, double(g)];
  return {
    result: lot.matmul(W.transpose()).add(b).reshape(g.shape),
    gradients: [gLot.transpose().matmul(lot), sum(gLot, { axis: 0 }), gLot.matmul(W).reshape(x.shape)],
  };
}

const doubled = ({ data, g }: Asked) => {
  const [W, b, x] = data.map(double);
  return { W: W!, b: b!, x: x!, g: double(g) };
};

const mistakes = [
  ...operationMistakes,
  ...known({
    "biais oublié": computed((asked) => {
      const { W, x } = doubled(asked);
      return x.ndim === 1 ? W.matmul(x) : x.matmul(W.transpose());
    }),
    "nombres d'un appel précédent": [
      computed((asked) => {
        const { W, b, x } = doubled(asked);
        return (x.ndim === 1 ? W.matmul(x) : x.matmul(W.transpose())).mul(beforeFactor).add(b);
      }),
      gradientWas(2, (asked) => {
        const { W, g } = doubled(asked);
        return g.matmul(W).mul(beforeFactor);
      }),
    ],
    "produit extérieur transposé": gradientWas(0, (asked) => {
      const { x, g } = doubled(asked);
      return outer(x, g);
    }),
    "biais non sommé sur le lot": gradientWas(1, ({ g }) => (g.ndim === 2 ? g : [])),
    "gradient divisé par la taille du lot": [0, 1].map((index) =>
      gradientWas(index, ({ data, g }) => {
        const n = g.ndim === 2 ? g.shape[0]! : Number.NaN;
        return reference({ data: data as Drawn["data"], g }).gradients[index]!.div(n);
      }),
    ),
    "gradient de x sommé sur le lot": gradientWas(2, (asked) => {
      const { W, g } = doubled(asked);
      return g.ndim === 2 ? sum(g.matmul(W), { axis: 0 }) : [];
    }),
    "W au lieu de sa transposée dans la règle de x": [
      ({ fault }) => /inner lengths differ/.test(fault?.detail?.message ?? ""),
      gradientWas(2, (asked) => {
        const { W, g } = doubled(asked);
        return g.ndim === 1 ? W.matmul(g) : g.matmul(W.transpose());
      }),
    ],
  }),
];

const lotMistakes = [...mistakes, ...known({ "lot non géré": refusesShapes })];

export const affine = hiddenExercise(tp2.affine, ({ test }) => {
  test("Est juste pour un exemple et des matrices de toutes les formes.", {
    points: 0.5,
    explain: mistakes,
    hint: "Essayez une matrice qui n'est pas carrée, une seule ligne, une seule colonne : chaque gradient a la forme de son entrée.",
  }, async ({ student, random, expect }) => {
    const operations = shapes.map((shape) => {
      const drawn = drawOne(random, shape);
      if (shape[0] === 4) holdZeros(drawn);
      return { name: "affine", ...drawn } as const;
    });
    for await (const { asked, run } of runOperations(student, operations)) {
      const wanted = reference(asked);
      const { result, gradients } = expect(run).toHaveFields("result", "gradients");
      expect(result, "résultat").toBeCloseTo(wanted.result);
      const received = expect(gradients).toBeList(3);
      for (const [i, name] of ["W", "b", "x"].entries()) {
        expect(received[i], `gradient de ${name}`).toBeCloseTo(wanted.gradients[i]!);
      }
      expectOwnResult(expect, run);
    }
  });

  test("Est juste pour des lots de toutes les tailles, même d'un seul exemple.", {
    points: 0.5,
    explain: lotMistakes,
    hint: "Un lot de n exemples donne n lignes de scores ; les gradients de W et de b s'ajoutent, celui de x garde ses lignes.",
  }, async ({ student, random, expect }) => {
    const lots = [
      [3, [2, 4]],
      [1, [3, 2]],
      [4, [4, 4]],
      [5, [3, 1]],
      [2, [1, 3]],
    ] as const;
    const operations = lots.map(([n, shape]) => ({ name: "affine", ...drawBatch(random, n, shape) }) as const);
    for await (const { asked, run } of runOperations(student, operations)) {
      const wanted = reference(asked);
      const { result, gradients } = expect(run).toHaveFields("result", "gradients");
      expect(result, "résultat").toBeCloseTo(wanted.result);
      const received = expect(gradients).toBeList(3);
      for (const [i, name] of ["W", "b", "x"].entries()) {
        expect(received[i], `gradient de ${name}`).toBeCloseTo(wanted.gradients[i]!);
      }
      expectOwnResult(expect, run);
    }
  });

  test("Est proportionnelle à g, et ne change ni ses entrées ni g.", {
    points: 0.5,
    explain: mistakes,
    hint: "Les règles ne dépendent que de W, de x et de g, et d'aucun appel précédent.",
  }, async ({ student, random, expect }) => {
    const { data, g } = drawOne(random, [3, 4]);
    const operations = [1, -2, 0].map((factor) => ({ name: "affine", data, g: g.mul(factor) }) as const);
    for await (const { asked, run } of runOperations(student, operations)) {
      const wanted = reference(asked).gradients;
      const after = expect(run).toHaveFields("gradients", "data", "g");
      const [received, kept] = [expect(after.gradients).toBeList(3), expect(after.data).toBeList(3)];
      for (const [i, name] of ["W", "b", "x"].entries()) {
        expect(received[i], `gradient de ${name}`).toBeCloseTo(wanted[i]!);
        expect(kept[i], name).toBeUnchanged(data[i]!);
      }
      expect(after.g, "g").toBeUnchanged(asked.g);
    }
  });

  test("Ne demande un gradient que si l'une de ses entrées en demande un.", {
    points: 0.25,
    explain: mistakes,
    hint: "La première couche reçoit une image, qui n'en demande pas ; W et b, si.",
  }, async ({ student, random, expect }) => {
    const drawn = drawOne(random, [2, 3]);
    const wanted = reference(drawn).gradients;
    const operations = [
      [true, true, false],
      [false, false, false],
      [false, false, true],
    ].map((requireGrad) => ({ name: "affine", ...drawn, requireGrad }) as const);
    for await (const { asked, run } of runOperations(student, operations)) {
      const { requireGrad } = asked;
      const after = expect(run).toHaveFields("requireGrad", "gradients");
      expect(after.requireGrad, "requireGrad").toBe(requireGrad.some(Boolean));
      const received = expect(after.gradients).toBeList(3);
      for (const [i, name] of ["W", "b", "x"].entries()) {
        if (requireGrad[i]) expect(received[i], `gradient de ${name}`).toBeCloseTo(wanted[i]!);
      }
    }
  });
});
