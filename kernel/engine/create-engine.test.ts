import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNotebook, type TestNotebook } from "./fixtures/open-notebook.js";

let notebook: TestNotebook;
beforeAll(() => {
  notebook = openNotebook();
  notebook.engine.warmUp();
});
afterAll(() => notebook.remove());

const results = (...cells: readonly string[]) => notebook.results(...cells);

describe("a name of an earlier cell", () => {
  it("that a later cell assigns is seen so by earlier functions", async () => {
    expect(await results("let lr = 0.1; function step() { return lr }", "lr = 0.01", "step()", "lr++; step()")).toEqual(
      [undefined, "0.01", "0.01", "1.01"],
    );
  });

  it("that a function assigns is seen so by later cells", async () => {
    expect(await results("let n = 0; const add = () => { n += 1 }", "add(); add(); n")).toEqual([undefined, "2"]);
  });

  it("is assigned in any way that there is", async () => {
    expect(
      await results(
        "let a = 0, b = 0; var c = 0",
        "({ a } = { a: 7 }); [b] = [a + 1]; for (c of [1, 2]); c ||= 5; [a, b, c]",
        "a++; b **= 2; c &&= 9; [a, b, c]",
      ),
    ).toEqual([undefined, "[ 7, 8, 2 ]", "[ 8, 64, 9 ]"]);
  });

  it("is type-checked when it is assigned", async () => {
    expect(await results("let rate = 0.1", "rate = 'fast'")).toEqual([
      undefined,
      "TypeScriptError: line 1, column 1: TS2322: Type 'string' is not assignable to type 'number'.",
    ]);
  });

  it.each([
    ["const kept = 1", "kept = 2", "kept", "a constant"],
    ["function made() {}", "made = null", "made", "a function"],
    ["class Made {}", "Made = null", "Made", "a class"],
    ["enum Colour { Red }", "Colour = null", "Colour", "an enum"],
  ])("after `%s`, `%s` is refused in words of the notebook", async (declaration, assignment, name, kind) => {
    const { error } = await notebook.run(declaration, { count: 41 }).then(() => notebook.run(assignment));
    expect(error?.evalue).toBe(
      `line 1, column 1: TS2632: Cannot assign to '${name}' because it is ${kind} of cell 41.`,
    );
  });

  it("is no obstacle where it means a member, a parameter or a local name", async () => {
    expect(
      await results(
        "let weight = 1",
        "const o = { weight: 2, f(weight: string) { return weight } }; { const weight = 3; o.weight += weight }\n[o.weight, o.f('x'), weight]",
      ),
    ).toEqual([undefined, "[ 5, 'x', 1 ]"]);
  });
});

describe("a later cell may declare again", () => {
  it.each([
    ["a constant as one of another type", "const again = 1", "const again = 'one'", "again", "'one'"],
    [
      "a class with private names",
      "class Again { #p = 1; p() { return this.#p } }",
      "class Again { #p = 'two'; p() { return this.#p } }",
      "new Again().p()",
      "'two'",
    ],
    ["a function as a constant", "function again() { return 1 }", "const again = () => 2", "again()", "2"],
    [
      "an interface as another",
      "interface Again { a: number }",
      "interface Again { b: string }",
      "const one: Again = { b: 'b' }; one",
      "{ b: 'b' }",
    ],
    ["an enum as a type", "enum Again { A }", "type Again = 'x' | 'y'", "const two: Again = 'y'; two", "'y'"],
    [
      "an import as a variable",
      "import { sep as again } from 'node:path'",
      "let again = 0; again",
      "again += 1; again",
      "1",
    ],
  ])("%s", async (_, first, second, use, shown) => {
    expect((await results(first, second, use)).at(-1)).toBe(shown);
  });
});

describe("functions of earlier cells", () => {
  it("see a name that is declared again, however often, if its type suits them", async () => {
    expect(
      await results(
        "const rate = 0.1; let scale = 1",
        "function step() { return rate * scale } function grow() { scale += 1 }",
        "const rate = 0.2; let scale = 10",
        "step()",
        "let scale = 100; grow(); scale",
        "const rate = 1",
        "step() + scale",
      ),
    ).toEqual([undefined, undefined, undefined, "2", "100", undefined, "200"]);
  });

  it("keep the old one if its type does not suit them", async () => {
    expect(
      await results(
        "const word = 'abc'",
        "const size = () => word.length",
        "const word = 5",
        "size() + word",
        "const word = 'abcdef'",
        "size()",
      ),
    ).toEqual([undefined, undefined, undefined, "8", undefined, "3"]);
  });

  it("see a function, a class with private names or an import again", async () => {
    expect(
      await results(
        "function f() { return 1 }\nclass Net { #w = 1; out() { return this.#w } }\nimport { basename as part } from 'node:path'",
        "const all = () => [f(), new Net().out(), part('a/b')]",
        "function f() { return 2 }\nclass Net { #w = 2; out() { return this.#w } }\nimport { dirname as part } from 'node:path'",
        "all()",
      ),
    ).toEqual([undefined, undefined, undefined, "[ 2, 2, 'a' ]"]);
  });

  it("keep a name whose new declaration its cell did not reach", async () => {
    expect(await results("const kept2 = 1", "const see = () => kept2", "throw 1; const kept2 = 2", "see()")).toEqual([
      undefined,
      undefined,
      "Thrown: 1",
      "1",
    ]);
  });
});

