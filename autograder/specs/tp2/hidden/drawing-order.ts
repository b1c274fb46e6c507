// In which order a DeepNetwork draws its weights: the student's own initialisations, called in every other order, say so.
import type { NdArray, RandomGenerator } from "retroprop";
import type { Expect } from "../../../judge/expect.js";
import { type Explanation, field } from "../../../judge/explain.js";
import { sameValue } from "../../../judge/same-value.js";
import type { Student, Value } from "../../../judge/student.js";
import { known } from "../messages-b.fr.js";
import type { Scope } from "../scope.js";
import { itemsOf } from "../visible/run-deep-network.js";

/** Of two layers between and the output, all but one after the other. */
const otherOrders = [
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/**
 * Weights that none of these orders gives are left alone: how an initialisation is called, and how often, is the
 * student's affair.
 */
export async function expectLayerByLayer(expect: Expect, student: Student, random: RandomGenerator): Promise<void> {
  const run = await drawInOrders(student, random.integer(2 ** 31));
  const isInOrder = () => !isInAnotherOrder(run);
  const failure = "Les poids ne sont pas tirés couche après couche, ceux de la sortie en dernier.";
  expect(field(run, "network"), "l'ordre des tirages").toSatisfy(isInOrder, failure);
}

/** An object with `network`, the parameters as they are built, and `drawn`, the weights that each other order gives. */
const drawInOrders = (student: Student, seed: number): Promise<Value> =>
  student.evaluate(
    async ({ tp, lib }: Scope, { orders, seed }) => {
      const network = new tp.DeepNetwork(3, 2, 4, 2, { random: new lib.RandomGenerator(seed) });
      const drawn: NdArray[][] = [];
      try {
        for (const order of orders) {
          const random = new lib.RandomGenerator(seed);
          const weights = [lib.zeros([4, 3]), lib.zeros([4, 4]), lib.zeros([2, 4])];
          for (const k of order) await (k < 2 ? tp.kaimingInit : tp.glorotInit)(weights[k]!, random);
          drawn.push(weights);
        }
      } catch {
        // An initialisation that is missing or unfinished is another exercise's affair.
      }
      return { network: network.parameters().map(({ data }) => data), drawn };
    },
    { orders: otherOrders, seed },
  );

const isInAnotherOrder = (run: Value): boolean => {
  const parameters = itemsOf(field(run, "network"));
  const isBuilt = (W: Value) => parameters.some((parameter) => sameValue(parameter, W));
  return itemsOf(field(run, "drawn")).some((weights) => itemsOf(weights).every(isBuilt));
};

export const orderMistakes: readonly Explanation[] = known({
  "poids tirés dans un autre ordre": ({ received }) => isInAnotherOrder(received),
});
