import { describe, expect, test } from "vitest";
import type { ExerciseHead } from "./spec.js";
import type { ExerciseResult, StudentTest, Verdict } from "./verdict.js";
import { usedBy, withAdvice } from "./where-to-start.js";

const heads: readonly ExerciseHead[] = [
  { id: "tp9.a", name: "a", title: "La somme" },
  { id: "tp9.b", name: "b", title: "Le produit", uses: ["tp9.a"] },
  { id: "tp9.c", name: "c", title: "La puissance", uses: ["tp9.b"] },
  { id: "tp9.d", name: "d", title: "Autre chose" },
];

const result = (id: string, verdict: Verdict): ExerciseResult<StudentTest> => ({
  id,
  title: id,
  points: 1,
  earned: verdict === "correct" ? 1 : 0,
  tests: [
    {
      visibility: "hidden",
      title: "un essai",
      points: 1,
      earned: verdict === "correct" ? 1 : 0,
      verdict,
      message: "",
    },
  ],
});

const adviceFor = (failed: ExerciseResult<StudentTest>, ...others: readonly ExerciseResult<StudentTest>[]) =>
  withAdvice(failed, heads, others).advice;

describe("what an exercise uses", () => {
  test("counts directly and indirectly, in course order", () => {
    expect(usedBy(heads[2]!, heads).map(({ id }) => id)).toEqual(["tp9.a", "tp9.b"]);
    expect(usedBy(heads[0]!, heads)).toEqual([]);
  });
});

describe("an exercise that fails", () => {
  test("with one that it uses begins there, at the first of them", () => {
    expect(adviceFor(result("tp9.b", "wrong"), result("tp9.a", "missing"))).toBe(
      "Cet exercice se sert de «\u00a0La somme\u00a0», qui n'est pas encore juste\u00a0: commencez par là.",
    );
    expect(adviceFor(result("tp9.c", "wrong"), result("tp9.a", "wrong"), result("tp9.b", "wrong"))).toMatch(/La somme/);
  });

  test("alone is given no advice, nor is one that passes, nor one that used something else", () => {
    expect(adviceFor(result("tp9.b", "wrong"), result("tp9.a", "correct"))).toBeUndefined();
    expect(adviceFor(result("tp9.b", "correct"), result("tp9.a", "wrong"))).toBeUndefined();
    expect(adviceFor(result("tp9.d", "wrong"), result("tp9.a", "wrong"))).toBeUndefined();
  });

  test("by our fault accuses nobody's code", () => {
    expect(adviceFor(result("tp9.b", "not-graded"), result("tp9.a", "wrong"))).toBeUndefined();
    expect(adviceFor(result("tp9.b", "wrong"), result("tp9.a", "not-graded"))).toBeUndefined();
  });
});
