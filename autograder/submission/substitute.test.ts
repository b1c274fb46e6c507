import { describe, expect, it } from "vitest";
import type { Piece } from "./piece.js";
import { readSolution } from "./reference-answers.js";
import type { ExpectedExercise } from "./submission.js";
import { isBegun, substitute } from "./substitute.js";

const expected: readonly ExpectedExercise[] = ["softmax", "nll", "loss"].map((name) => {
  return { id: `tp9.${name}`, name, python: name };
});
const solution = readSolution(`
import { exp, sum } from "retroprop";
export class Box { constructor(readonly x: unknown) {} }
export function box(x: unknown) { return new Box(x); }
export function softmax(x: NdArray) { const e = exp(x); return box(e.div(sum(e))); }
export function nll(x: NdArray) { return softmax(x); }
export function loss(x: NdArray) { return nll(x); }
`);
const libraryNames = new Set(["exp", "sum"]);
const file = (text: string): Piece => ({ place: "tp9.ts", text });

function programWith(names: readonly string[], ...pieces: readonly Piece[]): string {
  const replaced = expected.filter(({ name }) => names.includes(name));
  const substituted = substitute(pieces, { solution, replaced, expected, libraryNames });
  return "uncut" in substituted ? substituted.uncut : substituted.program;
}

const own = "export function softmax(x) { return 1; }\nexport function nll(x) { return softmax(x); }\n";

describe("a program with an answer replaced", () => {
  it("holds that of the solution, with the given code it needs, in the place of the student's", () => {
    const program = programWith(["softmax"], file(own));
    expect(program).not.toContain("return 1;");
    expect(program.match(/solution\$exp\(x\)/g)).toHaveLength(1);
    expect(program).toContain("new Box(x)");
    expect(program).toContain("function nll(x) { return softmax(x); }");
    expect(program.split("\n")[0]).toBe('import { exp as solution$exp, sum as solution$sum } from "retroprop";');
  });

  it("has one declaration of each name, the solution's, whichever cell the student's stood in and how often", () => {
    const cell = (text: string, exercise: string): Piece => ({ place: "cellule 3", text, exercises: [exercise] });
    const program = programWith(
      ["softmax"],
      cell("class Box { y = 2 }\nfunction softmax(x) { return new Box(); }", "tp9.softmax"),
      file("const softmax = (x) => box(2);\nfunction box(x) { return 3; }"),
      cell("function nll(x) { return softmax(x); }", "tp9.nll"),
    );
    for (const name of ["class Box", "function box", "function softmax"]) {
      expect(program.split(name)).toHaveLength(2);
    }
    expect(program).not.toMatch(/y = 2|return 3|box\(2\)/);
  });

  it("holds nothing of the other answers of the solution, though it mentions them", () => {
    const program = programWith(["nll"], file(`${own}export function loss(x) { return nll(x) + 1; }`));
    expect(program).toContain("return 1;");
    expect(program).not.toContain("solution$");
    expect(program).toContain("return nll(x) + 1;");
  });
});

describe("an answer that cannot be replaced", () => {
  it("is one declared together with other names, or exported from another name: the reason names the place", () => {
    expect(programWith(["softmax"], file("const { softmax, a } = mine();"))).toMatch(
      /^`softmax` \(tp9\.ts, ligne 1\) est déclaré avec d'autres noms/,
    );
    expect(programWith(["softmax"], file("const mine = 1;\nexport { mine as softmax };"))).toMatch(
      /^`softmax` est exporté d'un autre nom, `mine`/,
    );
  });

  it("is one whose given code is declared so", () => {
    expect(programWith(["softmax"], file(`${own}const { Box, other } = mine();`))).toMatch(
      /^`Box` \(tp9\.ts, ligne 3\)/,
    );
  });
});

describe("an answer is begun", () => {
  it("when anything else than the stub stands there, under its name or exported as it", () => {
    const stub = 'export function softmax(x) {\n  throw new Error("À compléter : softmax");\n}';
    expect(isBegun([file(stub)], "softmax")).toBe(false);
    expect(isBegun([], "softmax")).toBe(false);
    expect(isBegun([file(stub), file("const softmax = (x) => x;")], "softmax")).toBe(true);
    expect(isBegun([file("const mine = 1;\nexport { mine as softmax };")], "softmax")).toBe(true);
  });
});
