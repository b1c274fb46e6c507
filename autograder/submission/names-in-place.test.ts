import { describe, expect, it } from "vitest";
import { extract } from "./extract.js";
import { cells, expected } from "./fixtures/tp1-expected.js";
import { asHandedIn } from "./own-names.js";
import type { Piece } from "./piece.js";

/** What the exercises of a notebook with these cells give, run as the program that is graded. */
const run = (...texts: string[]) => runPieces(cells(...texts));

function runPieces(pieces: readonly Piece[]): Record<string, (...args: unknown[]) => unknown> {
  const { program } = extract(pieces, expected);
  const library = { exp: Math.exp, log: Math.log, sum: (list: number[]) => list.reduce((a, b) => a + b, 0) };
  const body = program
    .replace(/import \* as (\S+) from "retroprop";/g, "const $1 = library;")
    .replace(
      /import \{ (.*) \} from "retroprop";/g,
      (_, names: string) => `const { ${names.replaceAll(" as ", ": ")} } = library;`,
    )
    .replace(/export \{ (.*) \};/, "return { $1 };");
  return new Function("library", body)(library);
}

function messageOf(call: () => unknown): string {
  try {
    return String(call());
  } catch (error) {
    return (error as Error).message;
  }
}

describe("a name means what stood above it", () => {
  it.each([
    ["a constant of a later cell", "const m = 3;"],
    ["a function of a later cell", "function m() { return 0; }"],
    ["a class of a later cell", "class m {}"],
    ["what a later cell takes apart", "const { m, n } = { m: 0, n: 1 };"],
    ["a list that a later cell fills", "const m = [];\nm.push(1);"],
  ])("beside %s", (_, later) => {
    const { softmax } = run("const m = (x) => x + 1;\nfunction softmax(x) { return m(x); }", later);
    expect(softmax!(1)).toBe(2);
  });

  it("where two exercises have each their own, which may call themselves", () => {
    const { softmax, nll } = run(
      "const step = (x) => (x > 9 ? x : step(x + 1));\nexport function softmax(x) { return step(x); }",
      "const step = (x) => (x > 99 ? x : step(x + 1));\nexport function nll(x) { return step(x); }",
    );
    expect([softmax!(0), nll!(0)]).toEqual([10, 100]);
  });

  it("for a class that another extends, and for what is computed from a constant", () => {
    const { softmax } = run(
      "class Base { by() { return 1; } }\nconst base = 10;",
      "class Mine extends Base {}\nconst factor = base * 2;",
      "function softmax() { return new Mine().by() + factor; }",
      "class Base { by() { return 2; } }\nconst base = 0;",
    );
    expect(softmax!()).toBe(21);
  });

  it("for what a list or an object is taken apart into", () => {
    const { softmax } = run(
      "const { a, b: [c] } = { a: 1, b: [2] };\nfunction softmax() { return { a, c }; }",
      "const a = 5, c = 6;",
    );
    expect(softmax!()).toEqual({ a: 1, c: 2 });
  });

  it("for what is imported under one name twice, hidden, and imported again", () => {
    const { softmax, nll, backwardNll } = run(
      'import { exp as f } from "retroprop";\nfunction softmax(x) { return f(x); }',
      'import { log as f, sum } from "retroprop";\nfunction nll(x) { return f(x); }',
      "const sum = () => 7;\nfunction backwardNll(x) { return sum(x); }",
      'import { sum } from "retroprop";\nimport * as f from "retroprop";\nfunction affineTransform(x) { return f.exp(sum(x)); }',
    );
    expect([softmax!(0), nll!(1), backwardNll!([1])]).toEqual([1, 0, 7]);
  });

  it("for the library's function that has the name of an answer, above that", () => {
    const { softmax, nll } = run(
      'import { exp as nll } from "retroprop";\nconst ofLists = (x) => nll(x);',
      "function nll(x) { return ofLists(x) + 1; }\nfunction softmax(x) { return nll(x); }",
    );
    expect([nll!(0), softmax!(0)]).toEqual([2, 2]);
  });

  it("for a function of an earlier TP that has the name of an answer, above that", () => {
    const [first, second, third] = cells(
      "function nll(x) { return x; }\nconst ofArrays = (x) => nll(x);",
      "function nll(x) { return ofArrays(x) + 1; }",
      "function softmax(x) { return nll(x); }\nfunction nll(x) { return 0; }",
    );
    const { nll, softmax } = runPieces([first!, { ...second!, exercises: ["tp1.nll"] }, third!]);
    expect([nll!(1), softmax!(1)]).toEqual([2, 2]);
  });

  it("unless the answer itself stands there, above a cell that was left alone", () => {
    const [answer, stub] = cells(
      "function nll(x) { return x; }\nfunction softmax(x) { return nll(x); }",
      'function nll(x) {\n  throw new Error("À compléter : nll");\n}',
    );
    const { nll, softmax } = runPieces([answer!, { ...stub!, exercises: ["tp1.nll"] }]);
    expect([nll!(1), softmax!(2)]).toEqual([1, 2]);
  });

  it("and in what V8 says, it has the name that was handed in", () => {
    const { softmax, nll } = run(
      "const m = 1;\nfunction softmax() { return m(); }",
      "const m = 2;\nfunction nll() { return m(); }",
    );
    const said = [softmax!, nll!].map(messageOf);
    expect(new Set(said).size).toBe(2);
    expect(said.map(asHandedIn)).toEqual(Array(2).fill("m is not a function"));
  });

  it("without a name that the student has", () => {
    const { softmax } = run(
      "const m = 1, m··1 = 5;\nfunction softmax() { return m + m··1; }",
      "const m = 2;",
      "const m = 3;",
    );
    expect(softmax!()).toBe(6);
  });

  it.each([
    ["was run before it, as the function that it had", [1, 3, 2], 20],
    ["was run after it", [1, 2, 3], 10],
    ["was never run", [1, 2, undefined], 10],
  ])("though a function written anew below %s", (_, ran, wanted) => {
    const texts = ["const m = () => 10;", "function softmax() { return m(); }", "const m = () => 20;"];
    const pieces = cells(...texts).map((piece, i) => (ran[i] === undefined ? piece : { ...piece, ran: ran[i] }));
    expect(runPieces(pieces).softmax!()).toBe(wanted);
  });

  it("and below it where nothing stands above", () => {
    const { softmax } = run("function softmax() { return m; }", "const m = 2;", "const m = 3;");
    expect(softmax!()).toBe(3);
  });
});

