// Visible tests of the operations: small cases one can work out by hand.
import { array, zeros } from "retroprop";
import { refusesShapes } from "../../../judge/explain.js";
import { exercise } from "../../../judge/spec.js";
import * as tp2 from "../exercises.js";
import { known } from "../messages.fr.js";
import { computed, gradientWas, operationMistakes, runOperation } from "../operation.js";

const signs = array([-1, 0.5, 2, -3]);

export const relu = exercise(tp2.relu, ({ test }) => {
  test("Remplace les nombres négatifs par 0, sans changer x.", {
    points: 0.25,
    explain: [
      ...operationMistakes,
      ...known({
        "valeur absolue": computed(() => [1, 0.5, 2, 3]),
        "minimum au lieu du maximum": computed(() => [-1, 0, 0, -3]),
        "pente du côté négatif": computed(() => [-0.01, 0.5, 2, -0.03]),
      }),
    ],
  }, async ({ student, expect }) => {
    const run = await runOperation(student, { name: "relu", data: [signs], g: signs, requireGrad: [false] });
    const { result, data } = expect(run).toHaveFields("result", "data");
    expect(result, "résultat").toBeCloseTo([0, 0.5, 2, 0]);
    expect(expect(data).toBeList(1)[0], "x").toBeUnchanged(signs);
  });

  test("Sa règle laisse passer g là où x est positif.", {
    points: 0.25,
    explain: [
      ...operationMistakes,
      ...known({
        "g ignoré dans une règle": gradientWas(0, () => [0, 1, 1, 0]),
        "dérivée de ReLU inversée": gradientWas(0, () => [3, 0, 0, 4]),
        "dérivée de ReLU oubliée": gradientWas(0, () => [3, 5, -2, 4]),
        "g filtré au lieu de x": gradientWas(0, () => [3, 5, 0, 4]),
        "x à la place de la dérivée": gradientWas(0, () => [0, 2.5, -4, 0]),
        "pente du côté négatif": gradientWas(0, () => [0.03, 5, -2, 0.04]),
      }),
    ],
  }, async ({ student, expect }) => {
    const run = await runOperation(student, { name: "relu", data: [signs], g: array([3, 5, -2, 4]) });
    const { gradients } = expect(run).toHaveFields("gradients");
    expect(expect(gradients).toBeList(1)[0], "gradient de x").toBeCloseTo([0, 5, -2, 0]);
  });
});

/** Their hyperbolic tangents are 0, 3/5 and −4/5. */
const threeAngles = array([0, Math.log(2), -Math.log(3)]);

