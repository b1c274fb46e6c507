// Builds the student's DeepNetwork, looks at its parameters whatever their names, sets them and calls forward.
import type { NdArray } from "retroprop";
import { isClose } from "../../../judge/closeness.js";
import { type Explanation, field, part, refusesShapes } from "../../../judge/explain.js";
import { numbersIn } from "../../../judge/numbers.js";
import { sameValue } from "../../../judge/same-value.js";
import type { Student, Value } from "../../../judge/student.js";
import { runEach } from "../../run-each.js";
import { known } from "../messages-b.fr.js";
import type { GivenModule, GivenTensor, Scope } from "../scope.js";
import { spreadOf } from "./run-init.js";

type When = Explanation["when"];

export interface Dimensions {
  readonly dimInput: number;
  readonly dimOutput: number;
  /** Neurons of a layer between. */
  readonly width: number;
}

export interface Building extends Dimensions {
  /** One network for each: its nLayers and its option tanh, left out where it is not said. */
  readonly networks: readonly { readonly nLayers: number; readonly tanh?: boolean }[];
  readonly seed: number;
}

/** For each network the list of its parameters, as they are built. */
export function buildDeepNetworks(student: Student, building: Building): Promise<Value> {
  return student.evaluate(
    async ({ tp, lib }: Scope, { dimInput, dimOutput, width, networks, seed }) =>
      networks.map(({ nLayers, ...options }) => {
        const random = new lib.RandomGenerator(seed);
        const network = new tp.DeepNetwork(dimInput, dimOutput, width, nLayers, { ...options, random });
        return network.parameters().map(({ data }) => data);
      }),
    { ...building, networks: building.networks.map((network) => ({ ...network })) },
  );
}

export interface Passing extends Building {
  readonly xs: readonly NdArray[];
  /** What is sent back from the last output, where that is looked at. */
  readonly g?: NdArray;
  /** What the parameters of a shape hold, by its text `3,4`, one after the other; a single one is for all of that shape. */
  readonly values: Readonly<Record<string, readonly NdArray[]>>;
}

/**
 * All networks are built before the first is used, and used before they are filled, if there are several examples. For
 * each an object with `shapes` of its parameters, `slope`, how fast <g, last output> grows with all parameters at once, `shared`, whether another network has one of them, `repeats`, whether two of them have one array, `outputs` of forward,
 * `reached`: how many parameters are in the graph of the last, `reachesX`, whether its example is, and `isSame`, whether
 * parameters and gradients are still there after forward.
 */
export const passThroughDeepNetworks = (student: Student, passing: Passing): Promise<Value> =>
  student.evaluate(passThrough, inputsOf(passing));

/** The same for several passings, one after the other. */
export const passEachThroughDeepNetworks = (student: Student, passings: readonly Passing[]) =>
  runEach(student, passThrough, passings, inputsOf);

const inputsOf = (passing: Passing) => ({
  ...passing,
  networks: passing.networks.map((network) => ({ ...network })),
  xs: [...passing.xs],
});

