import { expect, test } from "vitest";
import { manualClock } from "../fixtures/manual-clock.js";
import type { OutputMessage } from "../messages.js";
import { OutputFlow } from "./output-flow.js";

const out = (text: string, name: "stdout" | "stderr" = "stdout"): OutputMessage => ({ type: "stream", name, text });
const display: OutputMessage = { type: "display_data", data: { "text/plain": "d" }, metadata: {} };

function newFlow() {
  const published: [string, OutputMessage, number][] = [];
  const clock = manualClock();
  const flow = new OutputFlow((...one) => published.push(one), clock);
  return { flow, clock, published };
}

test("what is printed within some milliseconds leaves as one message", () => {
  const { flow, clock, published } = newFlow();
  flow.add("1", out("a\n"), 5);
  clock.pass(15);
  flow.add("1", out("b\n"), 6);
  expect(published).toEqual([]);
  clock.pass(5);
  expect(published).toEqual([["1", out("a\nb\n"), 11]]);
  clock.pass(1000);
  expect(published).toHaveLength(1);
});

test("the order of stdout, stderr, displays and cells is kept", () => {
  const { flow, clock, published } = newFlow();
  flow.add("1", out("a"), 1);
  flow.add("1", out("b", "stderr"), 1);
  flow.add("1", out("c"), 1);
  flow.add("1", display, 2);
  flow.add("1", out("d"), 1);
  flow.add("2", out("e"), 1);
  clock.pass(20);
  const seen = published.map(([id, output]) => [id, output.type === "stream" ? output.text : output.type]);
  expect(seen).toEqual([
    ["1", "a"],
    ["1", "b"],
    ["1", "c"],
    ["1", "display_data"],
    ["1", "d"],
    ["2", "e"],
  ]);
});

test("a long text leaves without waiting", () => {
  const { flow, published } = newFlow();
  for (let i = 0; i < 70; i++) flow.add("1", out("x".repeat(1024)), 1224);
  expect(published).toEqual([["1", out("x".repeat(65_536)), 64 * 1224]]);
});

test("nothing is held once it was flushed", () => {
  const { flow, clock, published } = newFlow();
  flow.flush();
  flow.add("1", out("a"), 1);
  flow.flush();
  clock.pass(100);
  expect(published).toEqual([["1", out("a"), 1]]);
});
