import { afterEach, describe, expect, it } from "vitest";
import { openNotebook, type TestNotebook } from "./fixtures/open-notebook.js";

let notebook: TestNotebook;
afterEach(() => notebook.remove());

/** The last result of cells in a notebook whose folder is `nb`, among these files. */
function open(files: Readonly<Record<string, string>>): void {
  notebook = openNotebook(files, "nb");
}

const packageFiles = (name: string, manifest: object, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries({ "package.json": JSON.stringify({ name, ...manifest }), ...files }).map(([path, text]) => [
      `node_modules/${name}/${path}`,
      text,
    ]),
  );

describe("a local file is imported", () => {
  it.each([
    ["./a", "nb/a.ts"],
    ["./a.ts", "nb/a.ts"],
    ["./a.js", "nb/a.ts"],
    ["./a.mjs", "nb/a.mts"],
    ["./a.js", "nb/a.js"],
    ["./a.mjs", "nb/a.mjs"],
    ["./lib", "nb/lib/index.ts"],
    ["../src/x", "src/x.ts"],
    ["../src/x.js", "src/x.ts"],
    ["../src", "src/index.ts"],
  ])("as %s, from %s", async (specifier, path) => {
    open({ [path]: "export const a = 5;\nexport default a + 1;\n" });
    expect(
      await notebook.results(
        `import six, { a } from "${specifier}"; [a, six]`,
        `const m = await import("${specifier}"); [a, m.a, m.default]`,
      ),
    ).toEqual(["[ 5, 6 ]", "[ 5, 5, 6 ]"]);
  });

  it("as CommonJS, with what it requires", async () => {
    open({ "nb/c.cjs": "exports.c = require('./d.cjs') + 1;\n", "nb/d.cjs": "module.exports = 1;\n" });
    expect(
      await notebook.results("import { c } from './c.cjs'; c", "const { c: again } = require('./c.cjs'); again"),
    ).toEqual(["2", "2"]);
  });

  it("as JSON", async () => {
    open({ "nb/data.json": '{ "rows": [1, 2] }' });
    expect(await notebook.results("import data, { rows } from './data.json'; data.rows[0] + rows.length")).toEqual([
      "3",
    ]);
  });

  it("with top-level await, `import.meta` and its types", async () => {
    open({
      "nb/a.ts":
        "export interface T { x: number }\nexport const t: T = await Promise.resolve({ x: 3 });\nexport const here = import.meta.filename;\n",
    });
    expect(
      await notebook.results(
        "import { t, here, type T } from './a'",
        "const u: T = t; u.x + here.slice(-4)",
        "import type { T as Also } from './a'; const v: Also = { x: 'no' }",
      ),
    ).toEqual([undefined, "'3a.ts'", expect.stringContaining("TS2322")]);
  });

  it("as files that import one another", async () => {
    open({
      "nb/one.ts": "import { two } from './two';\nexport const one = 1;\nexport const f = () => two;\n",
      "nb/two.ts": "import { one } from './one.js';\nexport const two = 2;\nexport const g = () => one;\n",
    });
    expect(await notebook.results("import { f } from './one'; import { g } from './two'; [f(), g()]")).toEqual([
      "[ 2, 1 ]",
    ]);
  });

  it("by the paths of the notebook's own tsconfig", async () => {
    open({
      "nb/tsconfig.json": '{ "compilerOptions": { "paths": { "@lib/*": ["../src/*"] } } }',
      "src/x.ts": "export const x = 'aliased';\n",
    });
    expect(await notebook.results("import { x } from '@lib/x'; x")).toEqual(["'aliased'"]);
  });

  it("where it says to be, whatever a variable says: by `import()`", async () => {
    open({ "nb/a.ts": "export const a = 5;\n" });
    expect(await notebook.results("const name: string = './a'; (await import(name)).a")).toEqual(["5"]);
  });
});

