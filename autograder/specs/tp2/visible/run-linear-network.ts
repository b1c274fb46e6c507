// Builds the student's LinearNetwork, sets W and b in place, calls forward, and looks at what came of it.
import type { NdArray } from "retroprop";
import { isClose } from "../../../judge/closeness.js";
import { type Explanation, field, part } from "../../../judge/explain.js";
import { type Comparable, numbersIn } from "../../../judge/numbers.js";
import { asReturned, sameValue } from "../../../judge/same-value.js";
import type { Student, Value } from "../../../judge/student.js";
import { runEach } from "../../run-each.js";
import { known } from "../messages-b.fr.js";
import type { GivenTensor, Scope } from "../scope.js";

type When = Explanation["when"];

export interface LinearRun {
  readonly dimInput: number;
  readonly dimOutput: number;
  /** What W and b hold when forward is called. */
  readonly W: NdArray;
  readonly b: NdArray;
  readonly xs: readonly NdArray[];
  /** What is sent back from the last output, where that is looked at. */
  readonly g?: NdArray;
}

/**
 * Between two others of the same dimensions, whose parameters are then filled. An object with `W` and `b` as they were
 * built, `shapes` of what parameters() gives, `shared`, whether another network has one of its parameters, `outputs` of
 * forward, `reached`: for each output, then for one of before W and b were filled, how many of them are in its graph;
 * `gradientW` and `gradientB`, what the rules of the last graph give of `g`;
 * `reachesX`, whether each example is in that of its output; `isSame`, whether the parameters and their gradients are still
 * there after forward, of the others as well; `areNamedWrong`, whether one has the name of the other; and `xs` as they are
 * afterwards.
 */
export const runLinearNetwork = (student: Student, run: LinearRun): Promise<Value> =>
  student.evaluate(passThrough, inputsOf(run));

/** The same for networks of several dimensions, one after the other. */
export const runLinearNetworks = (student: Student, runs: readonly LinearRun[]) =>
  runEach(student, passThrough, runs, inputsOf);

const inputsOf = (run: LinearRun) => ({ ...run, xs: [...run.xs] });

async function passThrough({ tp }: Scope, inputsOfRun: ReturnType<typeof inputsOf>): Promise<unknown> {
  const { dimInput, dimOutput, W, b, xs, g } = inputsOfRun;
  type Built = { readonly W?: GivenTensor; readonly b?: GivenTensor };
  const before = new tp.LinearNetwork(dimInput, dimOutput);
  for (const { data } of before.parameters()) data.data.fill(3);
  const network = new tp.LinearNetwork(dimInput, dimOutput);
  const after = new tp.LinearNetwork(dimInput, dimOutput);
  const others = [before, after].flatMap((other) => other.parameters().map(({ data }) => data));
  const shared = network.parameters().some(({ data }) => others.includes(data));
  const parts = [(network as Built).W, (network as Built).b];
  const [builtW, builtB] = parts.map((parameter) => parameter?.data.clone());
  const shapes = network.parameters().map(({ data }) => [...data.shape]);
  const atFirst = xs.slice(0, 1).map((x) => network.forward(new tp.Tensor(x.clone()))); // its parameters then change
  const names = parts.map((parameter) => (parameter as { readonly name?: unknown } | undefined)?.name);
  parts.forEach((parameter, i) => {
    parameter?.data.data.set((i === 0 ? W : b).data);
    if (parameter !== undefined) parameter.gradient = parameter.data.clone();
  });
  if (!shared) for (const { data } of others) data.fill(5);
  const found = network.parameters();
  const inputs = xs.map((x) => new tp.Tensor(x, { requireGrad: true }));
  const results = inputs.map((x) => {
    before.forward(new tp.Tensor(x.data.clone()));
    const result = network.forward(x);
    after.forward(new tp.Tensor(x.data.clone()));
    return result;
  });
  const again = network.parameters();
  const isSame =
    again.every((parameter, i) => parameter === found[i]) && parts.every((one) => one?.gradient !== undefined);
  const graphOf = (result: GivenTensor) => {
    const graph = new Set([result]);
    for (const tensor of graph) for (const input of tensor.inputs) graph.add(input);
    return graph;
  };
  const reached = [...results, ...atFirst].map((result) => {
    const graph = graphOf(result);
    return parts.filter((parameter) => parameter?.requireGrad && graph.has(parameter)).length;
  });
  const reachesX = results.every((result, i) => graphOf(result).has(inputs[i]!));
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
  const [gradientW, gradientB] = parts.map((parameter) => parameter && gradients.get(parameter));
  const looks = { shapes, shared, reached, reachesX, isSame, areNamedWrong: names[0] === "b" || names[1] === "W" };
  return { W: builtW, b: builtB, outputs: results.map(({ data }) => data), xs, gradientW, gradientB, ...looks };
}

