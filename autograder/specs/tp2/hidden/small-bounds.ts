// The bounds of initialisations on the smallest matrices, where one too many or too few in the formula shows most.
import { full, type NdArray } from "retroprop";
import type { Expect } from "../../../judge/expect.js";
import { field } from "../../../judge/explain.js";
import type { Student } from "../../../judge/student.js";
import { runEach } from "../../run-each.js";
import type { Scope } from "../scope.js";
import { areDrawnOneByOne, type Initialisation, spreadOf, weightsIn } from "../visible/run-init.js";

export type Bound = (dimOut: number, dimIn: number) => number;
export type Name = Exclude<Initialisation["name"], "zeroInit">;

type Drawing = { readonly name: Name; readonly W: NdArray; readonly seed: number };

/** On so many of them that one weight at least comes near the bound. */
export async function expectSmallBounds(
  expect: Expect,
  student: Student,
  seed: number,
  name: Name,
  boundOf: Bound,
): Promise<void> {
  const shapes: readonly (readonly [number, number])[] = [
    [1, 1],
    [2, 1],
  ];
  const drawings = shapes.map((shape) => ({ name, W: full(shape, 9), seed }));
  for await (const { asked, run } of runEach(student, drawOften, drawings, (one) => one)) {
    const weights = weightsIn(run);
    if (!areDrawnOneByOne(weights)) return; // its generator is always the same: another test says so
    const { lowest, highest } = spreadOf(weights);
    const share = Math.max(-lowest, highest) / boundOf(...(asked.W.shape as [number, number]));
    const isBound = () => share > 0.95 && share < 1.0001;
    expect(field(run, "W"), "les poids de petites matrices").toSatisfy(
      isBound,
      "La borne est fausse pour une petite matrice.",
    );
  }
}

/** An object with `W`, arrays of one shape in one: four hundred weights, of which none comes near the bound once in 10⁹. */
async function drawOften({ tp, lib }: Scope, { name, W, seed }: Drawing): Promise<unknown> {
  const random = new lib.RandomGenerator(seed);
  const all: number[] = [];
  while (all.length < 400) {
    const drawn = W.clone();
    await tp[name as "glorotInit"](drawn, random);
    all.push(...Array.from(drawn.data));
  }
  return { W: lib.array(all) };
}