describe("when the import cell runs again", () => {
  it("a file that has changed is loaded again, and its types with it; the others see it when they import it", async () => {
    open({
      "nb/a.ts": "import { b } from './b.js';\nexport const a = () => 'a' + b;\n",
      "nb/b.ts": "export const b = 1;\n",
    });
    expect(await notebook.results("import { a } from './a'; a()")).toEqual(["'a1'"]);
    notebook.write("b.ts", "export const b = 'twenty';\nexport const extra = 1;\n");
    expect(
      await notebook.results(
        "a()",
        "import { b, extra } from './b'; b.length + extra",
        "a()",
        "import { a } from './a'; a()",
      ),
    ).toEqual(["'a1'", "7", "'a1'", "'atwenty'"]);
  });

  it("a file that has not changed keeps its state", async () => {
    open({ "nb/a.ts": "import './b';\nexport const a = 1;\n", "nb/b.ts": "export const state = { n: 0 };\n" });
    await notebook.results("import { state } from './b'; state.n = 5", "import { a } from './a'");
    notebook.write("a.ts", "import './b';\nexport const a = 'changed';\n");
    expect(await notebook.results("import { a } from './a'; import { state } from './b'; [a, state.n]")).toEqual([
      "[ 'changed', 5 ]",
    ]);
  });

  it("so are JSON and CommonJS, also when only what they require has changed", async () => {
    open({
      "nb/c.cjs": "exports.c = require('./d.cjs') + 1;\n",
      "nb/d.cjs": "module.exports = 1;\n",
      "nb/data.json": "[1]",
    });
    const cell = "import { c } from './c.cjs'; import data from './data.json'; [c, data.length]";
    expect(await notebook.results(cell)).toEqual(["[ 2, 1 ]"]);
    notebook.write("d.cjs", "module.exports = 100;\n");
    notebook.write("data.json", "[1, 2, 3]");
    expect(await notebook.results(cell)).toEqual(["[ 101, 3 ]"]);
  });

  it("a file that was missing is found", async () => {
    open({});
    const cell = "import { late } from './late'; late";
    expect(await notebook.results(cell)).toEqual([expect.stringContaining("TS2307: Cannot find module './late'")]);
    notebook.write("late.ts", "export const late = 'there';\n");
    expect(await notebook.results(cell)).toEqual(["'there'"]);
  });

  it("a file that failed is tried again", async () => {
    open({ "nb/a.ts": "export const a: number = 1;\nthrow new Error('first');\n" });
    expect(await notebook.results("import { a } from './a'; a")).toEqual(["Error: first"]);
    notebook.write("a.ts", "export const a: number = 2;\n");
    expect(await notebook.results("import { a } from './a'; a")).toEqual(["2"]);
  });
});