const runOf = (sent: readonly unknown[]): LinearRun => sent[0] as LinearRun;

const scoresOf = ({ W, b }: LinearRun, x: NdArray): NdArray => W.matmul(x).add(b);

/** There are outputs, and every one is what the formula of a mistake gives. */
const gaveOutputs =
  (formula: (run: LinearRun, x: NdArray) => Comparable): When =>
  ({ received, sent }) => {
    const { xs } = runOf(sent);
    return xs.length > 0 && xs.every((x, i) => isClose(part(field(received, "outputs"), i), formula(runOf(sent), x)));
  };

const probabilities = (scores: NdArray): number[] => {
  const highest = scores.max();
  const e = Array.from(scores.data, (score) => Math.exp(score - highest));
  const total = e.reduce((sum, one) => sum + one, 0);
  return e.map((one) => one / total);
};

const each = (scores: NdArray, f: (score: number) => number): number[] => Array.from(scores.data, f);

const findsNothing: When = ({ received }) => {
  const shapes = field(received, "shapes");
  return part(shapes, 0) === undefined && numbersIn(shapes)?.shape[0] === 0;
};

const isTransposed: When = ({ received, sent, fault }) => {
  const { dimInput, dimOutput } = runOf(sent);
  const { shape } = numbersIn(field(received, "W")) ?? { shape: [] };
  const refused = fault?.detail?.name === "ShapeError" ? fault.detail.message : "";
  return (shape[0] === dimInput && shape[1] === dimOutput) || refused.includes(`[${dimInput}, ${dimOutput}]`);
};

const isWrongB: When = ({ received, sent }) => {
  const shape = numbersIn(field(received, "b"))?.shape;
  return shape !== undefined && String(shape) !== String([runOf(sent).dimOutput]);
};

const hidesFields: When = ({ received, fault }) =>
  fault === undefined && received !== undefined && ["W", "b"].some((name) => field(received, name) === undefined);

const isZero = (value: Value): boolean => Array.from(numbersIn(value)?.data ?? []).every((element) => element === 0);

export const linearProblems: readonly Explanation[] = known({
  "paramètres invisibles pour parameters()": (observed) =>
    findsNothing(observed) && field(observed.received, "W") === undefined,
  "W et b ne sont pas des Parameter": findsNothing,
  "W et b introuvables": hidesFields,
  "W transposée": (observed) =>
    runOf(observed.sent).dimInput !== runOf(observed.sent).dimOutput && isTransposed(observed),
  "b de la mauvaise forme": isWrongB,
  "paramètres partagés entre deux réseaux": ({ received }) => field(received, "shared") === true,
  "entrée de forward modifiée": ({ received, sent }) =>
    field(received, "xs") !== undefined && !sameValue(field(received, "xs"), asReturned([...runOf(sent).xs])),
  "poids tirés au hasard": ({ received }) => !isZero(field(received, "W")) || !isZero(field(received, "b")),
  "softmax dans forward": gaveOutputs((run, x) => probabilities(scoresOf(run, x))),
  "biais oublié": gaveOutputs(({ W }, x) => W.matmul(x)),
  "sortie activée": [
    gaveOutputs((run, x) => each(scoresOf(run, x), (score) => Math.max(score, 0))),
    gaveOutputs((run, x) => each(scoresOf(run, x), Math.tanh)),
  ],
  "forward hors du graphe": ({ received }) => (numbersIn(field(received, "reached"))?.data[0] ?? 2) < 2,
  "règles oubliées": ({ received, sent }) =>
    runOf(sent).g !== undefined &&
    field(received, "outputs") !== undefined &&
    ["gradientW", "gradientB"].some((name) => field(received, name) === undefined),
  "noms W et b échangés": ({ received }) => field(received, "areNamedWrong") === true,
  "paramètres changés par forward": ({ received }) => field(received, "isSame") === false,
  "entrée coupée du graphe": ({ received }) => field(received, "reachesX") === false,
});
