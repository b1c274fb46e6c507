// Visible tests of the two gradients: small cases one can work out by hand.
import { array, zeros } from "retroprop";
import { isClose } from "../../../judge/closeness.js";
import { type Explanation, gave, part } from "../../../judge/explain.js";
import type { Comparable } from "../../../judge/numbers.js";
import { exercise } from "../../../judge/spec.js";
import * as tp1 from "../exercises.js";
import { known } from "../messages.fr.js";
import { changedArgument } from "../recognise.js";
import type { Scope } from "../scope.js";

const W = array([
  [1, 2, 3],
  [4, 5, 6],
]);
const b = array([10, 20]);
const x = array([1, 2, 3]);
const g = array([2, -1]);
const gW = [
  [2, 4, 6],
  [-1, -2, -3],
];

/** The first gradient that came back is `expected`; the second when `index` is 1. */
const gradientIs =
  (expected: Comparable, index = 0): Explanation["when"] =>
  ({ received }) =>
    isClose(part(received, index), expected);

const backwardAffine = exercise(tp1.backwardAffine, ({ test }) => {
  test("Rend [gW, gb], avec gW = g xᵀ et gb = g, sur un petit exemple.", {
    points: 1,
    explain: known({
      "gradients échangés": gradientIs([2, -1]),
      "produit extérieur transposé": gradientIs([
        [2, -1],
        [4, -2],
        [6, -3],
      ]),
      "g ignoré": [gradientIs([x, x]), gradientIs([1, 1], 1)],
      "une seule ligne répétée": gradientIs([gW[1]!, gW[1]!]),
      "W à la place de x": gradientIs([
        [2, 4, 6],
        [-4, -5, -6],
      ]),
      "gb multiplié par b": gradientIs([20, -20], 1),
    }),
  }, async ({ student, expect }) => {
    const gradients = expect(await student.call("backwardAffineTransform", W, b, x, g)).toBeList(2);
    expect(gradients[0], "gW").toBeCloseTo(gW);
    expect(gradients[1], "gb").toBeCloseTo(g);
  });

  test("gb est une copie de g : changer l'un ne change pas l'autre.", {
    points: 0.5,
    explain: known({ "gb est g lui-même": ({ received }) => isClose(part(received, 0), [12345, 12345]) }),
  }, async ({ student, expect }) => {
    const gAndCopy = await student.evaluate(
      async ({ tp }: Scope, { W, b, x, g }) => {
        const result = await tp.backwardAffineTransform(W, b, x, g);
        const gb = (result as [unknown, { readonly data?: Float32Array } & Float32Array])[1];
        const memory = gb.data ?? gb;
        const copy = Array.from(memory);
        memory.fill(12345);
        return [g, copy];
      },
      { W, b, x, g },
    );
    const [gAfter, gb] = expect(gAndCopy).toBeList(2);
    expect(gb, "gb").toBeCloseTo(g);
    expect(gAfter, "g").toBeUnchanged(g);
  });
});

/** Their exponentials are 1, 2 and 5, their sum 8. */
const logits = array([0, Math.log(2), Math.log(5)]);

const backwardNll = exercise(tp1.backwardNll, ({ test }) => {
  test("Donne [0.25, -0.75, 0.25, 0.25] pour quatre logits nuls, gold = 1 et g = 1.", {
    points: 0.5,
    explain: known({
      "-onehot seul": gave(() => [0, -1, 0, 0]),
      "gradient d'une autre classe": [0, 2, 3].map((other) =>
        gave(() => [0, 1, 2, 3].map((i) => (i === other ? -0.75 : 0.25))),
      ),
      "onehot oublié": gave(() => [0.25, 0.25, 0.25, 0.25]),
      "signe du gradient": gave(() => [-0.25, 0.75, -0.25, -0.25]),
      "gradient divisé par le nombre de classes": gave(() => [0.0625, -0.1875, 0.0625, 0.0625]),
      "gradient de la probabilité": gave(() => [-0.0625, 0.1875, -0.0625, -0.0625]),
    }),
  }, async ({ student, expect }) => {
    expect(await student.call("backwardNll", zeros([4]), 1, 1)).toBeCloseTo([0.25, -0.75, 0.25, 0.25]);
  });

  test("Est multiplié par g : avec g = -4, tout le gradient l'est par -4.", {
    points: 0.5,
    explain: known({
      "g ignoré": gave(() => [1 / 8, 1 / 4, -3 / 8]),
      "g appliqué à une partie du gradient": [
        gave(() => [-1 / 2, -1, -7 / 2]),
        gave(() => [1 / 8, 1 / 4, 5 / 8 + 4]),
        gave(() => [1 / 8, 1 / 4, 3 / 2]),
      ],
      "signe du gradient": gave(() => [1 / 2, 1, -3 / 2]),
      "onehot oublié": gave(() => [-1 / 2, -1, -5 / 2]),
      "-onehot seul": gave(() => [0, 0, 4]),
    }),
  }, async ({ student, expect }) => {
    expect(await student.call("backwardNll", logits, 2, -4)).toBeCloseTo([-1 / 2, -1, 3 / 2]);
  });

  test("Ses composantes ont une somme nulle, et les logits ne changent pas.", {
    points: 0.25,
    explain: known({ "logits modifiés sur place": changedArgument(0) }),
  }, async ({ student, expect }) => {
    const { result, args } = await student.callAndReturnArguments("backwardNll", logits, 0, 1);
    expect(args[0], "x").toBeUnchanged(logits);
    expect(result).toSumTo(0);
    expect(result).toBeCloseTo([-7 / 8, 1 / 4, 5 / 8]);
  });
});

export const gradients = [backwardAffine, backwardNll] as const;
