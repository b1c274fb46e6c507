import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { AnalysedCell, Span } from "../analysis-protocol.js";
import { NotebookAnalysis } from "./notebook-analysis.js";

const root = realpathSync(mkdtempSync(join(tmpdir(), "analysé ")));
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

write(
  "node_modules/lib/index.d.ts",
  "export declare function exp(x: number): number;\nexport interface Row { n: number }\n",
);
write("node_modules/lib/package.json", '{ "name": "lib", "version": "1.0.0", "types": "index.d.ts" }');

const analysis = new NotebookAnalysis(root);

/** One notebook for all: every test changes the one before. Cells by id. */
const analyse = (cells: Record<string, string>, path = "tp/notes.ipynb"): readonly AnalysedCell[] =>
  analysis.analyse({ path, cells: Object.entries(cells).map(([id, source]) => ({ id, source })) }).cells;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** What the spans of a cell cover. */
const at = (source: string, spans: readonly Span[]): string[] => spans.map(({ from, to }) => source.slice(from, to));

/** `name → cell: text of its declaration` for each reading. */
function readsOf(cells: Record<string, string>, id: string): string[] {
  const answer = analyse(cells).find((cell) => cell.id === id)!;
  expect(at(cells[id]!, answer.reads)).toEqual(answer.reads.map(({ name }) => name));
  return answer.reads.map(({ name, definedIn }) => {
    const [text] = at(cells[definedIn.cell]!, [definedIn]);
    return `${name} → ${definedIn.cell}: ${text}`;
  });
}

/** `cell: text: message` for each problem. */
const problemsOf = (cells: Record<string, string>): string[] =>
  analyse(cells).flatMap(({ id, problems }) =>
    problems.map((problem) => `${id}: ${at(cells[id]!, [problem])}: ${problem.message}`),
  );

describe("what cells declare and read", () => {
  test("each declaration with its kind and the place of its name", () => {
    const source =
      'import { exp, type Row } from "lib";\nexport const [a, { b: c }] = [1, { b: 2 }];\nlet é = 1;\nconst g = () => é;\n' +
      "function f(): void {}\nclass K {}\ninterface I {}\ntype T = I;\nenum E { X }\nif (a) { const inner = 1; }";
    const [cell] = analyse({ one: source });
    expect(cell!.declares.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      "exp import",
      "Row import",
      "a variable",
      "c variable",
      "é variable",
      "g function",
      "f function",
      "K class",
      "I type",
      "T type",
      "E type",
    ]);
    expect(at(source, cell!.declares)).toEqual(cell!.declares.map(({ name }) => name));
    expect(cell!.problems).toEqual([]);
  });

  test("a name means the last cell above that declares it, whatever comes below", () => {
    const cells = { one: "let x = 1;", two: 'const x = "2";', three: "x.length;", four: "const x = [1]; x;" };
    expect(readsOf(cells, "three")).toEqual(["x → two: x"]);
    expect(readsOf(cells, "four")).toEqual([]);
    expect(problemsOf(cells)).toEqual([]);
  });

  test("values, types, shorthands and assignments are read; parameters and members that are called so are not", () => {
    const cells = {
      one: 'import { type Row } from "lib";\nlet n = 1;\nconst f = (n: number) => n;',
      two: "const row: Row = { n };\nrow.n = f(n);\nconst g = (n: number) => ({ n: n });\nn = 2;",
    };
    expect(readsOf(cells, "two")).toEqual(["Row → one: Row", "n → one: n", "f → one: f", "n → one: n", "n → one: n"]);
  });

  test("offsets count UTF-16 units, and Windows's line ends", () => {
    const cells = { one: "// 𝛻 é\r\nconst 𝜀 = 1;", two: '"🎓"; 𝜀;' };
    expect(readsOf(cells, "two")).toEqual(["𝜀 → one: 𝜀"]);
  });

  test("a declaration that moves in its cell is found where it is now", () => {
    const cells = { one: "const moved = 1;", two: "moved;" };
    expect(readsOf(cells, "two")).toEqual(["moved → one: moved"]);
    expect(readsOf({ ...cells, one: "\n\n  const moved = 1;" }, "two")).toEqual(["moved → one: moved"]);
  });
});