async function passThrough({ tp, lib }: Scope, inputsOfPassing: ReturnType<typeof inputsOf>): Promise<unknown> {
  const { dimInput, dimOutput, width, networks, seed, xs, values, g } = inputsOfPassing;
  return networks
    .map(({ nLayers, ...options }) => {
      const random = new lib.RandomGenerator(seed);
      return new tp.DeepNetwork(dimInput, dimOutput, width, nLayers, { ...options, random });
    })
    .map((network, _, all) => {
      const parameters = network.parameters();
      const arraysOf = (one: GivenModule) => one.parameters().map(({ data }) => data);
      const others = all.filter((other) => other !== network).flatMap(arraysOf);
      if (xs.length > 1) network.forward(new tp.Tensor(xs[0]!.clone())); // its parameters change after that
      const used: Record<string, number> = {};
      for (const { data } of parameters) {
        const shape = String(data.shape);
        const list = values[shape] ?? [];
        const count = used[shape] ?? 0;
        used[shape] = count + 1;
        const value = list.length === 1 ? list[0] : list[count];
        if (value !== undefined) data.data.set(value.data);
      }
      for (const parameter of parameters) parameter.gradient = parameter.data.clone();
      const inputs = xs.map((x) => new tp.Tensor(x, { requireGrad: true }));
      const results = inputs.map((x) => network.forward(x));
      const again = network.parameters();
      const isSame = parameters.every((one, i) => one === again[i] && one.gradient !== undefined);
      const graph = new Set(results.slice(-1));
      for (const tensor of graph) for (const input of tensor.inputs) graph.add(input);
      // The rules alone, along each way: the submission's own backward is asked elsewhere.
      const gradients = new Map<GivenTensor, NdArray>();
      const sendBack = (tensor: GivenTensor, received: NdArray) => {
        gradients.set(tensor, gradients.get(tensor)?.add(received) ?? received);
        tensor.inputs.forEach((input, i) => {
          const given = tensor.rules[i]?.(received);
          if (given !== undefined) sendBack(input, given);
        });
      };
      if (g !== undefined) sendBack(results.at(-1)!, g);
      let slope = 0;
      for (const parameter of parameters) {
        const gradient = gradients.get(parameter)?.data ?? [];
        for (let i = 0; i < gradient.length; i++) slope += gradient[i]! * parameter.data.data[i]!;
      }
      return {
        shapes: parameters.map(({ data }) => [...data.shape]),
        repeats: new Set(parameters.map(({ data }) => data.data)).size < parameters.length,
        shared: parameters.some(({ data }) => others.includes(data)),
        outputs: results.map(({ data }) => data.clone()),
        reached: parameters.filter((parameter) => parameter.requireGrad && graph.has(parameter)).length,
        reachesX: inputs.length === 0 || graph.has(inputs.at(-1)!),
        isSame,
        slope,
      };
    });
}

export const buildingOf = (sent: readonly unknown[]): Building => sent[0] as Building;

export const itemsOf = (value: Value): readonly Value[] =>
  typeof value === "object" && value !== null && value.kind === "list" ? value.items : [];

/** The shapes of the parameters of a network of so many layers, in any order: as texts, sorted. */
export function shapesFor({ dimInput, dimOutput, width }: Dimensions, nLayers: number): readonly string[] {
  const between = Array.from({ length: nLayers }, (_, i) => [[width, i === 0 ? dimInput : width], [width]]);
  const all = [...between.flat(), [dimOutput, nLayers === 0 ? dimInput : width], [dimOutput]];
  return all.map(String).sort();
}

