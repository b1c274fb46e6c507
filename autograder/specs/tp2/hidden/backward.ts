// Hidden tests of backward: graphs drawn at random, several calls, a very long chain.
import { array, type NdArray, ones, type RandomGenerator, zeros } from "retroprop";
import type { Tolerance } from "../../../judge/closeness.js";
import type { Explanation } from "../../../judge/explain.js";
import { hiddenExercise } from "../../../judge/spec.js";
import type { Student, Value } from "../../../judge/student.js";
import * as tp2 from "../exercises.js";
import { type GraphNode, reached, runBackward, runBackwards, type Walks, walkMistakes } from "../graph.js";
import { known } from "../messages.fr.js";
import type { Scope } from "../scope.js";
import { double } from "./double.js";

interface DrawnNode extends GraphNode {
  readonly inputs: readonly number[];
  readonly derivatives: readonly number[];
}

const shape = [2, 2];

/** A node's inputs, none for a leaf; of a sum, every derivative is 1: its rules return g itself. */
interface Plan {
  readonly inputs?: readonly number[];
  readonly isSum?: boolean;
  readonly requireGrad?: boolean;
}

/** Whatever the numbers, the same ways to go wrong: inputs that stand twice, diamonds, shortcuts, leaves made late, a constant first. */
const plan: readonly Plan[] = [
  {},
  {},
  {},
  { inputs: [0, 0, 1] },
  { inputs: [3], isSum: true },
  { inputs: [3, 2], isSum: true },
  { inputs: [4, 5], isSum: true },
  {},
  { inputs: [6, 7] },
  { requireGrad: false },
  { inputs: [9, 6, 8, 0] },
  {},
  { inputs: [10, 1, 10], isSum: true },
  { inputs: [12, 4, 11] },
  { requireGrad: false },
  { inputs: [13, 14, 8, 2] },
];

/** The nodes of the plan with numbers drawn. */
const drawGraph = (random: RandomGenerator): DrawnNode[] =>
  plan.map(({ inputs = [], isSum = false, requireGrad = true }) => {
    const derivatives = inputs.map(() => (isSum ? 1 : drawDerivative(random)));
    return { data: random.normal(shape), inputs, derivatives, requireGrad };
  });

/** Neither near 0 nor near 1, and as often negative. */
function drawDerivative(random: RandomGenerator): number {
  const size = 1.25 + random.uniform([1]).at(0);
  return random.uniform([1]).at(0) < 0.5 ? -size : size;
}

/** By hand: from the last node to the first, each adds to its inputs. */
function gradientsOf(nodes: readonly DrawnNode[], from: number, g: NdArray): NdArray[] {
  const gradients = nodes.map((_, i) => (i === from ? double(g) : zeros(shape, { dtype: "float64" })));
  for (let i = from; i >= 0; i--) {
    const { inputs, derivatives } = nodes[i]!;
    inputs.forEach((input, j) => {
      gradients[input] = gradients[input]!.add(gradients[i]!.mul(derivatives[j]!));
    });
  }
  return gradients;
}

/** The gradients of an operation whose first input is a constant are passed to none of its inputs. */
const skipsConstantFirst: Explanation["when"] = (observed) => {
  const { nodes, calls } = observed.sent[0] as {
    readonly nodes: readonly Required<GraphNode>[];
    readonly calls: Walks["calls"];
  };
  const isSkipped = ({ inputs }: GraphNode) => inputs?.[0] !== undefined && !nodes[inputs[0]]!.requireGrad;
  const left = nodes.map((node) => (isSkipped(node) ? { ...node, inputs: [], derivatives: [] } : node));
  const [g, last] = [calls[0]?.g ?? ones(shape), nodes.length - 1];
  if (calls.length !== 1 || left.length !== plan.length) return false;
  const gradients = gradientsOf(left, last, g);
  return [0, 1].every((leaf) => reached(leaf, gradients[leaf]!)(observed));
};

/** Gradients grow to a thousand times g on their way, and cancel out: what single precision leaves of them. */
const roundingOf = (...gs: readonly NdArray[]): Tolerance => ({
  absolute: 5e-5 * Math.max(1, ...gs.map((g) => g.maximum(g.neg()).max())),
});

