// Visible tests of LinearNetwork: its two parameters, and scores worked out by hand.
import { array, zeros } from "retroprop";
import { field } from "../../../judge/explain.js";
import { exercise } from "../../../judge/spec.js";
import * as tp2 from "../exercises.js";
import { linearProblems, runLinearNetwork } from "./run-linear-network.js";

const W = array([
  [1, 0, -1],
  [2, 1, 0],
]);
const b = array([-5, 0.5]);

export const linearNetwork = exercise(tp2.linearNetwork, ({ test }) => {
  test("W et b sont nuls, de formes [dimOutput, dimInput] et [dimOutput], et parameters() donne les deux.", {
    points: 0.25,
    explain: linearProblems,
  }, async ({ student, expect }) => {
    const run = await runLinearNetwork(student, { dimInput: 3, dimOutput: 2, W, b, xs: [] });
    expect(field(run, "W"), "W").toBeCloseTo(zeros([2, 3]));
    expect(field(run, "b"), "b").toBeCloseTo([0, 0]);
    expect(field(run, "shapes"), "parameters()").toBeList(2);
  });

  test("forward rend les logits W x + b, qui peuvent être négatifs.", {
    points: 0.25,
    explain: linearProblems,
  }, async ({ student, expect }) => {
    const x = array([1, 2, 3]);
    const run = await runLinearNetwork(student, { dimInput: 3, dimOutput: 2, W, b, xs: [x] });
    const [logits] = expect(field(run, "outputs"), "forward").toBeList(1);
    expect(logits).toBeCloseTo([-7, 4.5]);
  });
});
