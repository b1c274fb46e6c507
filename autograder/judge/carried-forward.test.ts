import { describe, expect, test } from "vitest";
import { carriedRun, whatToCarry, withCarried } from "./carried-forward.js";
import { type Exercise, exercise } from "./spec.js";
import type { ExerciseResult, StaffTest, Verdict } from "./verdict.js";

const spec = (id: string, ...uses: string[]): Exercise =>
  exercise({ id, name: id, title: `Titre ${id}`, uses }, ({ test }) => test("Essai.", { points: 2 }, async () => {}));

const [sum, product, power, other, double] = [
  spec("sum"),
  spec("product", "sum"),
  spec("power", "product"),
  spec("other"),
  spec("double", "sum"),
] as const;
const all = [sum, product, power, other, double];

const result = (id: string, verdict: Verdict, earned = verdict === "correct" ? 2 : 0): ExerciseResult<StaffTest> => {
  const staffEvidence = { received: "softmax(x) { … }" };
  const one = {
    visibility: "visible",
    title: "Essai.",
    points: 2,
    earned,
    verdict,
    message: "Non.",
    staffEvidence,
  } as const;
  return { id, title: id, points: 2, earned, tests: [{ ...one, milliseconds: 1 }] };
};

/** `sum: wrong` and so on; the rest is correct. */
const carried = (verdicts: Readonly<Record<string, Verdict>>) =>
  whatToCarry(
    all,
    all.map(({ id }) => result(id, verdicts[id] ?? "correct")),
  ).map(({ replaced, exercises }) => [replaced.map(({ id }) => id), exercises.map(({ id }) => id)]);

describe("what is graded again", () => {
  test("is what fails with one that it uses, all that have the same replaced together", () => {
    expect(carried({ sum: "wrong", product: "wrong", double: "runtime-error" })).toEqual([
      [["sum"], ["product", "double"]],
    ]);
  });

  test("counts what is used indirectly, though what lies between passes", () => {
    expect(carried({ sum: "missing", power: "time-limit" })).toEqual([[["sum"], ["power"]]]);
    expect(carried({ sum: "wrong", product: "wrong", power: "wrong" })).toEqual([
      [["sum"], ["product"]],
      [["sum", "product"], ["power"]],
    ]);
  });

  test("is nothing where all passes, where one fails alone, and of what passes all the same", () => {
    expect(carried({})).toEqual([]);
    expect(carried({ power: "wrong", other: "wrong" })).toEqual([]);
    expect(carried({ sum: "wrong" })).toEqual([]);
  });

  test("is nothing where we are at fault, on either side", () => {
    expect(carried({ sum: "not-graded", product: "wrong" })).toEqual([]);
    expect(carried({ sum: "wrong", product: "not-graded" })).toEqual([]);
  });

  test("is never with its own answer replaced", () => {
    const verdicts = Object.fromEntries(all.map(({ id }) => [id, "wrong" as const]));
    for (const [replaced, graded] of carried(verdicts)) {
      expect(graded!.filter((id) => replaced!.includes(id))).toEqual([]);
    }
  });
});

describe("two marks", () => {
  const carry = { replaced: [sum], exercises: [product] };
  const marks = (own: number, again: number) =>
    withCarried(result("product", "wrong", own), result("product", "wrong", again), carry);

  test("say of a test that passes beside the solution where to look, and no mistake of an answer that is right", () => {
    const wrong = result("product", "wrong");
    const own = { ...wrong, tests: [{ ...wrong.tests[0]!, mistake: "signe" }] };
    const [told] = withCarried(own, result("product", "correct"), carry).tests;
    expect(told).toMatchObject({
      verdict: "wrong",
      message: expect.stringMatching(/réussit avec la correction de «\s.+\s»\s: c.est là/),
    });
    expect(told).not.toHaveProperty("mistake");
    expect(withCarried(own, result("product", "wrong"), carry).tests).toEqual(own.tests);
  });

  test("are both kept, the better one counts, and the tests stay those of the student's own code", () => {
    const replaced = [{ id: "sum", title: "Titre sum" }];
    expect(marks(0.5, 1.5)).toMatchObject({ earned: 1.5, carried: { replaced, own: 0.5, withSolution: 1.5 } });
    expect(marks(1.5, 0.5)).toMatchObject({ earned: 1.5, carried: { own: 1.5, withSolution: 0.5 } });
    expect(marks(0.5, 1.5).tests[0]!.earned).toBe(0.5);
  });

  test("are none where the second could not be given by our fault, of which alone is told", () => {
    const [ours] = result("product", "not-graded").tests;
    const [leak] = result("product", "runtime-error").tests;
    const again = { ...result("product", "not-graded"), tests: [{ ...leak!, message: "softmax(x) { … }" }, ours!] };
    const { earned, carried, tests } = withCarried(result("product", "wrong"), again, carry);
    expect([earned, carried]).toEqual([0, undefined]);
    expect(tests).toMatchObject([{ title: "Essai.", earned: 0, verdict: "not-graded", message: "Non." }]);
  });

  test("leave of the second run how each test ended, and nothing that came back", () => {
    expect(carriedRun(result("product", "runtime-error"), carry)).toEqual({
      exercise: "product",
      replaced: ["sum"],
      tests: [{ visibility: "visible", title: "Essai.", points: 2, earned: 0, verdict: "runtime-error" }],
    });
  });
});