describe("what the compiler says", () => {
  test("as in the kernel: top-level await, packages, tslab, a name declared again, what is not there yet", () => {
    const cells = {
      one: 'import { exp } from "lib";\nimport * as tslab from "tslab";\nconst one: number = await Promise.resolve(exp(1));',
      two: "const one = String(exp(1));\ntslab.display.html(one);\nconst prompted: string = prompt();",
      three: "one.length;\nlater;",
      four: "const later = 1;\nconst wrong: string = later;",
    };
    expect(problemsOf(cells)).toEqual([
      "three: later: TS2304: Cannot find name 'later'.",
      "four: wrong: TS2322: Type 'number' is not assignable to type 'string'.",
    ]);
  });

  test("a change above is told below, and its repair too, even three cells away", () => {
    const cells = {
      one: "const size = () => 3;",
      two: "const twice = () => [size()];",
      three: "const first: number = twice()[0]!;",
    };
    expect(problemsOf(cells)).toEqual([]);
    expect(problemsOf({ ...cells, one: 'const size = () => "3";' })).toEqual([
      "three: first: TS2322: Type 'string' is not assignable to type 'number'.",
    ]);
    expect(problemsOf({ ...cells, one: "const size = () => { return 4; };" })).toEqual([]);
    const named = {
      one: "type Size = number;",
      two: "const size = (): Size => 3 as never;",
      three: "const first: number = size();",
    };
    expect(problemsOf(named)).toEqual([]);
    expect(problemsOf({ ...named, one: "type Size = string;" })).toHaveLength(1);
    const { one: _, ...others } = cells;
    expect(problemsOf(others)).toEqual(["two: size: TS2304: Cannot find name 'size'."]);
    expect(problemsOf({ two: cells.two, one: cells.one })).toHaveLength(1);
  });

  test("a cell that is no TypeScript says so, and does not blind the others", () => {
    const cells = {
      one: "const known = 1;",
      two: "function half(x: number): number {\n  return x / 2;\n}\nconst broken = half(known;\nfunction open() {",
      three: "const bad: string = half(known);\nopen();\nbroken;",
    };
    const told = problemsOf(cells);
    expect(told[0]).toBe("two: ;: TS1005: ')' expected.");
    expect(told.filter((one) => one.startsWith("three"))).toEqual([
      "three: bad: TS2322: Type 'number' is not assignable to type 'string'.",
    ]);
    expect(readsOf(cells, "two")).toEqual(["known → one: known"]);
    expect(readsOf(cells, "three")).toEqual([
      "half → two: half",
      "known → one: known",
      "open → two: open",
      "broken → two: broken",
    ]);
  });

  test("what cannot be assigned is said in the words of a notebook", () => {
    expect(problemsOf({ one: "const rate = 1;", two: "rate = 2;" })).toEqual([
      "two: rate: TS2632: Cannot assign to 'rate' because another cell declares it as a constant.",
    ]);
  });

  test("a file that a cell imports stops it as long as it is wrong", () => {
    const cells = { one: 'import { half } from "./half.js";\nhalf(1);' };
    write("tp/half.ts", "export const half = (x: number): string => x / 2;\n");
    expect(problemsOf(cells)).toEqual([
      "one: \"./half.js\": half.ts line 1, column 44: TS2322: Type 'number' is not assignable to type 'string'.",
    ]);
    write("tp/half.ts", "export const half = (x: number): number => x / 2 ;\n");
    expect(problemsOf(cells)).toEqual([]);
    expect(problemsOf({ one: 'import { x } from "./gone.js";' })[0]).toMatch(
      /^one: "\.\/gone\.js": TS2307: Cannot find module/,
    );
  });
});

test("after any change, the answer is that of who sees these cells for the first time", () => {
  const variants: Record<string, readonly string[]> = {
    a: [
      "const a = 1; type P = number;",
      'const a = "1"; type P = string;',
      "let a = 1;",
      "type P = number; const a = ",
    ],
    b: ["const b = (): P => a;", "// b\nconst b = () => a;", "function b(): P[] { return [a]; }", ""],
    c: ["const c: number = b();", "const a = b();\nconst c = a;", "a = 3;"],
    d: ["console.log({ a, c });", "b().toFixed(); type A = typeof a;"],
  };
  let state = 7;
  const draw = (n: number): number => {
    state = (state * 48271) % 2147483647;
    return state % n;
  };
  const cells: Record<string, string> = { a: "", b: "", c: "", d: "" };
  for (let step = 0; step < 24; step++) {
    const id = "abcd"[draw(4)]!;
    cells[id] = variants[id]![draw(variants[id]!.length)]!;
    const unknown = Object.fromEntries(Object.entries(cells).map(([id, source]) => [`${id}${step}`, source]));
    const anew = JSON.stringify(analyse(unknown, "tp/anew.ipynb")).replaceAll(/("(?:id|cell)":"\w)\d+"/g, '$1"');
    expect(JSON.stringify(analyse(cells))).toBe(anew);
  }
}, 120_000);

test("a notebook out of the served folder is refused, one without cells is not", () => {
  expect(() => analyse({}, "../other/a.ipynb")).toThrow(
    'analysis: expected a notebook under the served folder, received "../other/a.ipynb"',
  );
  expect(() => analyse({}, join(dirname(root), "a.ipynb"))).toThrow(RangeError);
  expect(analyse({})).toEqual([]);
});
