// Hidden tests of backward: graphs drawn at random, several calls, a very long chain.
import { array, type NdArray, ones, type RandomGenerator, zeros } from "retroprop";
import { field } from "../../../judge/explain.js";
import { hiddenExercise } from "../../../judge/spec.js";
import type { Student, Value } from "../../../judge/student.js";
import * as tp2 from "../exercises.js";
import { type GraphNode, runBackward } from "../graph.js";
import { known } from "../messages.fr.js";
import type { Scope } from "../scope.js";
import { double } from "./double.js";

interface DrawnNode extends GraphNode {
  readonly inputs: readonly number[];
  readonly derivatives: readonly number[];
}

const shape = [2, 2];

/** Three leaves, then eight nodes that each take the one before and one or two of any: paths of many lengths meet. */
function drawGraph(random: RandomGenerator): DrawnNode[] {
  const nodes: DrawnNode[] = Array.from({ length: 3 }, () => ({
    data: random.normal(shape),
    inputs: [],
    derivatives: [],
  }));
  const any = (count: number) => Math.floor(random.uniform([1]).at(0) * count);
  for (let i = 3; i < 11; i++) {
    const inputs = [any(i), i - 1, any(3)].slice(any(2));
    const derivatives = inputs.map(() => [1, -0.5, 2, 0.75][any(4)]!);
    nodes.push({ data: random.normal(shape), inputs, derivatives });
  }
  return nodes;
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

/** Makes every leaf matter: one that no node takes would be left without a gradient. */
const drawWholeGraph = (random: RandomGenerator): DrawnNode[] => {
  const nodes = drawGraph(random);
  return [...nodes, { data: random.normal(shape), inputs: [nodes.length - 1, 0, 1, 2], derivatives: [1, 1, -1, 2] }];
};

const leaves = [0, 1, 2] as const;

export const backward = hiddenExercise(tp2.backward, ({ test }) => {
  test("Est juste sur un graphe quelconque, où des chemins de plusieurs longueurs se rejoignent.", {
    points: 0.5,
    hint: "Un tenseur ne transmet son gradient que lorsque tous ceux qui se servent de lui ont donné le leur.",
  }, async ({ student, random, expect }) => {
    for (let i = 0; i < 3; i++) {
      const [nodes, g] = [drawWholeGraph(random), random.normal(shape)];
      const wanted = gradientsOf(nodes, nodes.length - 1, g);
      const { gradients } = expect(await runBackward(student, { nodes, calls: [{ g }] })).toHaveFields("gradients");
      const received = expect(gradients).toBeList(nodes.length);
      for (const leaf of leaves) expect(received[leaf], "gradient d'une feuille").toBeCloseTo(wanted[leaf]!);
    }
  });

  test("Remonte une chaîne de 10 000 opérations.", {
    points: 0.5,
    explain: known({
      "récursion trop profonde": ({ fault }) => /call stack/i.test(fault?.detail?.message ?? ""),
    }),
    hint: "Un appel dans un appel dans un appel… remplit la pile : une boucle, non.",
  }, async ({ student, random, expect }) => {
    const g = random.normal([2]);
    expect(field(await climb(student, g), "gradient"), "gradient de x").toBeCloseTo(double(g).mul(-1));
  });

  test("Plusieurs appels, avec des g différents, s'ajoutent dans les feuilles et là seulement.", {
    points: 0.25,
    hint: "Les gradients des tenseurs calculés repartent de rien à chaque appel, ceux des feuilles non.",
  }, async ({ student, random, expect }) => {
    const [nodes, gs] = [drawWholeGraph(random), [random.normal(shape), random.normal(shape), random.normal(shape)]];
    const wanted = gs.map((g) => gradientsOf(nodes, nodes.length - 1, g));
    const run = await runBackward(student, { nodes, calls: gs.map((g) => ({ g })) });
    const received = expect(expect(run).toHaveFields("gradients").gradients).toBeList(nodes.length);
    for (const leaf of leaves) {
      const total = wanted.map((one) => one[leaf]!).reduce((sum, one) => sum.add(one));
      expect(received[leaf], "gradient d'une feuille").toBeCloseTo(total);
    }
  });

  test("Deux résultats d'un même graphe ajoutent leurs gradients dans les feuilles.", {
    points: 0.25,
    hint: "Deux pertes peuvent partager des tenseurs : chacune compte une fois.",
  }, async ({ student, random, expect }) => {
    const nodes = drawWholeGraph(random);
    const [one, other] = [nodes.length - 1, 6];
    const [first, second] = [gradientsOf(nodes, one, ones(shape)), gradientsOf(nodes, other, ones(shape))];
    const run = await runBackward(student, { nodes, calls: [{ from: one }, { from: other }] });
    const received = expect(expect(run).toHaveFields("gradients").gradients).toBeList(nodes.length);
    for (const leaf of leaves) {
      expect(received[leaf], "gradient d'une feuille").toBeCloseTo(first[leaf]!.add(second[leaf]!));
    }
  });

  test("Ne donne rien aux entrées qui ne demandent pas de gradient, et ne change pas g.", {
    points: 0.25,
    hint: "Une image ne demande pas de gradient, une cible non plus.",
  }, async ({ student, random, expect }) => {
    const nodes = drawWholeGraph(random).map((node, i) => (i === 1 ? { ...node, requireGrad: false } : node));
    const g = random.normal(shape);
    const wanted = gradientsOf(nodes, nodes.length - 1, g);
    const after = expect(await runBackward(student, { nodes, calls: [{ g }] })).toHaveFields("gradients", "gs");
    const received = expect(after.gradients).toBeList(nodes.length);
    for (const leaf of [0, 2]) expect(received[leaf], "gradient d'une feuille").toBeCloseTo(wanted[leaf]!);
    const isAbsent = (value: Value) => value === undefined;
    expect(received[1], "gradient").toSatisfy(isAbsent, "Une entrée dont requireGrad est faux a reçu un gradient.");
    expect(expect(after.gs).toBeList(1)[0], "g").toBeUnchanged(g);
  });
});

/** The gradient of the first tensor of a long chain, whose first operation alone changes the sign. */
const climb = (student: Student, g: NdArray): Promise<Value> =>
  student.evaluate(
    async ({ tp }: Scope, { x, g, length }) => {
      const first = new tp.Tensor(x, { requireGrad: true });
      let last = first;
      for (let i = 0; i < length; i++) {
        const rules = [(g: NdArray) => (i === 0 ? g.neg() : g)];
        last = Object.assign(new tp.Tensor(x, { requireGrad: true }), { operation: "f", inputs: [last], rules });
      }
      await tp.backward(last, g);
      return { gradient: first.gradient };
    },
    { x: array([0, 0]), g, length: 10_000 },
  );
