// Hidden tests of DeepNetwork: what it computes, how its weights start, where its chance comes from.
import type { RandomGenerator } from "retroprop";
import { isClose } from "../../../judge/closeness.js";
import type { Expect } from "../../../judge/expect.js";
import { type Explanation, field, part } from "../../../judge/explain.js";
import { numbersIn } from "../../../judge/numbers.js";
import { sameValue } from "../../../judge/same-value.js";
import { hiddenExercise } from "../../../judge/spec.js";
import type { Value } from "../../../judge/student.js";
import * as tp2 from "../exercises.js";
import { known } from "../messages-b.fr.js";
import {
  type Bounds,
  buildDeepNetworks,
  cutsGraph,
  isAtBound,
  isRightlyZero,
  itemsOf,
  largestWeight,
  type Passing,
  passageProblems,
  passEachThroughDeepNetworks,
  passThroughDeepNetworks,
  shapesFor,
  startProblems,
  structureProblems,
  weightsOfShape,
} from "../visible/run-deep-network.js";
import { areDrawnOneByOne, areIndependent, spreadOf } from "../visible/run-init.js";
import { computes, identity, type Network, relu, slopesOf, softmax, tanh } from "./deep-forward.js";
import { expectLayerByLayer, orderMistakes } from "./drawing-order.js";

type When = Explanation["when"];

const dimensions = { dimInput: 3, dimOutput: 2, width: 4 };

/** Those that are looked at, and one with the other activation, which is built before or after them all. */
const networksWith = (isTanh: boolean) =>
  isTanh
    ? [...[1, 2, 3].map((nLayers) => ({ nLayers, tanh: true })), { nLayers: 1 }]
    : [{ nLayers: 1, tanh: true }, ...[1, 2, 3].flatMap((nLayers) => [{ nLayers }, { nLayers, tanh: false }])];

/** Three neurons a layer as well: as many as the example has numbers. */
function draw(random: RandomGenerator, width: number, networks: Passing["networks"]): Passing {
  const drawn = (count: number, ...shape: number[]) => Array.from({ length: count }, () => random.normal(shape));
  const values = {
    [`${width},3`]: drawn(1, width, 3),
    [`${width},${width}`]: drawn(3, width, width),
    [width]: drawn(3, width),
    [`2,${width}`]: drawn(1, 2, width),
    "2": drawn(1, 2),
  };
  const xs = [...drawn(3, 3), random.normal([3], { scale: 20 })];
  return { ...dimensions, width, networks, seed: random.integer(2 ** 31), xs, values };
}

const passingOf = (sent: readonly unknown[]): Passing => sent[0] as Passing;

/** Every network computes this: one formula for those with tanh, one for the others. */
const compute =
  (withTanh: Network, withRelu: Network): When =>
  ({ received, sent }) => {
    const passing = passingOf(sent);
    return passing.networks.every((network, i) =>
      computes(received, i, passing, network.tanh === true ? withTanh : withRelu),
    );
  };

const plain = { activation: identity };
const withTanh = { activation: tanh };
const withRelu = { activation: relu };
const each = (f: (score: number) => number) => (scores: readonly number[]) => scores.map(f);

/** The same outputs whatever comes in. */
const givesFirstAgain: When = ({ received, sent }) =>
  passingOf(sent).networks.every((_, i) => {
    const [first, ...others] = itemsOf(field(part(received, i), "outputs"));
    return others.length > 0 && others.every((other) => sameValue(first, other));
  });

const forwardMistakes: readonly Explanation[] = [
  ...structureProblems,
  ...known({
    "forward garde un état": givesFirstAgain,
    "relu et tanh échangées": compute(withRelu, withTanh),
    "option tanh ignorée": [compute(withRelu, withRelu), compute(withTanh, withTanh)],
    "activation oubliée": compute(plain, plain),
    "biais oublié": compute({ ...withTanh, withBias: false }, { ...withRelu, withBias: false }),
    "sortie activée": [
      compute({ ...withTanh, last: each(tanh) }, { ...withRelu, last: each(relu) }),
      compute({ ...withTanh, last: each(relu) }, { ...withRelu, last: each(relu) }),
    ],
    "graphe coupé": cutsGraph,
    "softmax dans forward": compute({ ...withTanh, last: softmax }, { ...withRelu, last: softmax }),
  }),
  ...passageProblems,
];

