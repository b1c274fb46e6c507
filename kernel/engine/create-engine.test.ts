import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNotebook, type TestNotebook } from "./fixtures/open-notebook.js";

let notebook: TestNotebook;
beforeAll(() => {
  notebook = openNotebook();
});
afterAll(() => notebook.remove());

/** The results of cells run one after the other; an error in the place of a result. */
async function resultsOf(...cells: string[]): Promise<(string | undefined)[]> {
  const results: (string | undefined)[] = [];
  for (const code of cells) {
    const { result, error } = await notebook.run(code);
    results.push(error === undefined ? result : `${error.ename}: ${error.evalue}`);
  }
  return results;
}

describe("names of earlier cells", () => {
  it("a `let` assigned in a later cell is seen by earlier functions", async () => {
    expect(
      await resultsOf("let lr = 0.1; function step() { return lr }", "lr = 0.01", "step()", "lr++; step()"),
    ).toEqual([undefined, "0.01", "0.01", "1.01"]);
  });

  it("and what a function assigns is seen by later cells", async () => {
    expect(
      await resultsOf(
        "let n = 0; const add = () => { n += 1 }",
        "add(); add(); n",
        "({ n } = { n: 7 }); [n] = [n + 1]; n",
      ),
    ).toEqual([undefined, "2", "8"]);
  });
  it("works", async () => {
    expect(
      await resultsOf(
        "const x = 1",
        "const x = 'a'; x",
        "x = 'b'",
        "class A { v = 1 }",
        "class A { v = 2; #p = 3; get p() { return this.#p } }",
        "new A().v + new A().p",
        "enum E { A, B }\ninterface P { x: number }",
        "const p: P = { x: E.B }; p.x",
      ),
    ).toEqual([]);
  });
  it("works 2", async () => {
    expect(
      await resultsOf(
        "import { readFileSync } from 'node:fs'; import * as path from 'node:path'; import fs from 'fs'",
        "typeof fs.readFileSync + typeof readFileSync + path.sep",
        "await Promise.resolve(4)",
        "for await (const x of (async function* () { yield 1 })()) console.log(x)",
        "{ using r = { [Symbol.dispose]() { console.log('bye') } }; }",
        "using q = { [Symbol.dispose]() { console.log('bye') } };\nconst afterUsing = 5; function g() { return afterUsing }",
        "g()",
        "Promise.resolve(6)",
        "null",
        "prompt('x')",
        "typeof WebAssembly.instantiate",
        "import.meta.filename",
        "const { versions } = await import('tslab'); versions.tslab",
        "import * as tslab from 'tslab'; tslab.display.html('<b>a</b>')",
        "const fsp = await import('node:fs/promises'); typeof fsp.readFile",
        "require('node:os').EOL",
      ),
    ).toEqual([]);
  });
  it("errors", async () => {
    for (const code of [
      "function fail(x: number) {\n  interface A {}\n\n  throw new TypeError('bad ' + x);\n}\nlet y: number = 'a';",
      "function fail(x: number) {\n  interface A {}\n\n  throw new TypeError('bad ' + x, { cause: new Error('in') });\n}",
      "const unreached = 1,\n  z = fail(3)",
      "unreached + 1",
      "z + 1",
      "throw null",
      "throw { a: 1 }",
      "const later = (() => { fail(4) });\nsetTimeout(later, 1); await new Promise(r => setTimeout(r, 50))",
      "setTimeout(() => { throw new Error('late') }, 10)",
      "await new Promise(r => setTimeout(r, 50))",
      "Promise.reject(new Error('unhandled'))",
      "void Promise.reject(new Error('unhandled')); 3",
    ]) {
      const run = await notebook.run(code);
      console.info(
        code,
        "\n=>",
        JSON.stringify(run.outputs),
        run.error?.ename,
        "|",
        run.error?.evalue + "\n" + run.error?.traceback.join("\n"),
      );
    }
  });
});
