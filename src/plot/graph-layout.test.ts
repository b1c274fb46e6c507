import { describe, expect, test } from "vitest";
import { RandomGenerator } from "../nd/random.js";
import { type GraphLayout, type GraphNode, layoutGraph } from "./graph-layout.js";

const node = (...inputs: number[]): GraphNode => ({ width: 60, height: 40, inputs });

/** A graph of `count` nodes, each computed from up to three of those before it. */
function randomGraph(random: RandomGenerator, count: number): GraphNode[] {
  const draw = (n: number) => Math.floor(random.uniform([1]).data[0]! * n);
  return Array.from({ length: count }, (_, i) => {
    const inputs = Array.from({ length: i === 0 ? 0 : draw(4) }, () => draw(i));
    return { width: 40 + draw(80), height: 20 + draw(60), inputs };
  });
}

const graphs: readonly (readonly [string, readonly GraphNode[]])[] = [
  ["a diamond", [node(), node(0, 0), node(1, 1)]],
  ["a skip over three columns", [node(), node(0), node(1), node(2), node(3, 0)]],
  ...Array.from({ length: 20 }, (_, seed) => {
    const name = `random graph ${seed}`;
    return [name, randomGraph(new RandomGenerator(seed), 5 + 2 * seed)] as const;
  }),
];

describe.each(graphs)("%s", (_name, nodes) => {
  const { boxes, edges, width, height } = layoutGraph(nodes);
  const ends = nodes.flatMap(({ inputs }, to) => inputs.map((from) => ({ from, to })));

  test("flows from left to right, inside its frame", () => {
    for (const { from, to } of ends) expect(boxes[from]!.left + boxes[from]!.width).toBeLessThan(boxes[to]!.left);
    for (const box of boxes) {
      expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0);
      expect(box.left + box.width).toBeLessThanOrEqual(width);
      expect(box.top + box.height).toBeLessThanOrEqual(height + 1e-9);
    }
  });

  test("has no box over another", () => {
    const overlaps = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => isOver(a, b)));
    expect(overlaps).toEqual([]);
  });

  test("has an edge from box to box for each use, and none through a third box", () => {
    expect(edges.length).toBe(ends.length);
    edges.forEach((edge, k) => {
      const { from, to } = ends[k]!;
      const [first, last] = [edge[0]!, edge[edge.length - 1]!];
      expect(first).toMatchObject({ x1: boxes[from]!.left + boxes[from]!.width });
      expect(last.x2).toBe(boxes[to]!.left);
      expect(last.y).toBeGreaterThan(boxes[to]!.top);
      expect(last.y).toBeLessThan(boxes[to]!.top + boxes[to]!.height);
      const between = boxes.filter(({ left, width }) => left >= first.x2 && left + width <= last.x1);
      expect(between.filter((box) => !edge.some((stretch) => isPassed(box, stretch)))).toEqual([]);
      for (const stretch of edge.slice(1, -1)) expect(boxes.filter((box) => isCrossed(box, stretch))).toEqual([]);
    });
  });
});

type Box = GraphLayout["boxes"][number];

const isOver = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

/** Level all along the box: curves stay between the columns. */
const isPassed = ({ left, width }: Box, { x1, x2 }: GraphLayout["edges"][number][number]): boolean =>
  x1 <= left + 1e-9 && left + width <= x2 + 1e-9;

const isCrossed = (box: Box, { x1, x2, y }: GraphLayout["edges"][number][number]): boolean =>
  x1 < box.left + box.width && box.left < x2 && box.top < y && y < box.top + box.height;

test("both edges of a tensor that is used twice are seen", () => {
  const [first, second] = layoutGraph([node(), node(0, 0)]).edges;
  expect(second!.at(-1)!.y - first!.at(-1)!.y).toBeGreaterThan(10);
});

test("a leaf stands beside what uses it first, operands in their order", () => {
  const { boxes } = layoutGraph([node(), node(0), node(1), node(), node(2, 3)]);
  expect(boxes[3]!.left).toBe(boxes[2]!.left);
  expect(boxes[3]!.top).toBeGreaterThan(boxes[2]!.top);
});

test("leaves are turned round where their edges would cross", () => {
  const { boxes } = layoutGraph([node(), node(), node(1), node(0), node(2, 3)]);
  expect(boxes[2]!.top).toBeLessThan(boxes[3]!.top);
  expect(boxes[1]!.top).toBeLessThan(boxes[0]!.top);
});

test("a long computation with a constant at each step stays level", () => {
  const chain: GraphNode[] = [node()];
  for (let k = 0; k < 25; k++) chain.push(node(), node(chain.length - 1, chain.length));
  const tops = layoutGraph(chain).boxes.flatMap(({ top }, i) => (chain[i]!.inputs.length > 0 ? [top] : []));
  expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(40);
});