describe("TypeScript in cells", () => {
  it.each([
    [
      "interfaces, generics and enums",
      [
        "interface Pair<T> { pair: [T, T] }\nenum Kind { A = 'a', B = 'b' }",
        "const p: Pair<Kind> = { pair: [Kind.A, Kind.B] }; p.pair",
      ],
      "[ 'a', 'b' ]",
    ],
    [
      "overloads",
      [
        "function over(a: string): string;\nfunction over(a: number): number;\nfunction over(a: unknown) { return a }",
        "over(1).toFixed(1) + over('a').length",
      ],
      "'1.01'",
    ],
    [
      "abstract classes and namespaces",
      [
        "namespace N { export const q = 3 }\nabstract class B<T> { abstract m(): T }",
        "class C extends B<number> { m() { return N.q } }; new C().m()",
      ],
      "3",
    ],
    [
      "decorators",
      [
        "const seen: string[] = [];\nfunction watch(_: unknown, context: ClassMethodDecoratorContext) { seen.push(String(context.name)) }",
        "class Watched { @watch m() {} }\nseen",
      ],
      "[ 'm' ]",
    ],
    ["const enums", ["const enum Size { S = 1, L = 5 }", "Size.L"], "5"],
    [
      "additions to global types",
      [
        "declare global { interface Array<T> { second(): T | undefined } }\nArray.prototype.second = function () { return this[1] };",
        "const x = 1",
        "[1, 2].second()",
      ],
      "2",
    ],
    [
      "destructuring",
      ["const { a: [p1, ...p2], ...p3 } = { a: [1, 2, 3], z: 1 };", "[p1, p2, p3]"],
      "[ 1, [ 2, 3 ], { z: 1 } ]",
    ],
    [
      "exports, which are not needed",
      ["export const ex = 1; export default function foo() { return ex }\nexport { ex as why };", "ex + foo() + why"],
      "3",
    ],
    [
      "lists that get their type later",
      ["const losses = []; let model;", "losses.push(1); model = 'm'; [losses, model]"],
      "[ [ 1 ], 'm' ]",
    ],
    ["unique symbols", ["const key = Symbol('key'); const keyed = { [key]: 1 }", "keyed[key]"], "1"],
    [
      "classes local to a function, which no declaration can name",
      ["function make() { class Local { #x = 4; get x() { return this.#x } }; return new Local() }", "make().x"],
      "4",
    ],
  ])("%s", async (_, cells, shown) => {
    expect((await results(...cells)).at(-1)).toBe(shown);
  });

  it("`await`, `for await` and `using` stand at the top of a cell", async () => {
    const { printed, error } = await notebook.run(`
      const disposable = (name: string) => ({ [Symbol.dispose]() { console.log("bye", name) } });
      using first = disposable("first");
      for await (const x of (async function* () { yield 1; yield 2 })()) console.log(await x);
      const afterUsing = 5;`);
    expect([printed, error]).toEqual(["1\n2\nbye first\n", undefined]);
    expect(await results("afterUsing")).toEqual(["5"]);
  });

  it("knows the globals of Node, WebAssembly and `prompt`", async () => {
    notebook.answer = "Ada";
    expect(
      await results(
        "const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);\nconst { instance } = await WebAssembly.instantiate(bytes); instance instanceof WebAssembly.Instance",
        "[typeof fetch, typeof setTimeout, typeof Buffer, typeof require, typeof structuredClone]",
        "prompt('Name? ') + import.meta.filename.slice(-8) + __filename.slice(-8)",
      ),
    ).toEqual(["true", "[ 'function', 'function', 'function', 'function', 'function' ]", "'Ada/cell.ts/cell.ts'"]);
  });
});