export const tanh = exercise(tp2.tanh, ({ test }) => {
  test("Vaut 0, 3/5, -4/5 en 0, ln 2, -ln 3, sans changer x.", {
    points: 0.25,
    explain: [...operationMistakes, ...known({ "sigmoïde au lieu de tanh": computed(() => [1 / 2, 2 / 3, 1 / 4]) })],
  }, async ({ student, expect }) => {
    const run = await runOperation(student, {
      name: "tanh",
      data: [threeAngles],
      g: threeAngles,
      requireGrad: [false],
    });
    const { result, data } = expect(run).toHaveFields("result", "data");
    expect(result, "résultat").toBeCloseTo([0, 3 / 5, -4 / 5]);
    expect(expect(data).toBeList(1)[0], "x").toBeUnchanged(threeAngles);
  });

  test("Sa règle multiplie g par la dérivée, qui vaut 1, 16/25, 9/25 en 0, ln 2, -ln 3.", {
    points: 0.25,
    explain: [
      ...operationMistakes,
      ...known({
        "g ignoré dans une règle": gradientWas(0, () => [1, 16 / 25, 9 / 25]),
        "tanh appliquée deux fois dans la dérivée": gradientWas(0, () => [
          2,
          -(1 - Math.tanh(3 / 5) ** 2),
          5 * (1 - Math.tanh(4 / 5) ** 2),
        ]),
        "carré oublié dans la dérivée": gradientWas(0, () => [2, -2 / 5, 9]),
        "signe dans la dérivée": [
          gradientWas(0, () => [2, -34 / 25, 41 / 5]),
          gradientWas(0, () => [-2, 16 / 25, -9 / 5]),
        ],
        "dérivée avec x au lieu de tanh x": gradientWas(0, () => [
          2,
          -(1 - Math.log(2) ** 2),
          5 * (1 - Math.log(3) ** 2),
        ]),
        "sinus hyperbolique": [
          gradientWas(0, () => [2, -25 / 16, 125 / 9]),
          gradientWas(0, () => [2, -(1 - 9 / 16), 5 * (1 - 16 / 9)]),
          gradientWas(0, () => [2, -5 / 4, 25 / 3]),
        ],
        "x à la place de la dérivée": gradientWas(0, () => [0, -3 / 5, -4]),
      }),
    ],
  }, async ({ student, expect }) => {
    const run = await runOperation(student, { name: "tanh", data: [threeAngles], g: array([2, -1, 5]) });
    const { gradients } = expect(run).toHaveFields("gradients");
    expect(expect(gradients).toBeList(1)[0], "gradient de x").toBeCloseTo([2, -16 / 25, 9 / 5]);
  });
});

const W = array([
  [1, 2, 3],
  [4, 5, 6],
]);
const b = array([10, 20]);
const x = array([1, 2, -1]);
const g = array([2, -1]);
const gW = [
  [2, 4, -2],
  [-1, -2, 1],
];

/** Two examples, one a line. */
const lot = array([
  [1, 2, -1],
  [0, 1, 3],
]);
const gLot = array([
  [2, -1],
  [1, 5],
]);

export const affine = exercise(tp2.affine, ({ test }) => {
  test("Calcule W x + b sur un petit exemple, sans rien changer.", {
    points: 0.25,
    explain: [
      ...operationMistakes,
      ...known({
        "biais oublié": computed(() => [2, 8]),
        "W transposée": ({ fault }) => /inner lengths differ|expects/.test(fault?.detail?.message ?? ""),
      }),
    ],
  }, async ({ student, expect }) => {
    const requireGrad = [false, false, false];
    const run = await runOperation(student, { name: "affine", data: [W, b, x], g, requireGrad });
    const { result, data } = expect(run).toHaveFields("result", "data");
    expect(result, "résultat").toBeCloseTo([12, 28]);
    const [afterW, afterB, afterX] = expect(data).toBeList(3);
    expect(afterW, "W").toBeUnchanged(W);
    expect(afterB, "b").toBeUnchanged(b);
    expect(afterX, "x").toBeUnchanged(x);
  });

  test("Ses trois règles donnent les gradients de W, de b et de x.", {
    points: 0.5,
    explain: [
      ...operationMistakes,
      ...known({
        "produit extérieur transposé": gradientWas(0, () => [
          [2, -1],
          [4, -2],
          [-2, 1],
        ]),
        "règles dans un autre ordre que les entrées": [
          gradientWas(0, () => [-2, -1, 0]),
          gradientWas(0, () => [2, -1]),
          gradientWas(2, () => gW),
        ],
        "g ignoré dans une règle": [
          gradientWas(0, () => [x, x]),
          gradientWas(1, () => [1, 1]),
          gradientWas(2, () => [5, 7, 9]),
        ],
        "W à la place de x": gradientWas(0, () => [
          [2, 4, 6],
          [-4, -5, -6],
        ]),
        "b dans son propre gradient": gradientWas(1, () => [20, -20]),
        "W au lieu de sa transposée dans la règle de x": ({ fault }) =>
          /inner lengths differ/.test(fault?.detail?.message ?? ""),
      }),
    ],
  }, async ({ student, expect }) => {
    const run = await runOperation(student, { name: "affine", data: [W, b, x], g });
    const { gradients } = expect(run).toHaveFields("gradients");
    const [ofW, ofB, ofX] = expect(gradients).toBeList(3);
    expect(ofW, "gradient de W").toBeCloseTo(gW);
    expect(ofB, "gradient de b").toBeCloseTo([2, -1]);
    expect(ofX, "gradient de x").toBeCloseTo([-2, -1, 0]);
  });

  test("Sur un lot de deux exemples, une ligne chacun : les gradients de W et de b sont des sommes.", {
    points: 0.5,
    explain: [
      ...operationMistakes,
      ...known({
        "gradient divisé par la taille du lot": [
          gradientWas(1, () => [1.5, 2]),
          gradientWas(0, () => [
            [1, 2.5, 0.5],
            [-0.5, 1.5, 8],
          ]),
        ],
        "biais non sommé sur le lot": gradientWas(1, () => gLot),
        "axe du lot confondu": gradientWas(1, () => [1, 6]),
        "gradient de x sommé sur le lot": gradientWas(2, () => [19, 26, 33]),
        "lot non géré": refusesShapes,
      }),
    ],
  }, async ({ student, expect }) => {
    const run = await runOperation(student, { name: "affine", data: [W, b, lot], g: gLot });
    const { result, gradients } = expect(run).toHaveFields("result", "gradients");
    expect(result, "résultat").toBeCloseTo([
      [12, 28],
      [21, 43],
    ]);
    const [ofW, ofB, ofX] = expect(gradients).toBeList(3);
    expect(ofW, "gradient de W").toBeCloseTo([
      [2, 5, 1],
      [-1, 3, 16],
    ]);
    expect(ofB, "gradient de b").toBeCloseTo([3, 4]);
    expect(ofX, "gradient de x").toBeCloseTo([
      [-2, -1, 0],
      [21, 27, 33],
    ]);
  });
});