const places = plan.map((_, i) => i);
const learntLeaves = places.filter((i) => plan[i]!.inputs === undefined && plan[i]!.requireGrad !== false);
const constants = places.filter((i) => plan[i]!.requireGrad === false);

export const backward = hiddenExercise(tp2.backward, ({ test }) => {
  test("Est juste sur un graphe quelconque, où des chemins de plusieurs longueurs se rejoignent.", {
    points: 0.5,
    explain: [...walkMistakes, ...known({ "opération sautée à cause de sa première entrée": skipsConstantFirst })],
    hint: "Un tenseur ne transmet son gradient que lorsque tous ceux qui se servent de lui ont donné le leur.",
  }, async ({ student, random, expect }) => {
    const balanced = array([
      [1, -3],
      [-2, 4],
    ]); // its elements add up to nothing
    const walks = [random.normal(shape), random.normal(shape, { scale: 1000 }), balanced].map((g) => {
      return { nodes: drawGraph(random), calls: [{ g }] as const };
    });
    for await (const { asked, run } of runBackwards(student, walks)) {
      const [nodes, [{ g }]] = [asked.nodes, asked.calls];
      const wanted = gradientsOf(nodes, nodes.length - 1, g);
      const { gradients } = expect(run).toHaveFields("gradients");
      const received = expect(gradients).toBeList(nodes.length);
      for (const leaf of learntLeaves)
        expect(received[leaf], "gradient d'une feuille").toBeCloseTo(wanted[leaf]!, roundingOf(g));
    }
  });

  test("Remonte une chaîne de 10 000 opérations.", {
    points: 0.5,
    explain: known({
      "récursion trop profonde": ({ fault }) => /call stack/i.test(fault?.detail?.message ?? ""),
    }),
  }, async ({ student, random, expect }) => {
    const g = random.normal([2]);
    const [turns, joins] = [drawTurns(random), 1 + random.integer(chainLength - 1)];
    const { gradient, joined } = expect(await climb(student, g, turns, joins)).toHaveFields("gradient", "joined");
    const passed = (from: number) => double(g).mul((-2) ** turns.filter((place) => place >= from).length);
    expect(gradient, "gradient de x").toBeCloseTo(passed(1));
    expect(joined, "gradient d'une feuille").toBeCloseTo(passed(joins));
  });

  test("Plusieurs appels, avec des g différents, s'ajoutent dans les feuilles et là seulement.", {
    points: 0.25,
    explain: [
      ...walkMistakes,
      ...known({
        "feuille prise pour résultat": ({ sent }) =>
          (sent[0] as { readonly nodes: readonly unknown[] }).nodes.length === 1,
      }),
    ],
    hint: "Les gradients des tenseurs calculés repartent de rien à chaque appel, ceux des feuilles non.",
  }, async ({ student, random, expect }) => {
    const [nodes, gs] = [drawGraph(random), [random.normal(shape), random.normal(shape), random.normal(shape)]];
    const wanted = gs.map((g) => gradientsOf(nodes, nodes.length - 1, g));
    const run = await runBackward(student, { nodes, calls: gs.map((g) => ({ g })) });
    const received = expect(expect(run).toHaveFields("gradients").gradients).toBeList(nodes.length);
    for (const leaf of learntLeaves) {
      const total = wanted.map((one) => one[leaf]!).reduce((sum, one) => sum.add(one));
      expect(received[leaf], "gradient d'une feuille").toBeCloseTo(total, roundingOf(...gs));
    }
    const leaf = { data: random.normal(shape) };
    const alone = await runBackward(student, { nodes: [leaf], calls: gs.map((g) => ({ g })) });
    const { gradients, gs: gsAfter } = expect(alone).toHaveFields("gradients", "gs");
    for (const [i, after] of expect(gsAfter).toBeList(3).entries()) expect(after, "g").toBeUnchanged(gs[i]!);
    const [itsOwn] = expect(gradients).toBeList(1);
    expect(itsOwn, "gradient d'une feuille, elle-même le résultat").toBeCloseTo(
      gs.map(double).reduce((a, b) => a.add(b)),
    );
  });

  test("Deux résultats d'un même graphe ajoutent leurs gradients dans les feuilles.", {
    points: 0.25,
    explain: walkMistakes,
    hint: "Deux pertes peuvent partager des tenseurs : chacune compte une fois.",
  }, async ({ student, random, expect }) => {
    const nodes = drawGraph(random);
    const [one, other] = [nodes.length - 1, 6];
    const [first, second] = [gradientsOf(nodes, one, ones(shape)), gradientsOf(nodes, other, ones(shape))];
    const run = await runBackward(student, { nodes, calls: [{ from: one }, { from: other }], spoils: true });
    const received = expect(expect(run).toHaveFields("gradients").gradients).toBeList(nodes.length);
    for (const leaf of learntLeaves) {
      expect(received[leaf], "gradient d'une feuille").toBeCloseTo(first[leaf]!.add(second[leaf]!), roundingOf());
    }
  });

  test("Ne donne rien aux entrées qui ne demandent pas de gradient, et ne change pas g.", {
    points: 0.25,
    explain: walkMistakes,
    hint: "Une image ne demande pas de gradient, une cible non plus.",
  }, async ({ student, random, expect }) => {
    const nodes = drawGraph(random).map((node, i) => (i === 1 ? { ...node, requireGrad: false } : node));
    const idle = [1, ...constants];
    const g = random.normal(shape);
    const wanted = gradientsOf(nodes, nodes.length - 1, g);
    const run = await runBackward(student, { nodes, calls: [{ g }] });
    const after = expect(run).toHaveFields("gradients", "data", "gs");
    for (const [i, data] of expect(after.data).toBeList(nodes.length).entries()) {
      expect(data, "la valeur d'un tenseur").toBeUnchanged(nodes[i]!.data);
    }
    const received = expect(after.gradients).toBeList(nodes.length);
    for (const leaf of learntLeaves.filter((i) => !idle.includes(i))) {
      expect(received[leaf], "gradient d'une feuille").toBeCloseTo(wanted[leaf]!, roundingOf(g));
    }
    const isAbsent = (value: Value) => value === undefined;
    for (const i of idle) {
      expect(received[i], "gradient").toSatisfy(isAbsent, "Une entrée dont requireGrad est faux a reçu un gradient.");
    }
    expect(expect(after.gs).toBeList(1)[0], "g").toBeUnchanged(g);
    const none = await runBackward(student, { nodes, calls: [{ g: zeros(shape) }] });
    const ofZero = expect(expect(none).toHaveFields("gradients").gradients).toBeList(nodes.length);
    for (const leaf of learntLeaves.filter((i) => !idle.includes(i))) {
      expect(ofZero[leaf], "gradient, avec un g nul").toBeCloseTo(zeros(shape)); // not undefined: it has received one
    }
  });
});