describe("a type error", () => {
  it("stops the cell before any side effect, and leaves no name", async () => {
    const run = await notebook.run("console.log('ran');\nconst untouched = 1;\nlet wrong: number = 'a';");
    expect(run.outputs).toEqual([]);
    expect(run.error).toEqual({
      type: "error",
      ename: "TypeScriptError",
      evalue: "line 3, column 5: TS2322: Type 'string' is not assignable to type 'number'.",
      traceback: [
        "line 3, column 5: TS2322: Type 'string' is not assignable to type 'number'.",
        "    let wrong: number = 'a';",
        "        ^",
      ],
    });
    expect(await results("untouched")).toEqual([
      "TypeScriptError: line 1, column 1: TS2304: Cannot find name 'untouched'.",
    ]);
  });

  it("of an operator on objects says what to write instead, of other operands nothing more", async () => {
    const array = "class Matrix { mul(b: Matrix) { return b } }\nconst [W, x] = [new Matrix(), new Matrix()];";
    for (const wrong of ["W * x", "2 * x", "W + x"]) {
      const { error } = await notebook.run(`${array}\n${wrong}`);
      expect(error?.evalue, wrong).toMatch(/: TS236[235]: .*\. Operators are for numbers: .* as in a\.mul\(b\)\.$/);
    }
    const { error } = await notebook.run("'a' * 2");
    expect(error?.evalue).toMatch(/TS2362: .* must be of type [^.]*\.$/);
  });

  it.each([
    ["for (;;", "TS1109"],
    ["const a = 1; const a = 2", "TS2451"],
    ["`open", "TS1160"],
    ["/* open", "TS1010"],
    ["return 5", "TS1108"],
    ["function f(x) {}", "TS7006"],
    ["(undefined as string | undefined).length", "TS2532"],
    ["new Date(", "TS1135"],
  ])("is told of `%s`", async (code, fault) => {
    const { error } = await notebook.run(code);
    expect(error?.evalue).toMatch(new RegExp(`^line 1, column \\d+: ${fault}: `));
  });

  it("names a type of the notebook by its name alone", async () => {
    await notebook.run("class Model { #w = 1 }");
    const { error } = await notebook.run("const m: Model = 5");
    expect(error?.evalue).toBe("line 1, column 7: TS2322: Type 'number' is not assignable to type 'Model'.");
  });

  it("shows ten faults at most", async () => {
    const { error } = await notebook.run(Array.from({ length: 14 }, (_, i) => `none${i};`).join("\n"));
    expect(error?.traceback.at(-1)).toBe("… and 4 more");
  });
});

describe("a cell that fails", () => {
  it("keeps what it had declared; what it had not reached says so", async () => {
    await notebook.run(
      "const reached = 1;\nfunction hoisted() { return reached }\nthrow new Error('x');\nconst unreached = 2;\nenum Later { A }",
      { count: 77 },
    );
    expect(await results("hoisted()", "unreached", "Later.A")).toEqual([
      "1",
      "TypeScriptError: line 1, column 1: TS2304: Cannot find name 'unreached': cell 77 failed before it had a value.",
      "TypeScriptError: line 1, column 1: TS2304: Cannot find name 'Later': cell 77 failed before it had a value.",
    ]);
  });

  it("leaves a name that it did not reach to the cell that had it", async () => {
    expect(await results("const data = 'old'", "throw 1; const data = 'new'", "data")).toEqual([
      undefined,
      "Thrown: 1",
      "'old'",
    ]);
  });
});

describe("the result", () => {
  it.each([
    ["1 + 1;", "2"],
    ["await Promise.resolve(3)", "3"],
    ["Promise.resolve(4)", "4"],
    ["let assigned: number; assigned = 5", "5"],
    ["({ a: 1 })", "{ a: 1 }"],
    ["'text' // and a comment", "'text'"],
    ["[\n  1,\n].map((x) => x)\n  .length", "1"],
    ["null", "null"],
    ["undefined", undefined],
    ["{ 1 }", undefined],
    ["const x = 1", undefined],
    ["", undefined],
    ["// nothing", undefined],
    ["if (true) { 5 }", undefined],
    ["setTimeout(() => {}, 0)", undefined],
    ["setImmediate(() => {})", undefined],
  ])("of `%s` is %s", async (code, shown) => {
    expect(await results(code)).toEqual([shown]);
  });
});

it("a silent cell shows no result and leaves no name", async () => {
  const { outputs, end } = await notebook.run("const quiet = 1; console.log('heard'); quiet", { silent: true });
  expect([outputs, end]).toEqual([[{ type: "stream", name: "stdout", text: "heard\n" }], { status: "ok" }]);
  expect(await results("quiet")).toEqual(["TypeScriptError: line 1, column 1: TS2304: Cannot find name 'quiet'."]);
});

it("a second cell while one runs is a fault of who asks", async () => {
  const first = notebook.run("await new Promise((resolve) => setTimeout(resolve, 20))");
  await expect(notebook.run("1")).rejects.toThrow(/^internal: cell \d+ is still running$/);
  await first;
});

it("a folder that is deleted hurts nobody", async () => {
  const other = openNotebook();
  await other.run("const before = 1");
  other.remove();
  expect(await other.results("before + 1", "import { join } from 'node:path'; join('a', 'b')")).toEqual([
    "2",
    expect.stringMatching(/^'a.b'$/),
  ]);
});