export const nll = exercise(tp2.nll, ({ test }) => {
  test("Vaut ln 4 pour quatre logits nuls : un tenseur sans dimension, de forme [].", {
    points: 0.25,
    explain: [
      ...operationMistakes,
      ...known({
        "perte de forme [1]": computed(() => [Math.log(4)]),
        "signe de la perte": computed(() => -Math.log(4)),
      }),
    ],
  }, async ({ student, expect }) => {
    const run = await runOperation(student, {
      name: "nll",
      data: [zeros([4])],
      gold: 1,
      g: array(1),
      requireGrad: [false],
    });
    expect(expect(run).toHaveFields("result").result, "résultat").toBeCloseTo(Math.log(4));
  });

  test("Sa règle donne le gradient des logits, multiplié par g : avec g = 2, il vaut [0.5, -1.5, 0.5, 0.5].", {
    points: 0.25,
    explain: [
      ...operationMistakes,
      ...known({
        "g ignoré dans une règle": gradientWas(0, () => [0.25, -0.75, 0.25, 0.25]),
        "g appliqué deux fois": gradientWas(0, () => [1, -3, 1, 1]),
        "signe du gradient": gradientWas(0, () => [-0.5, 1.5, -0.5, -0.5]),
        "-onehot seul": gradientWas(0, () => [0, -2, 0, 0]),
        "onehot oublié": gradientWas(0, () => [0.5, 0.5, 0.5, 0.5]),
        "gradient divisé par le nombre de classes": gradientWas(0, () => [0.125, -0.375, 0.125, 0.125]),
      }),
    ],
  }, async ({ student, expect }) => {
    const run = await runOperation(student, { name: "nll", data: [zeros([4])], gold: 1, g: array(2) });
    const { gradients } = expect(run).toHaveFields("gradients");
    expect(expect(gradients).toBeList(1)[0], "gradient des logits").toBeCloseTo([0.5, -1.5, 0.5, 0.5]);
  });
});
