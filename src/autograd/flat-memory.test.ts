import { expect, test } from "vitest";
import { collectGarbage, step } from "../../test/training-steps.js";
import { setBackend } from "../kernels/backend.js";
import { heapSize } from "../kernels/heap.js";
import { LinearNetwork } from "../nn/networks.js";
import { SGD } from "../optim/sgd.js";

test("memory is flat over a million steps", () => {
  setBackend("simd");
  const net = new LinearNetwork(70, 4);
  const optimizer = new SGD(net.parameters(), { learningRate: 0.01 });
  const measure = () => {
    collectGarbage();
    return { ...heapSize(), ordinary: process.memoryUsage().heapUsed };
  };
  for (let i = 0; i < 50_000; i++) step(net, optimizer, i);
  const before = measure();
  for (let i = 0; i < 1_000_000; i++) step(net, optimizer, i);
  const after = measure();
  expect([after.inUse, after.reserved]).toEqual([before.inUse, before.reserved]);
  expect(after.ordinary - before.ordinary).toBeLessThan(2 * 2 ** 20); // two bytes a step would be seen
}, 240_000);
