// Visible tests of DeepNetwork: its parameters, counted, an example worked by hand, and how its weights start.
import { array, zeros } from "retroprop";
import { field, part } from "../../../judge/explain.js";
import { exercise } from "../../../judge/spec.js";
import * as tp2 from "../exercises.js";
import { known } from "../messages-b.fr.js";
import {
  type Bounds,
  buildDeepNetworks,
  builtShapes,
  cutsGraph,
  isAtBound,
  isRightlyZero,
  itemsOf,
  largestWeight,
  outputsAre,
  passageProblems,
  passThroughDeepNetworks,
  reachesAll,
  startProblems,
  structureProblems,
} from "./run-deep-network.js";

/** 4 inputs, 3 outputs, 5 neurons in each of the layers between. */
const dimensions = { dimInput: 4, dimOutput: 3, width: 5, seed: 1 };

const x = array([1, 2, -1, 0]);

/** Layers between that keep 1, 2 and -1 as they are but for the activation, and a last one that adds -6, 0 and 3. */
const values = {
  "5,4": [
    array([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
    ]),
  ],
  "5,5": [
    array([
      [1, 0, 0, 0, 0],
      [0, 1, 0, 0, 0],
      [0, 0, 1, 0, 0],
      [0, 0, 0, 1, 0],
      [0, 0, 0, 0, 1],
    ]),
  ],
  "5": [zeros([5])],
  "3,5": [
    array([
      [1, 0, 0, 0, 0],
      [0, 1, 0, 0, 0],
      [0, 0, 1, 0, 0],
    ]),
  ],
  "3": [array([-6, 0, 3])],
};

/** Of 1 or 2 layers with relu, of one with tanh and of two with tanh. */
const withRelu = [-5, 2, 3];
const withTanh = [-5.2384058, 0.9640276, 2.2384058];
const withTanhTwice = [-5.357985, 0.746068, 2.357985];
const right = [withRelu, withRelu, withTanh] as const;
const positive = (scores: readonly number[]) => scores.map((score) => Math.max(score, 0));
const squashed = (scores: readonly number[]) => scores.map(Math.tanh);

const forwardProblems = [
  ...known({
    "relu et tanh échangées": outputsAre(withTanh, withTanhTwice, withRelu),
    "option tanh ignorée": [outputsAre(withRelu, withRelu, withRelu), outputsAre(withTanh, withTanhTwice, withTanh)],
    "activation oubliée": outputsAre([-5, 2, 2], [-5, 2, 2], [-5, 2, 2]),
    "biais oublié": outputsAre([1, 2, 0], [1, 2, 0], [0.7615942, 0.9640276, -0.7615942]),
    "sortie activée": [
      outputsAre(...right.map(positive)),
      outputsAre(...right.map(squashed)),
      outputsAre(positive(withRelu), positive(withRelu), squashed(withTanh)),
    ],
    "softmax dans forward": outputsAre(
      [0.0002452, 0.2688755, 0.7308793],
      [0.0002452, 0.2688755, 0.7308793],
      [0.0004422, 0.2184121, 0.7811458],
    ),
    "graphe coupé": cutsGraph,
  }),
  ...structureProblems,
  ...passageProblems,
];

const wide = {
  dimInput: 150,
  dimOutput: 3,
  width: 50,
  networks: [{ nLayers: 2 }, { nLayers: 2, tanh: true }],
  seed: 1,
};
const bounds: Bounds = [{ "50,150": 0.2 }, { "50,150": 0.1732051 }];

export const deepNetwork = exercise(tp2.deepNetwork, ({ test }) => {
  test("parameters() donne W et b de chaque couche : nLayers couches (0 est permis), puis celle de sortie.", {
    points: 0.25,
    explain: structureProblems,
  }, async ({ student, expect }) => {
    const networks = [{ nLayers: 1 }, { nLayers: 2 }, { nLayers: 4, tanh: true }, { nLayers: 0 }];
    const built = expect(await buildDeepNetworks(student, { ...dimensions, networks })).toBeList(4);
    const layers = "5 × 4, 5";
    const between = ", 5 × 5, 5";
    const last = ", 3 × 5, 3";
    const wanted = [layers + last, layers + between + last, layers + between.repeat(3) + last, "3 × 4, 3"];
    for (const [i, network] of built.entries()) {
      const isRight = () => builtShapes(network).join(" ") === sortedShapes(wanted[i]!);
      const failure = "Les formes des paramètres ne sont pas les bonnes.";
      expect(network, `parameters(), nLayers = ${networks[i]!.nLayers}`).toSatisfy(isRight, failure, wanted[i]!);
    }
    const W = array([
      [1, 0, 0, 1],
      [0, 1, 0, 0],
      [0, 2, 1, 0],
    ]);
    const alone = {
      ...dimensions,
      networks: [{ nLayers: 0 }, { nLayers: 0, tanh: true }],
      xs: [x],
      values: { "3,4": [W], "3": [array([1, -4, 3])] },
    };
    for (const network of expect(await passThroughDeepNetworks(student, alone)).toBeList(2)) {
      expect(part(field(network, "outputs"), 0), "forward, nLayers = 0").toBeCloseTo([2, -2, 6]);
    }
  });

  test("forward : relu, ou tanh avec l'option, après chaque couche cachée, rien après la dernière ; le graphe atteint tous les paramètres.", {
    points: 0.25,
    explain: forwardProblems,
  }, async ({ student, expect }) => {
    const networks = [{ nLayers: 1 }, { nLayers: 2 }, { nLayers: 1, tanh: true }];
    const passing = { ...dimensions, networks, values, xs: [x] };
    const passed = expect(await passThroughDeepNetworks(student, passing)).toBeList(3);
    for (const [i, network] of passed.entries()) {
      const [logits] = expect(field(network, "outputs"), "forward").toBeList(1);
      expect(logits).toBeCloseTo(right[i]!);
      const failure = "Le graphe du résultat n'atteint pas tous les paramètres.";
      expect(network, "les paramètres du graphe").toSatisfy(reachesAll, failure);
    }
  });

  test("Au départ les biais sont nuls ; les poids non : avec 150 entrées et 50 neurones cachés, ceux de la première couche vont jusqu'à 0.2 avec relu, 0.1732 avec tanh.", {
    points: 0.25,
    explain: [...structureProblems, ...startProblems("50,150", bounds)],
  }, async ({ student, expect }) => {
    const networks = expect(await buildDeepNetworks(student, wide)).toBeList(2);
    for (const [i, parameters] of networks.entries()) {
      expect(parameters, "parameters()").toBeList();
      for (const parameter of itemsOf(parameters)) {
        expect(parameter, "un paramètre").toBeFinite();
        expect(parameter, "un paramètre").toSatisfy(isRightlyZero, "Les biais sont nuls au départ, et eux seuls.");
      }
      for (const [shape, bound] of Object.entries(bounds[i]!)) {
        const largest = largestWeight(parameters, shape);
        const failure = "La borne des poids de la première couche n'est pas la bonne.";
        expect(largest, "le plus grand poids").toSatisfy(() => isAtBound(largest, bound), failure, String(bound));
      }
    }
  });
});

const sortedShapes = (shapes: string): string => shapes.replaceAll(" × ", ",").split(", ").sort().join(" ");
