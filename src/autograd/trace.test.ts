import { expect, test } from "vitest";
import { plotGraph } from "../plot/graph.js";
import { Tensor } from "./tensor.js";
import { traceGraph } from "./trace.js";

test("a trace keeps the graph and shows the gradients that come after it", () => {
  const x = new Tensor(1, { requireGrad: true, name: "x" });
  const y = x.add(2);
  const z = y.mul(y);
  const graph = traceGraph(z);
  z.backward();
  expect([z.operation, z.inputs]).toEqual([undefined, []]);
  expect([graph.operation, graph.gradient?.toArray()]).toEqual(["×", 1]);
  const [left, right] = graph.inputs;
  expect(left).toBe(right);
  expect([left!.operation, left!.gradient!.toArray()]).toEqual(["+", 6]);
  expect(left!.inputs.map(({ name, gradient }) => [name, gradient?.toArray()])).toEqual([
    ["x", 6],
    [undefined, undefined],
  ]);
});

test("a trace of 100 000 nodes does not overflow", () => {
  let y = new Tensor(1, { requireGrad: true });
  for (let i = 0; i < 100_000; i++) y = y.add(1);
  expect(traceGraph(y).inputs).toHaveLength(2);
});

test("a graph that backward has released is refused, by the trace and by the drawing", () => {
  const y = new Tensor(1, { requireGrad: true }).mul(3);
  y.backward();
  expect(() => traceGraph(y)).toThrow("trace it before");
  expect(() => plotGraph(y)).toThrow("keep it with traceGraph(…) before backward()");
  expect(() => plotGraph(y.mul(2))).toThrow("keep it with traceGraph(…) before backward()");
});
