// Right work as tools, downloads and merges leave it: read, or refused with what to do about it.
import { describe, expect, it } from "vitest";
import { expected } from "./fixtures/tp1-expected.js";
import { readHandIn } from "./read-submissions.js";

const library = 'import { exp, max, NdArray, sum } from "retroprop";';
const softmax = "export function softmax(x: NdArray): NdArray { const e = exp(x.sub(max(x))); return e.div(sum(e)); }";
const nll = "export function nll(x: NdArray, gold: number): number { return -Math.log(x.at(gold)); }";
const stub = (name: string) => `export function ${name}(): never { throw new Error("À compléter : ${name}"); }`;

const cellOf = (source: string, cell_type = "code", retroprop?: object) => ({
  cell_type,
  source,
  metadata: retroprop === undefined ? {} : { retroprop },
  ...(cell_type === "code" ? { outputs: [], execution_count: null } : {}),
});
const answer = (text: string) => cellOf(text, "markdown", { kind: "question", question: "tp1.q1" });
const notebook = (cells: readonly object[], metadata = "{}"): string =>
  `{"cells": ${JSON.stringify(cells)}, "metadata": ${metadata}, "nbformat": 4, "nbformat_minor": 5}`;

function read(files: Readonly<Record<string, string | Buffer>>) {
  const bytes = Object.entries(files).map(([name, content]) => ({ name, bytes: Buffer.from(content) }));
  return readHandIn({ student: "léa", handedInAs: "léa", files: bytes, texts: [], notices: [] }, expected);
}

function taken(files: Readonly<Record<string, string | Buffer>>) {
  const found = read(files);
  if ("refused" in found) throw new Error(found.refused);
  return { ...found, ids: [...found.exercises.keys()], said: found.notices.join("\n") };
}

describe("code is read", () => {
  it.each([
    [
      "of an object of functions that mention each other",
      `const mine = { softmax(x: NdArray) { return exp(x); }, nll: (x: NdArray, gold: number) => -Math.log(softmax(x).at(gold)) };\nconst { softmax, nll } = mine;\nexport { softmax, nll };`,
    ],
    ["with a line drawn between its parts", `${softmax}\n=======\n${nll}`],
    ["with words and a colon above it", `Ma solution :\n${softmax.replace("export ", "")}\n${nll}`],
    ["copied from a chat, marks and all", `Voici :\n\`\`\`ts\n${softmax}\n${nll}\n\`\`\`\nBon courage !`],
    ["that begins with such a mark", `\`\`\`ts\n${softmax}\n${nll}\n\`\`\``],
    [
      "that calls a method added to the library's arrays",
      `(NdArray.prototype as any).shifted = function () { return this.sub(max(this)); };\n${softmax.replace("x.sub(max(x))", "(x as any).shifted()")}\n${nll}`,
    ],
    [
      "that calls one added to the language",
      `Object.defineProperty(Array.prototype, "last", { value() { return this.at(-1); } });\n(Math as any).cube = (v: number) => v ** 3;\n${softmax}\n${nll.replace("-Math.log(x.at(gold))", "(Math as any).cube([x.at(gold)].last())")}`,
    ],
    ["with marks of direction that nobody sees", `\u200e${softmax}\u2060\n${nll}\u00ad`],
  ])("%s", (_, code) => {
    const { ids, program } = taken({ "tp1.ts": `${library}\n${code}` });
    expect(ids).toEqual(["tp1.softmax", "tp1.nll"]);
    expect(program.indexOf("mine =")).toBeLessThan(program.indexOf("} = mine") + 1);
  });

  it.each([
    "npm:retroprop",
    "../node_modules/retroprop/dist/index.js",
    "retroprop@0.1.0",
    "./retroprop.ts",
    "Retroprop ",
  ])("whose import names the library as %j", (module) => {
    const { ids, said } = taken({ "tp1.ts": `${library.replace('"retroprop"', JSON.stringify(module))}\n${softmax}` });
    expect([ids, said]).toEqual([["tp1.softmax"], expect.not.stringContaining(module)]);
  });

  it("from the side of a merge that is not still to do", () => {
    const both = `<<<<<<< HEAD\n${stub("softmax")}\n=======\n${softmax}\n>>>>>>> corrigé`;
    const { program, said } = taken({ "tp1.ipynb": notebook([cellOf(library), cellOf(both)]) });
    expect(program).toContain("x.sub(max(x))");
    expect(said).toMatch(/dont la première reste à compléter/);
  });

  it("from a notebook with numbers that JSON has not", () => {
    const cells = [cellOf(`${library}\n${softmax}\nconst text = ": NaN,";`)];
    const { ids, said } = taken({ "tp1.ipynb": notebook(cells, '{"loss": NaN, "best": -Infinity}') });
    expect([ids, said]).toEqual([["tp1.softmax"], expect.not.stringMatching(/JSON|abîmé/)]);
  });
});

it("methods added to others come along where they are called, and only there", () => {
  const added =
    "(NdArray.prototype as any).shifted = function () { return this; };\n(Math as any).cube = (v: number) => v ** 3;";
  const { program } = taken({
    "tp1.ts": `${library}\n${added}\n${softmax.replace("x.sub(max(x))", "(x as any).shifted()")}`,
  });
  expect(program).toMatch(/prototype as any\)\.shifted = /);
  expect(program).not.toContain("cube");
});

describe("of several files", () => {
  it("answers in words are taken from one that holds no code", () => {
    const { answers, said } = taken({
      "tp1.ts": `${library}\n${softmax}`,
      "mots.ipynb": notebook([answer("Parce que.")]),
    });
    expect(answers.get("tp1.q1")).toBe("Parce que.");
    expect(said).toContain("mots.ipynb");
  });

  it("what is done in the one that is not marked is named, though the other has the stub", () => {
    const { said } = taken({
      "tp1.ipynb": notebook([cellOf(`${library}\n${softmax}`), cellOf(stub("nll"))]),
      "tp1.ts": `${library}\n${stub("softmax")}\n${nll}`,
    });
    expect(said).toMatch(/tp1\.ts.* : non lu, .*nll.* : rassemblez tout dans un fichier/);
  });

  it("that hold a part each, none is to be taken away", () => {
    expect(read({ "softmax.ts": `${library}\n${softmax}`, "nll.ts": `${library}\n${nll}` })).toMatchObject({
      refused: expect.stringMatching(/ont chacun une partie du travail : .* rassemblez tout dans un fichier/),
    });
  });
});

describe("what is no notebook is said to be what it is", () => {
  it.each([
    ["a RAR", Buffer.from("Rar!\x1a\x07\x01\x00 tp1"), /archive/],
    ["a 7z", Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0]), /archive/],
    ["a PDF", "%PDF-1.7\n…", /PDF/],
    ["rich text", "{\\rtf1\\ansi\\cocoartf2761\n\\f0 function softmax(x) \\{\\\n", /RTF.*texte brut/],
    ["git LFS's address", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", /git lfs pull/],
    ["an address", "https://colab.research.google.com/drive/1\n", /téléchargez/],
  ])("%s", (_, content, said) => {
    expect(read({ "tp1.ipynb": content })).toMatchObject({ refused: expect.stringMatching(said) });
  });
});

it("a name with an accent too many is a near miss, and no letter of another alphabet", () => {
  const { missing } = taken({ "tp1.ts": `${library}\n${softmax}\n${nll.replace("nll", "nłl").replace("nłl", "ñll")}` });
  expect(missing.get("tp1.nll")).not.toMatch(/sans en être une/);
});
