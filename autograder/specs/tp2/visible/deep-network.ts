// Visible tests of DeepNetwork: its parameters, counted, and a last layer that is not activated.
import { array, zeros } from "retroprop";
import { field } from "../../../judge/explain.js";
import { exercise } from "../../../judge/spec.js";
import * as tp2 from "../exercises.js";
import { known } from "../messages-b.fr.js";
import {
  buildDeepNetworks,
  builtShapes,
  isRightlyZero,
  itemsOf,
  outputsAre,
  passThroughDeepNetworks,
  structureProblems,
} from "./run-deep-network.js";

/** 4 inputs, 3 outputs, 5 neurons in each of the 1, 2 or 4 layers between. */
const building = {
  dimInput: 4,
  dimOutput: 3,
  width: 5,
  networks: [{ nLayers: 1 }, { nLayers: 2 }, { nLayers: 4, tanh: true }],
  seed: 1,
};

const outputs = [-5, 0.5, 3];

export const deepNetwork = exercise(tp2.deepNetwork, ({ test }) => {
  test("parameters() donne W et b de chaque couche : nLayers couches, puis celle de sortie.", {
    points: 0.25,
    explain: structureProblems,
  }, async ({ student, expect }) => {
    const networks = expect(await buildDeepNetworks(student, building)).toBeList(3);
    const layers = "5 × 4, 5";
    const between = ", 5 × 5, 5";
    const last = ", 3 × 5, 3";
    const wanted = [layers + last, layers + between + last, layers + between.repeat(3) + last];
    for (const [i, network] of networks.entries()) {
      const isRight = () => builtShapes(network).join(" ") === sortedShapes(wanted[i]!);
      const failure = "Les formes des paramètres ne sont pas les bonnes.";
      expect(network, "parameters()").toSatisfy(isRight, failure, wanted[i]!);
    }
  });

  test("Au départ les biais sont nuls, les poids ne le sont pas.", {
    points: 0.25,
    explain: structureProblems,
  }, async ({ student, expect }) => {
    const networks = expect(await buildDeepNetworks(student, building)).toBeList(3);
    for (const parameters of networks) {
      expect(parameters, "parameters()").toBeList();
      for (const parameter of itemsOf(parameters)) {
        expect(parameter, "un paramètre").toBeFinite();
        expect(parameter, "un paramètre").toSatisfy(isRightlyZero, "Les biais sont nuls au départ, et eux seuls.");
      }
    }
  });

  test("La dernière couche n'est pas activée : ses logits peuvent être négatifs, ou plus grands que 1.", {
    points: 0.25,
    explain: [
      ...known({
        "sortie activée": outputsAre([0, 0.5, 3], outputs.map(Math.tanh)),
        "biais oublié": outputsAre([0, 0, 0]),
        "softmax dans forward": outputsAre([0.00031, 0.0758353, 0.9238547]),
      }),
      ...structureProblems,
    ],
  }, async ({ student, expect }) => {
    const values = { "5,4": [zeros([5, 4])], "5,5": [zeros([5, 5])], "3,5": [zeros([3, 5])], "3": [array(outputs)] };
    const passing = { ...building, values, xs: [array([1, 2, -1, 0])] };
    const networks = expect(await passThroughDeepNetworks(student, passing)).toBeList(3);
    for (const network of networks) {
      const [logits] = expect(field(network, "outputs"), "forward").toBeList(1);
      expect(logits).toBeCloseTo(outputs);
    }
  });
});

const sortedShapes = (shapes: string): string => shapes.replaceAll(" × ", ",").split(", ").sort().join(" ");