describe("what fills a variable comes with it", () => {
  it.each([
    "m.set('k', 1).set('j', 2);",
    "[1, 2].forEach((v) => m.set('k', v - 1));",
    "true && m.set('k', 1);",
    "void m.set('k', 1);",
    "fill();\nfunction fill() { m.set('k', 1); }",
    "Object.assign(m, { get: () => 1 });",
    "[m] = [new Map([['k', 1]])];",
    "({ m } = { m: new Map([['k', 1]]) });",
    "for (m of [new Map([['k', 1]])]);",
    "delete m.lost; m.set('k', 1);",
  ])("%s", (effect) => {
    const { softmax } = run(
      "let m = new Map();",
      effect,
      "function softmax() { return m.get('k'); }",
      "console.log(softmax());",
    );
    expect(softmax!()).toBe(1);
  });

  it("and what is added to a class or a function", () => {
    const { softmax } = run(
      "class Conf {}\nfunction scale() { return scale.by; }\nscale.by = 3;",
      "Conf.k = 2;\n(Conf.prototype).twice = function () { return 2 * Conf.k; };",
      "function softmax() { return new Conf().twice() * scale(); }",
    );
    expect(softmax!()).toBe(12);
  });

  it("but no print, and no training of an answer", () => {
    const { program } = extract(
      cells(
        "function softmax(x) { return x; }",
        "console.log(softmax(1));\nsoftmax(2).toString();\nfor (const i of [1]) softmax(i);",
      ),
      expected,
    );
    expect(program).toBe("function softmax(x) { return x; }\nexport { softmax };\n");
  });
});
