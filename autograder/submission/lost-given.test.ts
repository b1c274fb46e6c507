// A hand-in that has lost what students received: it is marked for what it answers.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { extractWhole } from "./lost-given.js";
import { readSolution } from "./reference-answers.js";

const given = {
  box: "export class Box { constructor(readonly x: NdArray) {} }",
  shifted: "export function shifted(x: NdArray): Box { return new Box(x.sub(libMax(x))); }",
};
const softmax =
  "export function softmax(x: NdArray): Box { const e = exp(shifted(x).x); return new Box(e.div(sum(e))); }";
const imports = 'import { exp, max as libMax, type NdArray, sum } from "retroprop";';
const solution = readSolution([imports, given.box, given.shifted, softmax].join("\n"));
const expected = [{ id: "tp2.softmax", name: "softmax", python: "softmax", given: ["Box"] }];
const libraryNames = new Set(["exp", "max", "sum", "log"]);

function whole(texts: readonly string[], options: object = { solution, libraryNames }) {
  const pieces = texts.map((text, i) => ({ place: `cellule ${i + 1}`, text }));
  return extractWhole(pieces, expected, options).extracted;
}

describe("given code that a hand-in has lost", () => {
  it.each<[string, readonly string[], string]>([
    ["one that the answer needs", [imports, given.box, softmax], "shifted"],
    ["the imports, under their own names too", [given.box, given.shifted, softmax], "libMax"],
    ["what the tests need, and the rest of it", [imports, softmax], "Box, shifted"],
    ["all of it", [softmax], "Box, shifted"],
  ])("is taken from the course: %s", (_, texts, names) => {
    const { exercises, program, notices, undeclared } = whole(texts);
    expect([...exercises.keys()]).toEqual(["tp2.softmax"]);
    expect(program).toContain("class Box");
    expect(undeclared).toEqual([]);
    expect(notices.join("\n")).toContain(`${names} : donné avec le TP et introuvable, pris dans le cours pour noter`);
    expect(notices.join("\n")).not.toContain("plus haut que sa définition");
  });

  it("is the student's own wherever it is there, and only what is mentioned", () => {
    const own = "class Box { mine = 1; constructor(readonly x: NdArray) {} }";
    const { program } = whole([imports, own, softmax]);
    expect(program).toContain("mine = 1");
    expect(program.match(/class Box/g)).toHaveLength(1);
    expect(whole([imports, own, given.shifted, softmax]).notices).toEqual([]);
  });

  it("is never an answer", () => {
    expect(whole([imports, given.box, given.shifted]).exercises.size).toBe(0);
    const calls = [{ id: "tp2.twice", name: "twice", python: "twice" }, ...expected];
    const pieces = [{ place: "tp2.ts", text: "export const twice = (x: NdArray) => softmax(x);" }];
    expect(extractWhole(pieces, calls, { solution, libraryNames }).extracted.program).not.toContain("class Box");
  });

  it("is not put into work on another TP, whose answers are the library's here", () => {
    const { exercises, missing } = whole([softmax], { solution, libraryNames: new Set([...libraryNames, "softmax"]) });
    expect(exercises.size).toBe(0);
    expect(missing.get("tp2.softmax")).toContain("`Box`, donné avec le TP, est introuvable");
  });

  it.each(["tp1.ts", "tp2.ts"])("is all that the solution of %s declares beside the answers", (file) => {
    const namesIn = (folder: string) => {
      const text = readFileSync(new URL(`../../${folder}/${file}`, import.meta.url), "utf8");
      return [...readSolution(text).declarations.keys()];
    };
    expect(namesIn("exercises")).toEqual(namesIn("solutions"));
  });

  it("is said to be lost where there is no solution to take it from", () => {
    expect(whole([softmax], { libraryNames }).missing.get("tp2.softmax")).toContain("`Box`, donné avec le TP");
  });
});
