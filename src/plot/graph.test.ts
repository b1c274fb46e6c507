import { expect, test } from "vitest";
import { Tensor } from "../autograd/tensor.js";
import { traceGraph } from "../autograd/trace.js";
import { array, full, ones } from "../nd/creation.js";
import { type DrawnTensor, plotGraph } from "./graph.js";

const leaf = (name: string, value: number): DrawnTensor => ({
  name,
  data: array(value),
  requireGrad: true,
  inputs: [],
});

const apply = (operation: string, ...inputs: DrawnTensor[]): DrawnTensor => ({
  operation,
  data: array(1),
  requireGrad: true,
  inputs,
});

/** `x` doubled again and again. */
function chain(operations: number): DrawnTensor {
  let x = leaf("x", 1);
  for (let k = 0; k < operations; k++) x = apply("+", x, x);
  return x;
}

const count = (text: string, part: string): number => text.split(part).length - 1;

/** The words in the boxes and in the key. */
const wordsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);

test("each box has its name or operation, its value, and its gradient in the second colour", () => {
  const x = { ...leaf("x", 1), gradient: array(12) };
  const two = { data: array(2), requireGrad: false, inputs: [] };
  const { svg, alt } = plotGraph({ ...apply("+", x, two), data: array(3), name: "y" });
  expect(wordsOf(svg)).toEqual(
    expect.arrayContaining(["x", "1", "∇ 12", "2", "+ → y", "3", "paramètre", "constante", "opération"]),
  );
  expect(svg).toMatch(/fill="#d55e00"[^>]*>∇ 12</);
  expect(alt).toBe("Graphe de calcul, 3 nœuds : x = 1, gradient 12 ; constante = 2 ; + → y = 3.");
});

test("up to four numbers are written, of more the shape alone, with the norm of their gradient", () => {
  const small: DrawnTensor = { data: array([0.5, -1]), requireGrad: false, inputs: [] };
  const large: DrawnTensor = { data: ones([100, 784]), gradient: full([100, 784], 2), requireGrad: true, inputs: [] };
  const { svg } = plotGraph({ ...apply("affine", large, small), data: ones([1, 1]) });
  expect(wordsOf(svg)).toEqual(
    expect.arrayContaining(["[0,5 ; −1]", "[2]", "paramètre", "[100, 784]", "‖∇‖ 560", "affine", "1", "[1, 1]"]),
  );
});

test("a tensor that is used twice is one box with two arrows", () => {
  const { svg } = plotGraph(chain(2));
  expect(count(svg, ">x<")).toBe(1);
  expect(count(svg, ">+<")).toBe(2);
  expect(count(svg, "l-7 -4v8z")).toBe(4);
});

test("a key explains only the signs that are there", () => {
  expect(wordsOf(plotGraph(leaf("w", 1)).svg)).toEqual(["w", "1", "paramètre"]);
});

test("names cannot become markup, and long ones are cut", () => {
  const { svg } = plotGraph(leaf("<script>", 1));
  expect(svg).toContain(">&lt;script&gt;<");
  expect(plotGraph(leaf("a".repeat(50), 1)).alt).toBe(`Graphe de calcul, 1 nœud : ${"a".repeat(17)}… = 1.`);
});

test("sixty nodes are drawn, one more is refused", () => {
  expect(plotGraph(chain(59)).alt).toMatch(/^Graphe de calcul, 60 nœuds : .* ; …$/);
  expect(() => plotGraph(chain(60))).toThrow(
    "plotGraph: the graph has 61 nodes, at most 60 can be drawn; draw an intermediate tensor instead",
  );
});

test("a very deep graph is refused in words, not by an overflow of the stack", () => {
  expect(() => plotGraph(chain(100_000))).toThrow("the graph has 100001 nodes");
});

test("a tensor that is computed from itself is refused", () => {
  const inputs: DrawnTensor[] = [];
  const y = { ...apply("+"), inputs };
  inputs.push(apply("tanh", y));
  expect(() => plotGraph(y)).toThrow("plotGraph: a tensor is computed from itself");
});

test("the library's own tensors are drawn, with the gradients that arrive after the trace", () => {
  const x = new Tensor(1, { requireGrad: true, name: "x" });
  const y = x.add(2);
  const z = y.mul(y).mul(2);
  const graph = traceGraph(z);
  z.backward();
  expect(plotGraph(graph, { title: "z = 2 y²" }).alt).toBe(
    "z = 2 y². Graphe de calcul, 6 nœuds : x = 1, gradient 12 ; constante = 2 ; + = 3, gradient 12 ; " +
      "× = 9, gradient 2 ; constante = 2 ; × = 18, gradient 1.",
  );
});
