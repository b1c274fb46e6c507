import { describe, expect, it } from "vitest";
import { declarationsFor, readSolution } from "./reference-answers.js";

const text = `
import { exp, type NdArray, sum as total } from "retroprop";

/** Says how it is done. */
export class Box { static #made = 0; readonly x: NdArray; constructor(x: NdArray) { Box.#made++; this.x = x; } }
export function wrap(x: NdArray): Box { return new Box(x); }
// Exercice
export function softmax(x: NdArray): Box { const e = exp(x); return wrap(e.div(total(e))); }
export function nll(x: NdArray): number { const parts = { exp, total }; return parts.exp(softmax(x).x.exp); }
export const twice = (exp: number): number => 2 * exp;
if (require.main === module) console.log(twice(1));
`;
const solution = readSolution(text);
const answers = new Set(["softmax", "nll", "twice"]);
const namesFor = (...names: string[]) => declarationsFor(names, solution, answers).map(({ name }) => name);
const textOf = (name: string): string => solution.declarations.get(name)!.text;

describe("a solution", () => {
  it("mentions the library under names that no student would choose, wherever they stand and nowhere else", () => {
    expect(solution.imports).toBe('import { exp as solution$exp, sum as solution$total } from "retroprop";');
    expect(textOf("softmax")).toContain("const e = solution$exp(x);");
    expect(textOf("nll")).toContain("{ exp: solution$exp, total: solution$total }");
    expect(textOf("nll")).toContain("softmax(x).x.exp)");
    expect(textOf("twice")).toContain("(exp) => 2 * exp");
  });

  it("holds neither types nor comments, nor what it does when it is run", () => {
    const all = [...solution.declarations.values()].map((one) => one.text).join("\n");
    expect(all).not.toMatch(/NdArray|Says how|Exercice|require/);
    expect(textOf("Box")).toContain("static #made = 0;");
  });
});

describe("what is taken of a solution for some answers", () => {
  it("is these, and the given code that they need", () => {
    expect(namesFor("softmax")).toEqual(["Box", "wrap", "softmax"]);
    expect(namesFor("twice")).toEqual(["twice"]);
  });

  it("is never another answer, even where these call it", () => {
    expect(namesFor("nll")).toEqual(["nll"]);
    expect(namesFor("nll", "softmax")).toEqual(["Box", "wrap", "softmax", "nll"]);
  });
});
