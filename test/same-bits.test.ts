import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** What JavaScript leaves to each engine, down to the last digit. */
const inexact =
  /\bMath\.(exp|expm1|log|log1p|log2|log10|pow|sinh?|cosh?|tanh?|asinh?|acosh?|atanh?|atan2|cbrt|hypot)\b|\*\*/;

/** Where it may stand, and why. */
const allowed: readonly { readonly path: RegExp; readonly reason: string }[] = [
  { path: /^plot\//, reason: "what is drawn, and the text of its ticks, is never computed with again" },
  {
    path: /^datasets\/regression\.ts$/,
    reason: "the formula of a data set, under a noise millions of times the last digit of sin x",
  },
];

const source = new URL("../src/", import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /(?<!\.test)\.ts$/.test(path) && !/^(dist|node_modules)\//.test(path));

const uses = files.flatMap((path) =>
  readFileSync(fileURLToPath(new URL(path, source)), "utf8")
    .split(/\r?\n/)
    .map((line, i) => ({ path, line: i + 1, text: toJudge(line) }))
    .filter(({ text }) => inexact.test(text)),
);

test("the library computes with no function whose last digit depends on the engine", () => {
  expect(files.length).toBeGreaterThan(40);
  const refused = uses.filter(({ path }) => !allowed.some((one) => one.path.test(path)));
  expect(refused.map(({ path, line, text }) => `${path}:${line} ${text.trim()}: see src/nd/elementary.ts`)).toEqual([]);
});

test.each(allowed)("$path still needs its exception: $reason", ({ path }) => {
  expect(uses.some((use) => path.test(use.path))).toBe(true);
});

test.each([
  ["Math.exp(x)", true],
  ["values.map(Math.log10)", true],
  ["x ** y", true],
  ["x ** 2", true],
  ["2 ** k", false],
  ["12 ** k", true],
  ["2 ** 32", false],
  ["2 ** -27", false],
  ["Math.sqrt(x)", false],
  ["exp(x) // not Math.exp", false],
  ["/** Math.exp in a comment */", false],
  [" * Math.exp in a comment", false],
])("in « %s » the law finds something: %s", (line, found) => {
  expect(inexact.test(toJudge(line))).toBe(found);
});

/** A line of code without its comment and its powers of two (`2 ** -27`), exact in every engine. */
function toJudge(line: string): string {
  return line.replace(/\/\/.*$|\/\*.*$|^\s*\*.*$/, "").replace(/(?<![\w.])2 \*\* /g, "");
}
