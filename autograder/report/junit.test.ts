import { expect, it } from "vitest";
import { smallClass } from "./fixtures/small-class.js";
import { toJUnit } from "./junit.js";

const lines = toJUnit(smallClass)
  .split("\n")
  .map((line) => line.trim());

it("a suite a submission, with its counts and time", () => {
  expect(lines[1]).toBe('<testsuites name="tp1" tests="10" failures="2" errors="2" skipped="1" time="0.013">');
  expect(lines).toContain('<testsuite name="Émilie Noël" tests="3" failures="0" errors="0" skipped="0" time="0.004">');
});

it("a wrong answer is a failure, a limit an error, ours skipped, a refusal an error of the intake", () => {
  const cases = lines.filter((line) => line.startsWith("<testcase"));
  expect(cases[0]).toBe(
    '<testcase classname="tp1.tp1.softmax" name="Softmax sans débordement : donne des probabilités de somme 1" time="0.002"/>',
  );
  expect(cases[3]).toMatch(/<failure type="wrong" message="La somme vaut 3.*">Attendu : \[0\.0900/);
  expect(cases.filter((line) => line.includes("<error"))).toEqual([
    expect.stringContaining('<error type="time-limit" message="Temps dépassé."></error>'),
    expect.stringContaining('name="intake"><error type="refused" message="erreur de syntaxe, tp1.ts, ligne 12."/>'),
  ]);
  expect(cases.filter((line) => line.includes("<skipped message="))).toHaveLength(1);
});

it("a hidden test shows its message and no value", () => {
  expect(lines.find((line) => line.includes("retranchez le maximum"))).toMatch(/exponentier\."><\/failure>/);
  expect(lines.join()).not.toContain("secret");
});
