// Builds a graph beside the student's code without any operation of theirs, runs their backward on its last node, and
// brings back every gradient.
import type { NdArray } from "retroprop";
import { isClose } from "../../judge/closeness.js";
import { type Explanation, field, part } from "../../judge/explain.js";
import type { Comparable } from "../../judge/numbers.js";
import { asReturned, sameValue } from "../../judge/same-value.js";
import type { Sent, Student, Value } from "../../judge/student.js";
import { runEach } from "../run-each.js";
import { known } from "./messages.fr.js";
import type { Scope } from "./scope.js";

/** A node of a graph, and what its inputs are to it: the derivative with respect to each is a number. A leaf has none. */
export interface GraphNode {
  readonly data: NdArray;
  /** Places of its inputs in the list of nodes, all before it. */
  readonly inputs?: readonly number[];
  readonly derivatives?: readonly number[];
  /** True, when not told. */
  readonly requireGrad?: boolean;
}

export interface Walks {
  readonly nodes: readonly GraphNode[];
  /** One call of backward each, from the last node or from another; without `g` where there is none. */
  readonly calls: readonly { readonly g?: NdArray; readonly from?: number }[];
  /** Whether the gradient of a result is written over after each call: it is nobody else's. */
  readonly spoils?: boolean;
}

/** An object with `gradients` and `data`, one for each node, and `gs`, what each call was given: all after the calls. */
export const runBackward = (student: Student, walks: Walks): Promise<Value> => student.evaluate(walk, inputsOf(walks));

/** The same for several graphs, one after the other. */
export const runBackwards = <Asked extends Walks>(student: Student, walks: readonly Asked[]) =>
  runEach(student, walk, walks, inputsOf);

const inputsOf = ({ nodes, calls, spoils = false }: Walks) => ({
  nodes: nodes.map(({ data, inputs = [], derivatives = [], requireGrad = true }) => {
    return { data, inputs, derivatives, requireGrad };
  }),
  calls: calls.map(({ g = null, from = nodes.length - 1 }) => ({ g, from })),
  spoils,
});

async function walk({ tp }: Scope, { nodes, calls, spoils }: ReturnType<typeof inputsOf>): Promise<unknown> {
  const tensors: InstanceType<typeof tp.Tensor>[] = [];
  for (const { data, inputs, derivatives, requireGrad } of nodes) {
    // Every other leaf is a Parameter, where there is that class: a leaf all the same.
    const isParameter = requireGrad && derivatives.length === 0 && tensors.length % 2 === 1;
    const Learnt: typeof tp.Parameter | undefined = isParameter ? tp.Parameter : undefined;
    const tensor = Learnt === undefined ? new tp.Tensor(data, { requireGrad }) : new Learnt(data, "p");
    const rules = derivatives.map((d) => (g: NdArray) => (d === 1 ? g : g.mul(d)));
    if (rules.length > 0) Object.assign(tensor, { operation: "f", inputs: inputs.map((i) => tensors[i]), rules });
    tensors.push(tensor);
  }
  for (const { g, from } of calls) {
    if (g === null) await tp.backward(tensors[from]!);
    else await tp.backward(tensors[from]!, g);
    if (spoils && tensors[from]!.inputs.length > 0) tensors[from]!.gradient?.fill_(777);
  }
  const gradients = tensors.map(({ gradient }) => gradient);
  return { gradients, data: tensors.map(({ data }) => data), gs: calls.map(({ g }) => g) };
}

/** The gradient of node `index` is `expected`. */
export const reached =
  (index: number, expected: Comparable): Explanation["when"] =>
  ({ received }) =>
    isClose(gradientAt(received, index), expected);

/** The gradient of node `index` has been left undefined. */
export const neverReached =
  (index: number): Explanation["when"] =>
  ({ received, fault }) =>
    fault === undefined && field(received, "gradients") !== undefined && gradientAt(received, index) === undefined;

const walksOf = (sent: readonly Sent[]): Walks => sent[0] as unknown as Walks;

const isNothing = (g: NdArray): boolean => Array.from(g.data).every((value) => value === 0);

/** Of a single call: the result, which no operation uses, has twice the g it was given. */
const countsStartTwice: Explanation["when"] = ({ received, sent }) => {
  const { nodes, calls } = walksOf(sent);
  if (calls.length !== 1) return false;
  const { g, from = nodes.length - 1 } = calls[0]!;
  const start = g ?? nodes[from]!.data.mul(0).add(1);
  return !isNothing(start) && isClose(gradientAt(received, from), start.mul(2));
};

/** What any call can show of the gradient it starts from. */
export const startMistakes: readonly Explanation[] = known({ "g de départ compté deux fois": countsStartTwice });

/** Mistakes that any graph can show. */
export const walkMistakes: readonly Explanation[] = [
  ...startMistakes,
  ...known({
    "gradient nul non transmis": (observed) =>
      walksOf(observed.sent).calls.some(({ g }) => g && isNothing(g)) && neverReached(0)(observed),
    "gradient de somme nulle oublié": (observed) =>
      walksOf(observed.sent).calls.some(({ g }) => g && Math.abs(g.sum()) < 1e-9) && neverReached(0)(observed),
    "valeurs des feuilles changées": ({ received, sent }) =>
      field(received, "data") !== undefined &&
      !sameValue(field(received, "data"), asReturned(walksOf(sent).nodes.map(({ data }) => data))),
    "g de départ changé": ({ received, sent }) =>
      field(received, "gs") !== undefined &&
      !sameValue(field(received, "gs"), asReturned(walksOf(sent).calls.map(({ g = null }) => g))),
  }),
];

const gradientAt = (received: Value, index: number): Value => part(field(received, "gradients"), index);