function expectComputes(expect: Expect, run: Value, passing: Passing, isTanh: boolean): void {
  for (const [i, network] of passing.networks.entries()) {
    if ((network.tanh === true) !== isTanh) continue;
    const outputs = field(part(run, i), "outputs");
    const isRight = () => computes(run, i, passing, isTanh ? withTanh : withRelu);
    expect(outputs, `forward, nLayers = ${network.nLayers}`).toSatisfy(isRight, "Les logits ne sont pas les bons.");
  }
}

const wantedBounds: Bounds = [
  { "80,60": Math.sqrt(6 / 60), "80,80": Math.sqrt(6 / 80), "30,80": Math.sqrt(6 / 110) },
  { "80,60": Math.sqrt(6 / 140), "80,80": Math.sqrt(6 / 160), "30,80": Math.sqrt(6 / 110) },
];

/** Single precision, through four layers. */
const isNear = (slope: Value, wanted: number): boolean => isClose(slope, wanted, { relative: 1e-3, absolute: 1e-3 });

const largestOf = (weights: ArrayLike<number>): number => {
  const { lowest, highest } = spreadOf(weights);
  return Math.max(-lowest, highest);
};

const startMistakes: readonly Explanation[] = [
  ...startProblems("80,60", wantedBounds),
  ...known({
    "Kaiming partout": ({ received }) => isAtBound(largestWeight(part(received, 0), "30,80"), Math.sqrt(6 / 80)),
  }),
];

/** Of the layers of a shape that comes twice. */
const repeatsWeights: When = ({ received }) => {
  const [first, second] = squaresOf(part(received, 0));
  return first !== undefined && second !== undefined && sameValue(first, second);
};

const squaresOf = (network: Value): readonly Value[] =>
  itemsOf(network).filter((one) => String(numbersIn(one)?.shape) === "4,4");

/** The weights that two networks have alike: biases are zero in both. */
const repeated = (one: Value, other: Value): readonly Value[] =>
  itemsOf(one).filter((parameter, i) => !isBias(parameter) && sameValue(parameter, part(other, i)));

const isBias = (parameter: Value): boolean => numbersIn(parameter)?.shape.length === 1;

const chanceMistakes: readonly Explanation[] = known({
  "Math.random": ({ received }) => !sameValue(part(received, 0), part(received, 1)),
  "couches aux mêmes poids": repeatsWeights,
  "générateur reçu ignoré": ({ received }) => itemsOf(part(received, 0)).length > 0,
});