describe("a package is imported", () => {
  const packages = {
    ...packageFiles("cjs", { main: "i.js" }, { "i.js": "module.exports = { k: 1 };\n" }),
    ...packageFiles(
      "esm",
      { type: "module", exports: "./i.js" },
      { "i.js": "export const e = 'esm'; export default class Q {}\n" },
    ),
    ...packageFiles(
      "only-import",
      { type: "module", exports: { import: "./i.js" } },
      { "i.js": "export const only = 'import'; export default 'def';\n" },
    ),
    ...packageFiles(
      "awaits",
      { type: "module", exports: "./i.js" },
      { "i.js": "export const awaited = await Promise.resolve('tla');\n" },
    ),
    ...packageFiles(
      "dual",
      { exports: { import: "./i.mjs", require: "./i.cjs" } },
      { "i.cjs": "exports.d = 'd';\n", "i.mjs": "export const d = 'd';\n" },
    ),
    ...packageFiles(
      "typed",
      { exports: { types: "./t.d.ts", default: "./i.cjs" } },
      {
        "t.d.ts": "export interface Options { n: number }\nexport declare function f(o: Options): string;\n",
        "i.cjs": "exports.f = ({ n }) => 'f' + n;\n",
      },
    ),
  };

  it.each([
    ["CommonJS", "import cjs, { k } from 'cjs'; [cjs.k, k]", "[ 1, 1 ]"],
    ["ES modules", "import Q, { e } from 'esm'; [Q.name, e]", "[ 'Q', 'esm' ]"],
    ["what can only be imported", "import def, { only } from 'only-import'; [def, only]", "[ 'def', 'import' ]"],
    ["what awaits", "import { awaited } from 'awaits'; awaited", "'tla'"],
    ["both kinds", "import { d } from 'dual'; import * as all from 'dual'; [d, all.d]", "[ 'd', 'd' ]"],
    ["types behind exports", "import { f, Options } from 'typed'; const o: Options = { n: 1 }; f(o)", "'f1'"],
    [
      "Node's own",
      "import fs, { existsSync } from 'node:fs'; import * as path from 'path'; [typeof fs.existsSync, typeof existsSync, path.join('a')]",
      "[ 'function', 'function', 'a' ]",
    ],
    [
      "by `import()`",
      "const [a, b, c] = await Promise.all([import('esm'), import('cjs'), import('only-import')]); [a.e, b.default.k, c.only]",
      "[ 'esm', 1, 'import' ]",
    ],
    ["by `require`", "require('cjs').k", "1"],
  ])("%s", async (_, code, shown) => {
    open(packages);
    expect(await notebook.results(code)).toEqual([shown]);
  });

  it("with names that later cells use, types too", async () => {
    open(packages);
    expect(
      await notebook.results(
        "import { f, Options } from 'typed'; import cjs from 'cjs'",
        "const o: Options = { n: cjs.k }; f(o)",
      ),
    ).toEqual([undefined, "'f1'"]);
  });

  it("that is not there is a type error, and a real one where types say nothing", async () => {
    open({});
    expect(await notebook.results("import nope from 'nope'", "require('nope')")).toEqual([
      expect.stringContaining("TS2307: Cannot find module 'nope'"),
      expect.stringContaining("Error: Cannot find module 'nope'"),
    ]);
  });
});

describe("what is wrong in a local file", () => {
  it("is told with that file and its line, before anything runs", async () => {
    open({ "nb/wrong.ts": "export const fine = 1;\nexport const wrong: number = 'x';\n" });
    const { error, printed } = await notebook.run("import { fine } from './wrong'; console.log(fine)");
    expect(printed).toBe("");
    expect(error?.traceback).toEqual([
      "wrong.ts line 2, column 14: TS2322: Type 'string' is not assignable to type 'number'.",
      "    export const wrong: number = 'x';",
      "                 ^",
    ]);
  });

  it("is told of JSON", async () => {
    open({ "nb/data.json": "[1," });
    expect(await notebook.results("const d = require('./data.json'); d")).toEqual([
      expect.stringMatching(/^SyntaxError: .*data\.json/),
    ]);
  });

  it("is told of a file that another imports", async () => {
    open({ "nb/a.ts": "import { b } from './b';\nexport const a = b;\n", "nb/b.ts": "export const b = ;\n" });
    expect(await notebook.results("import { a } from './a'; a")).toEqual([
      "SyntaxError: b.ts line 1, column 18: TS1109: Expression expected.",
    ]);
  });
});

it("a tsconfig of the notebook's own folder may be less strict", async () => {
  open({ "nb/tsconfig.json": '{ "compilerOptions": { "strict": false } }' });
  expect(await notebook.results("function f(x) { return x }\nf(1)")).toEqual(["1"]);
});

it("a tsconfig above the notebook's folder is somebody else's", async () => {
  open({ "tsconfig.json": '{ "compilerOptions": { "strict": false } }' });
  expect(await notebook.results("function f(x) { return x }")).toEqual([expect.stringContaining("TS7006")]);
});