/** The shapes of what was built, in the same form. */
export function builtShapes(network: Value): readonly string[] {
  const noted = field(network, "shapes");
  const shapes =
    noted === undefined
      ? itemsOf(network).map((parameter) => numbersIn(parameter)?.shape ?? [])
      : itemsOf(noted).map((shape) => Array.from(numbersIn(shape)?.data ?? []));
  return shapes.map(String).sort();
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.join(" ") === b.join(" ");

/** Of every network with layers between, and of one of them that has not the right shapes at least. */
const everyNetworkHas =
  (shapes: (building: Building, nLayers: number, built: readonly string[]) => boolean): When =>
  ({ received, sent }) => {
    if (received === undefined) return false;
    const building = buildingOf(sent);
    const built = building.networks
      .map(({ nLayers }, i) => ({ nLayers, list: builtShapes(part(received, i)) }))
      .filter(({ nLayers }) => nLayers > 0);
    const isWrong = built.some(({ nLayers, list }) => !same(list, shapesFor(building, nLayers)));
    return isWrong && built.every(({ nLayers, list }) => shapes(building, nLayers, list));
  };

/** Only a network without layers between has wrong parameters, or refuses to be built or to run. */
const forgetsZeroLayers: When = ({ received, sent, fault }) => {
  const building = buildingOf(sent);
  if (fault !== undefined) return building.networks.every(({ nLayers }) => nLayers === 0);
  const wrong = building.networks.filter(
    ({ nLayers }, i) => !same(builtShapes(part(received, i)), shapesFor(building, nLayers)),
  );
  return received !== undefined && wrong.length > 0 && wrong.every(({ nLayers }) => nLayers === 0);
};

const ofLayers = (difference: number): When =>
  everyNetworkHas((building, nLayers, built) => same(built, shapesFor(building, nLayers + difference)));

/** Every network has the layers of one and the same nLayers, which is not that of all. */
const ignoresLayers: When = (observed) =>
  [0, 1, 2, 3, 4, 5].some((layers) =>
    everyNetworkHas((building, _, built) => same(built, shapesFor(building, layers)))(observed),
  );

/** No shape is missing, but some that should come several times do not. */
const sharesParameters = everyNetworkHas((building, nLayers, built) => {
  const wanted = shapesFor(building, nLayers);
  const isRight = same(built, wanted); // of one layer between there is nothing to share
  return isRight || (built.length < wanted.length && same([...new Set(built)], [...new Set(wanted)]));
});

/** The weights or the biases of all layers between are not among the parameters that were found. */
const misses = everyNetworkHas((building, nLayers, built) => {
  const { dimInput, width } = building;
  const wanted = shapesFor(building, nLayers);
  const weights = [String([width, dimInput]), String([width, width])];
  return (
    built.length < wanted.length &&
    built.every((shape) => wanted.includes(shape)) &&
    [weights, [String([width])]].some((kind) => !built.some((shape) => kind.includes(shape)))
  );
});

/** The first layer has as many inputs as it has neurons. */
const readsWidth = everyNetworkHas(({ dimInput, width }, nLayers, built) => {
  const [right, square] = [String([width, dimInput]), String([width, width])];
  return !built.includes(right) && built.filter((shape) => shape === square).length === nLayers;
});

const readsDimInput = everyNetworkHas(({ dimInput, width }, nLayers, built) => {
  const first = String([width, dimInput]);
  return built.filter((shape) => shape === first).length === nLayers;
});

/** As many weights and biases as there should be, and every weight as it should be. */
const hasWrongBiases = everyNetworkHas((building, nLayers, built) => {
  const wanted = shapesFor(building, nLayers);
  const weightsOf = (shapes: readonly string[]) => shapes.filter((shape) => shape.includes(","));
  return built.length === wanted.length && same(weightsOf(built), weightsOf(wanted));
});

/** Every W has a row for each of its inputs. */
const isTransposed = everyNetworkHas((building, nLayers, built) => {
  const reversed = shapesFor(building, nLayers).map((shape) => shape.split(",").reverse().join(","));
  return same(built, reversed.sort());
});

/** The library refused a product, in a network of several layers. */
const refusesLayers: When = (observed) =>
  buildingOf(observed.sent).networks.some(({ nLayers }) => nLayers > 1) && refusesShapes(observed);

/** Parameters of every network, where they were brought back. */
const parametersIn = (received: Value): readonly Value[] => itemsOf(received).flatMap((network) => itemsOf(network));

const isZero = (parameter: Value): boolean =>
  Array.from(numbersIn(parameter)?.data ?? [1]).every((weight) => weight === 0);

const hasAxes =
  (ndim: number) =>
  (parameter: Value): boolean =>
    numbersIn(parameter)?.shape.length === ndim;

export const isRightlyZero = (parameter: Value): boolean => isZero(parameter) === hasAxes(1)(parameter);

/** Mistakes that the parameters show, before any forward. */
export const structureProblems: readonly Explanation[] = known({
  "une couche de moins": ofLayers(-1),
  "une couche de trop": ofLayers(1),
  "nLayers = 0 non prévu": forgetsZeroLayers,
  "toutes les couches lisent dimInput": [readsDimInput, refusesLayers],
  "première couche carrée": [readsWidth, refusesLayers],
  "W transposée": [isTransposed, refusesLayers],
  "biais de la mauvaise taille": [hasWrongBiases, refusesLayers],
  "paramètres invisibles pour parameters()": misses,
  "nLayers ignoré": ignoresLayers,
  "couches de même Parameter": sharesParameters,
  "tableau commun à deux paramètres": ({ received }) =>
    itemsOf(received).some((network) => field(network, "repeats") === true),
  "paramètres partagés entre deux réseaux": ({ received }) =>
    itemsOf(received).some((network) => field(network, "shared") === true),
  "poids de sortie restés nuls": ({ received }) => parametersIn(received).some((one) => hasAxes(2)(one) && isZero(one)),
  "biais non nuls": ({ received }) => parametersIn(received).some((one) => hasAxes(1)(one) && !isZero(one)),
});

/** What forward does to the graph and to the parameters. */
export const passageProblems: readonly Explanation[] = known({
  "paramètres changés par forward": ({ received }) =>
    itemsOf(received).some((network) => field(network, "isSame") === false),
  "entrée coupée du graphe": ({ received }) =>
    itemsOf(received).some((network) => field(network, "reachesX") === false && reachesAll(network)),
});

/** The first outputs of the networks, one after the other, are these. */
export const outputsAre =
  (...expected: readonly (readonly number[])[]): When =>
  ({ received }) =>
    itemsOf(received).length === expected.length &&
    itemsOf(received).every((network, i) => isClose(part(field(network, "outputs"), 0), expected[i]!));

/** How many parameters the graph of the last output of a network reaches; all those it has. */
export const reachesAll = (network: Value): boolean => {
  const reached = field(network, "reached");
  return reached !== undefined && reached === itemsOf(field(network, "shapes")).length;
};

/** Every network has its parameters, and one has a graph that does not reach them all. */
export const cutsGraph: When = ({ received, sent }) =>
  buildingOf(sent).networks.every(({ nLayers }, i) =>
    same(builtShapes(part(received, i)), shapesFor(buildingOf(sent), nLayers)),
  ) && !itemsOf(received).every(reachesAll);

/** Of all parameters of this shape. */
export function largestWeight(network: Value, shape: string): number {
  let largest = Number.NaN;
  for (const weights of weightsOfShape(network, shape)) {
    const { lowest, highest } = spreadOf(weights);
    largest = Number.isNaN(largest) ? Math.max(-lowest, highest) : Math.max(largest, -lowest, highest);
  }
  return largest;
}

/** Those of each parameter of this shape. */
export const weightsOfShape = (network: Value, shape: string): readonly ArrayLike<number>[] =>
  itemsOf(network).flatMap((parameter) => {
    const numbers = numbersIn(parameter);
    return numbers !== undefined && String(numbers.shape) === shape ? [numbers.data] : [];
  });

/** So many weights come near their bound, and never beyond. */
export const isAtBound = (largest: number, bound: number): boolean =>
  largest > 0.98 * bound && largest < 1.0001 * bound;

const startsAt =
  (index: number, shape: string, bound: number): When =>
  ({ received }) =>
    isAtBound(largestWeight(part(received, index), shape), bound);

/** By shape, the bounds of the weights of a network of relu and of one of tanh. */
export type Bounds = readonly [relu: Readonly<Record<string, number>>, tanh: Readonly<Record<string, number>>];

/** What the weights of these two networks betray; `first` is the shape of the first layer. */
export function startProblems(first: string, bounds: Bounds): readonly Explanation[] {
  const [kaiming, glorot] = [bounds[0][first]!, bounds[1][first]!];
  const withoutKaiming = startsAt(0, first, glorot);
  const withoutGlorot = startsAt(1, first, kaiming);
  return known({
    "initialisations échangées": (observed) => withoutKaiming(observed) && withoutGlorot(observed),
    "Glorot partout": withoutKaiming,
    "Kaiming partout": withoutGlorot,
    "option tanh ignorée": ({ received }) => sameValue(part(received, 0), part(received, 1)),
  });
}
