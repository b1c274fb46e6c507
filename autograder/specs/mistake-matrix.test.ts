import { expect, test } from "vitest";
import type { Verdict } from "../judge/verdict.js";
import { matrixPage } from "./matrix-page.js";
import { mistakeMatrix } from "./mistake-matrix.js";
import type { MistakeRun } from "./spec-laws.js";

/** One verdict a test, for each seed. */
function runOf(file: string, ...seeds: readonly (readonly Verdict[])[]): MistakeRun {
  const runs = seeds.map((verdicts) => {
    const tests = verdicts.map((verdict, i) => ({
      visibility: "hidden" as const,
      title: `test ${i} <b>`,
      points: 1,
      earned: verdict === "correct" ? 1 : 0,
      verdict,
      message: "",
      milliseconds: 0,
    }));
    return [{ id: "tp9.a", title: "A", points: 3, earned: 0, tests }];
  });
  return { mistake: { file, exercise: "tp9.a", named: `« ${file} »` }, runs };
}

const runs = [
  runOf("only-first", ["wrong", "correct", "correct"], ["wrong", "correct", "correct"]),
  runOf("first-and-second", ["wrong", "wrong", "correct"], ["runtime-error", "correct", "correct"]),
];

test("a matrix says with which seeds a test catches a mistake, and which it alone catches", () => {
  const [matrix, ...others] = mistakeMatrix(runs);
  expect(others).toEqual([]);
  expect(matrix!.tests.map(({ catches, alone }) => ({ catches, alone }))).toEqual([
    { catches: ["always", "always"], alone: ["only-first"] },
    { catches: ["never", "sometimes"], alone: [] },
    { catches: ["never", "never"], alone: [] },
  ]);
});

test("its page marks them, and tells the tests that catch nothing alone from those that catch nothing", () => {
  const page = matrixPage(new Map([["tp9", mistakeMatrix(runs)]]));
  expect(page.match(/<td class="alone">●<\/td>/g)).toHaveLength(1);
  expect(page.match(/<td class="sometimes">○<\/td>/g)).toHaveLength(1);
  expect(page).toContain('<td class="nothing">nothing alone</td>');
  expect(page).toContain('<td class="nothing">nothing</td>');
  expect(page).toContain("test 0 &lt;b&gt;");
  expect(page).not.toContain("<b>");
});
