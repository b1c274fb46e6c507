import { expect, it } from "vitest";
import type { Declaration } from "./library.js";
import { hiddenPart, solutionOf, stubOf } from "./stub.js";

const declaration = (text: string, name = "f"): Declaration => ({
  symbol: `src/f.ts#${name}`,
  name,
  file: "src/f.ts",
  line: 7,
  text,
  uses: [],
  isValue: true,
});

it("a function keeps its documentation and its signature, and throws instead of answering", () => {
  const text = "/** Doc. */\nfunction f<T>(x: T, { n = 1 }: O = {}): T[] {\n  return [x];\n}";
  expect(stubOf(declaration(text))).toBe(
    '/** Doc. */\nfunction f<T>(x: T, { n = 1 }: O = {}): T[] {\n  throw new Error("À compléter : f");\n}',
  );
});

it("an arrow keeps its signature", () => {
  expect(stubOf(declaration("const f = (x: number): number => x * 2;"))).toBe(
    'const f = (x: number): number => {\n  throw new Error("À compléter : f");\n};',
  );
});

it("a class keeps its fields and constructor, and each of its methods throws under its full name", () => {
  const stub = stubOf(
    declaration(
      "class C {\n  x = 1;\n  constructor() {\n    this.x = 2;\n  }\n  get y(): number {\n    return 1;\n  }\n  m(): void {\n    go();\n  }\n}",
      "C",
    ),
  );
  expect(stub).toContain("this.x = 2;");
  expect(stub).toContain('  get y(): number {\n    throw new Error("À compléter : C.y");\n  }');
  expect(stub).toContain('  m(): void {\n    throw new Error("À compléter : C.m");\n  }');
  expect(stub).not.toContain("go();");
});

it("where regions are marked, only they go, and their marks are in no edition", () => {
  const text =
    "function f(): number {\n  const kept = 1;\n  // #region solution\n  const gone = 2;\n  // #endregion\n  return kept;\n}";
  expect(stubOf(declaration(text))).toBe(
    'function f(): number {\n  const kept = 1;\n  throw new Error("À compléter : f");\n  return kept;\n}',
  );
  expect(solutionOf(declaration(text))).toBe(
    "function f(): number {\n  const kept = 1;\n  const gone = 2;\n  return kept;\n}",
  );
  expect(hiddenPart(declaration(text)).trim()).toBe("const gone = 2;");
});

it("a function that does not state its return type is refused", () => {
  expect(() => stubOf(declaration("function f(x: number) { return x; }"))).toThrow(/^src\/f\.ts:7: `f` must state/);
});

it("a constant has nothing to leave out", () => {
  expect(() => stubOf(declaration("const f = 3;"))).toThrow(/`f` has no body to leave out/);
});
