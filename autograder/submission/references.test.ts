import { describe, expect, test } from "vitest";
import { findReferences } from "./references.js";
import { readStatements, type Statement } from "./statements.js";

const statementsOf = (text: string): readonly Statement[] => readStatements({ place: "cellule 1", text }).statements;

const valuesOf = (text: string, index = 0): readonly string[] => {
  const statements = statementsOf(text);
  return [...findReferences(statements)(statements[index]!).values];
};

describe("what a statement refers to", () => {
  const softmax = "function softmax(x) { const e = x.map(scale); return e; }";

  test("does not hang on the statements around it, nor on those of the submission read before", () => {
    for (const around of ["const scale = 2;", "if (true) { var scale = 3; }", "function e() {}", ""]) {
      expect(valuesOf(`${softmax}\n${around}`)).toEqual(["scale"]);
    }
  });

  test("is what is outside it alone: no parameter, variable, member or label of its own", () => {
    expect(valuesOf("const f = (a, { b }) => { l: for (const c of a.d) { if (c) break l; } return { e: b, g }; };")).toEqual([
      "g",
    ]); // biome-ignore format: one line
  });

  test("does not hang on what the same cell declares twice, imports or exports", () => {
    const loop = "if (table) { for (var i = 0; i < 3; i++) table.push(i); }";
    expect(valuesOf(`${loop}\n${loop}`)).toEqual(["table"]);
    expect(valuesOf(`${loop}\n${loop}`, 1)).toEqual(["table"]);
    expect(valuesOf('import { exp as e } from "retroprop";\nexport const f = (x) => (x > 0 ? e(f(-x)) : x);')).toEqual([
      "e",
      "f",
    ]);
    expect(valuesOf("namespace N { export const q = 1; }\nnamespace N { export const r = q; }", 1)).toEqual(["q"]);
  });

  test("is told of each of more statements than are remembered", () => {
    const filler = "x".repeat(20_000);
    const functions = Array.from({ length: 120 }, (_, i) => `function f${i}() { return "${filler}" + g${i}; }`);
    for (let round = 0; round < 3; round++) {
      const statements = statementsOf([...functions, `function last${round}() {}`].join("\n"));
      const referencesOf = findReferences(statements);
      const found = statements.map((one) => [...referencesOf(one).values]);
      expect(found).toEqual([...functions.map((_, i) => [`g${i}`]), []]);
    }
  });
});
