import { describe, expect, test } from "vitest";
import { tokensIn } from "./fixtures/works.js";

const codes = (text: string): number[] => [...tokensIn(text).codes];

const loop = `
export function total(values: number[]): number {
  let sum = 0;
  for (const value of values) {
    sum += 2 * value;
  }
  return sum;
}`;

describe("these change nothing of what is compared", () => {
  test.each([
    [
      "names",
      loop.replaceAll("sum", "acc").replaceAll("values", "list").replaceAll("value", "v").replace("total", "f"),
    ],
    ["comments and layout", loop.replace("let sum", "/* on part\n de rien */ let   sum").replaceAll("\n", "\r\n")],
    ["types", loop.replaceAll(": number[]", "").replace(": number ", "").replace("2 * value", "2 * (value as number)")],
    [
      "brackets and semicolons",
      loop.replace("2 * value;", "(2 * value)").replace("{\n    sum", "sum").replace("}\n  return", "return"),
    ],
    ["an arrow for a function", loop.replace("function total(values: number[]): number", "const total = (values) =>")],
    ["let for const", loop.replace("const value", "let value")],
    ["another form of a number", loop.replace("2 *", "2.0e0 *")],
  ])("%s", (_, text) => {
    expect(text).not.toBe(loop);
    expect(codes(text)).toEqual(codes(loop));
  });

  test("declarations that are split or joined", () => {
    expect(codes("let a = 1; let b = a + 2;")).toEqual(codes("let x = 1, y = x + 2;"));
  });

  test("a key that is written out, as it must be once its variable is renamed", () => {
    expect(codes("const W = f(); g({ W });")).toEqual(codes("const m = f(); g({ W: m });"));
    expect(codes("const { epochs } = options; g(epochs);")).toEqual(codes("const { epochs: n } = options; g(n);"));
  });

  test("the name that an import is given", () => {
    expect(codes('import { exp as e } from "retroprop"; const y = e(3);')).toEqual(codes("const z = exp(3);"));
  });

  test("what a message says", () => {
    expect(codes('throw new Error("non");')).toEqual(codes("throw new Error('vraiment pas');"));
  });
});

test("what is computed changes it: operators, numbers, functions of the library", () => {
  const one = codes("const y = exp(x.sub(1));");
  for (const other of ["const y = log(x.sub(1));", "const y = exp(x.add(1));", "const y = exp(x.sub(2));"]) {
    expect(codes(other)).not.toEqual(one);
  }
  expect(codes("i++;")).not.toEqual(codes("i--;"));
});

test("tokens know where they stand", () => {
  const text = "const a = 1;\nconst b = a;";
  const { starts, ends } = tokensIn(text);
  const words = [...starts].map((start, i) => text.slice(start, ends[i]));
  expect(words.filter(Boolean)).toEqual(["a", "1", "b", "a"]);
});