const chainLength = 10_000;

/** The first operation of a chain, and two more at places that nobody knows without having gone there. */
const drawTurns = (random: RandomGenerator): number[] => [
  1,
  2 + 2 * random.integer(3_000),
  3 + 2 * random.integer(3_000),
];

/** The gradients of the first tensor of a long chain and of a leaf that joins it; some operations multiply by -2. */
const climb = (student: Student, g: NdArray, turns: readonly number[], joins: number): Promise<Value> =>
  student.evaluate(
    async ({ tp }: Scope, { x, g, turns, joins, length }) => {
      const options = { requireGrad: true };
      const keeps = [(g: NdArray) => g];
      const first = Object.assign(new tp.Tensor(x, options), { number: 0 });
      const joined = Object.assign(new tp.Tensor(x, options), { number: -1 });
      const chain = [first];
      for (let i = 1; i <= length; i++) {
        const next = new tp.Tensor(x, options) as typeof first; // field by field: three times as fast as Object.assign
        next.operation = "f";
        next.inputs = [chain[i - 1]!];
        next.rules = keeps;
        next.number = i; // 9, then 10: not in alphabetical order
        chain[i] = next;
      }
      for (const i of turns) chain[i]!.rules = [(g: NdArray) => g.mul(-2)];
      const [meeting, before] = [chain[joins]!, chain[joins - 1]!];
      meeting.inputs = [before, joined];
      meeting.rules = [meeting.rules[0]!, meeting.rules[0]!];
      await tp.backward(chain[length]!, g);
      return { gradient: first.gradient, joined: joined.gradient };
    },
    { x: array([0, 0]), g, turns: [...turns], joins, length: chainLength },
  );
