import { readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import fc from "../../test/properties.js";
import { extract } from "./extract.js";
import { expected, file } from "./fixtures/tp1-expected.js";
import { IntakeError } from "./intake-error.js";
import { readNotebook } from "./notebook.js";

const program = [
  'import { exp, max, sum, type NdArray } from "retroprop";',
  "interface Options { readonly eps: number }",
  "const floor = 1e-9, table: number[] = [];",
  "for (let i = 0; i < 3; i++) table.push(`-`.length);",
  "class Shift<T> { static by(x: NdArray): NdArray { return x.sub(max(x)); } }",
  "export const softmax = (x: NdArray, { eps }: Options = { eps: floor }): NdArray => {",
  "  const e = exp(Shift.by(x)); // ) } ]",
  "  return e.div(sum(e));",
  "};",
  "export function nll(x: NdArray, gold: number): number {",
  '  if (gold in table) throw new RangeError("gold: " + /[/]}/.source);',
  "  return -Math.log(softmax(x).at(gold));",
  "}",
].join("\n");

/** The program with a piece cut out and another put in: what a slip of the hand makes. */
const slips = fc
  .tuple(
    fc.nat(program.length),
    fc.nat(60),
    fc.constantFrom("", "(", "}", "`", "/*", "\n", "await ", "const ", "\u0000", "é🙂"),
  )
  .map(([at, length, inserted]) => program.slice(0, at) + inserted + program.slice(at + length));

describe("whatever a student hands in", () => {
  it("what is taken from it compiles, and every exercise is either taken or said to be missing", () => {
    fc.assert(
      fc.property(slips, (text) => {
        const taken = extract([file(text)], expected);
        expect(syntaxErrors(taken.program)).toEqual([]);
        for (const { id } of expected) expect(taken.exercises.has(id)).not.toBe(taken.missing.has(id));
      }),
      { numRuns: 100 },
    );
  });

  it("any text is read or refused", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(extract([file(text)], expected).exercises.size).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it("any JSON is read as a notebook or refused with a sentence", () => {
    const cell = fc.record(
      {
        cell_type: fc.constantFrom("code", "markdown", 7, null),
        source: fc.oneof(fc.string(), fc.array(fc.jsonValue())),
        id: fc.jsonValue(),
        metadata: fc.oneof(fc.jsonValue(), fc.record({ retroprop: fc.jsonValue() })),
      },
      { requiredKeys: [] },
    );
    const notebook = fc.record({
      nbformat: fc.constantFrom(4, 3, "4"),
      cells: fc.array(fc.oneof(cell, fc.jsonValue())),
    });
    fc.assert(
      fc.property(fc.oneof(notebook, fc.jsonValue()), (value) => {
        try {
          expect(readNotebook(JSON.stringify(value), expected).pieces.length).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof IntakeError)) throw error;
          expect(error.message).toMatch(/notebook/);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("the course's own notebooks", () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

  it.each(["notebooks/tp1.ipynb", "solutions/tp1.ipynb"])("%s holds every exercise", (path) => {
    const { exercises, program } = extract(readNotebook(read(path), expected).pieces, expected);
    expect([...exercises.keys()]).toEqual(expected.map(({ id }) => id));
    expect(program).not.toMatch(/mnist|console\.log|trainLinear\(trainData/);
  });
});

function syntaxErrors(text: string): string[] {
  const { diagnostics } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022 },
  });
  return (diagnostics ?? []).map(
    ({ messageText }) => `${ts.flattenDiagnosticMessageText(messageText, " ")} in\n${text}`,
  );
}