export const deepNetwork = hiddenExercise(tp2.deepNetwork, ({ test }) => {
  test("Avec relu, forward est juste pour 1, 2 et 3 couches cachées.", {
    points: 0.25,
    explain: forwardMistakes,
    hint: "relu après chaque couche cachée, rien après la dernière ; sans option tanh, c'est relu.",
  }, async ({ student, random, expect }) => {
    const passings = [4, 3, 1].map((width) => draw(random, width, networksWith(false)));
    for await (const { asked, run } of passEachThroughDeepNetworks(student, passings)) {
      expectComputes(expect, run, asked, false);
    }
  });

  test("Avec tanh, forward est juste pour 1, 2 et 3 couches cachées.", {
    points: 0.25,
    explain: forwardMistakes,
    hint: "tanh après chaque couche cachée, rien après la dernière.",
  }, async ({ student, random, expect }) => {
    const passings = [4, 3, 1].map((width) => draw(random, width, networksWith(true)));
    for await (const { asked, run } of passEachThroughDeepNetworks(student, passings)) {
      expectComputes(expect, run, asked, true);
    }
  });

  test("Les poids partent de Kaiming avant relu, de Glorot avant tanh et à la fin ; les biais de zéro.", {
    points: 0.25,
    explain: [...structureProblems, ...startMistakes],
    hint: "Mesurez le plus grand poids de chaque couche.",
  }, async ({ student, random, expect }) => {
    const starts = [{ nLayers: 3 }, { nLayers: 3, tanh: true }, { nLayers: 0 }];
    const building = { dimInput: 60, dimOutput: 30, width: 80, networks: starts, seed: random.integer(2 ** 31) };
    const built = expect(await buildDeepNetworks(student, building)).toBeList(3);
    for (const [i, bounds] of [...wantedBounds, { "30,60": Math.sqrt(6 / 90) }].entries()) {
      for (const [shape, bound] of Object.entries(bounds)) {
        const largest = largestWeight(built[i], shape);
        const ofShape = weightsOfShape(built[i]!, shape);
        const areOneByOne = () => ofShape.every(areDrawnOneByOne);
        expect(largest, `les poids de ${shape}`).toSatisfy(areOneByOne, "Des poids reviennent plusieurs fois.");
        const areAtBound = () => ofShape.length > 0 && ofShape.every((weights) => isAtBound(largestOf(weights), bound));
        const failure = "La borne des poids n'est pas la bonne.";
        expect(largest, `le plus grand poids de ${shape}`).toSatisfy(areAtBound, failure);
        const areFree = () => ofShape.every((weights) => areIndependent(weights, Number(shape.split(",")[1])));
        expect(largest, `les poids de ${shape}`).toSatisfy(
          areFree,
          "Le signe d'un poids se devine d'après ses voisins.",
        );
      }
      for (const parameter of itemsOf(built[i])) {
        expect(parameter, "un paramètre").toSatisfy(isRightlyZero, "Les biais sont nuls au départ, et eux seuls.");
      }
    }
  });

  test("Tout le hasard vient de options.random, et chaque couche a le sien.", {
    points: 0.25,
    explain: [...structureProblems, ...orderMistakes, ...chanceMistakes],
    hint: "Le même générateur donne les mêmes poids, un autre en donne d'autres.",
  }, async ({ student, random, expect }) => {
    const twice = { ...dimensions, networks: [{ nLayers: 6 }, { nLayers: 6 }], seed: random.integer(2 ** 31) };
    const [first, again] = expect(await buildDeepNetworks(student, twice)).toBeList(2);
    const isSame = () => sameValue(first, again);
    expect(again, "la même graine").toSatisfy(isSame, "Le même générateur donne deux réseaux différents.");
    const squares = squaresOf(first);
    const areDifferent = squares.every((one, i) => squares.slice(i + 1).every((other) => !sameValue(one, other)));
    const differ = () => squares.length === 5 && areDifferent;
    expect(first, "deux couches de même forme").toSatisfy(differ, "Deux couches ont les mêmes poids.");
    const [other] = expect(await buildDeepNetworks(student, { ...twice, seed: twice.seed + 1 })).toBeList(2);
    const isOther = () => repeated(first, other).length === 0;
    expect(other, "une autre graine").toSatisfy(isOther, "Deux générateurs donnent les mêmes poids.");
    await expectLayerByLayer(expect, student, random);
  });

  test("Le graphe du résultat mène à chaque paramètre, et forward ne garde rien d'un appel à l'autre.", {
    points: 0.25,
    explain: forwardMistakes,
    hint: "Un paramètre que le graphe n'atteint pas ne sera jamais mis à jour.",
  }, async ({ student, random, expect }) => {
    const drawn = draw(random, 4, [{ nLayers: 1 }, { nLayers: 3, tanh: true }]);
    const [x, drawnOther] = drawn.xs;
    const other = x!.clone(); // the same at first, another in the end
    other.set([2], drawnOther!.at(2));
    const passing = { ...drawn, xs: [x!, other, x!], g: random.normal([2]) };
    const received = expect(await passThroughDeepNetworks(student, passing)).toBeList(2);
    const [, network] = received;
    const isWhole = () => field(network, "reached") === shapesFor(dimensions, 3).length;
    const failure = "Le graphe du résultat n'atteint pas tous les paramètres.";
    expect(field(network, "reached"), "les paramètres du graphe").toSatisfy(isWhole, failure);
    for (const [i, one] of received.entries()) {
      const slope = field(one, "slope");
      const isRight = () => slopesOf(i, passing, i === 0 ? withRelu : withTanh).some((wanted) => isNear(slope, wanted));
      expect(slope, "les gradients").toSatisfy(
        isRight,
        "Les règles du graphe ne donnent pas les gradients des paramètres.",
      );
    }
    expect(field(network, "shared"), "un paramètre commun à deux réseaux").toBe(false);
    expect(field(network, "reachesX"), "l'exemple dans le graphe").toBe(true);
    expect(field(network, "isSame"), "les paramètres et leurs gradients, après forward").toBe(true);
    const [first, second, again] = expect(field(network, "outputs"), "forward").toBeList(3);
    expect(again, "le même exemple").toSatisfy(() => sameValue(first, again), "Un même exemple a deux résultats.");
    expect(second, "un autre").toSatisfy(() => !sameValue(first, second), "Deux exemples ont le même résultat.");
  });
});
