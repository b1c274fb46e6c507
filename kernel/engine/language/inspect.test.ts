import { describe, expect, test } from "vitest";
import { atCursor, notebookOf } from "./fixtures/notebook-of.js";

const notebook = await notebookOf([
  `
  import { basename } from "node:path";
  const epochs = 3;
  let learningRate = 0.1;
  /**
   * Adds two numbers, as {@link Math.hypot} does not. See {@link Net the net} and {@link Net}.
   *
   * @param a the first
   * @param b - the second,
   * one if absent
   * @returns the sum
   * @throws RangeError never
   * @deprecated use +
   * @example
   * add(1, 2) // 3
   */
  function add(a: number, b = 1): number { return a + b; }
  function several(a: string): void;
  /** With a number. */
  function several(a: number, ...rest: number[]): void;
  function several(): void {}
  class Net {
    /** How wide. */
    readonly width = 3;
  }
  const net = new Net();
  `,
]);

const bundleAt = (text: string) => notebook.inspect(...atCursor(text));
const textAt = (text: string) => bundleAt(text)?.["text/plain"];

describe("a name", () => {
  test("is explained by its type, wherever the cursor touches it", () => {
    for (const code of ["learningR|ate", "|learningRate", "learningRate|", "f(learningRate|, 1)"]) {
      expect(textAt(code), code).toBe("let learningRate: number");
    }
    expect(textAt("epochs|")).toBe("const epochs: 3");
    expect(textAt("const own = 'a'; ow|n")).toBe('const own: "a"');
    expect(textAt("net.wid|th")).toBe("(property) Net.width: 3\n\nHow wide.");
  });

  test("of another cell reads like one of this cell", () => {
    expect(textAt("new Ne|t()")).toBe("new Net(): Net");
    expect(textAt("let n: Ne|t")).toBe("class Net");
    expect(textAt("basen|ame")).toMatch(/^function basename\(|^\(method\) .*basename\(/);
  });

  test("is documented: summary, parameters, result, examples", () => {
    expect(textAt("ad|d(1)")).toBe(
      [
        "add(a: number, b?: number): number",
        "Adds two numbers, as Math.hypot does not. See the net and Net.",
        [
          "@param a the first",
          "@param b the second,\none if absent",
          "@returns the sum",
          "@throws RangeError never",
          "@deprecated use +",
          "@example add(1, 2) // 3",
        ].join("\n"),
      ].join("\n\n"),
    );
  });

  test("is documented in Markdown too", () => {
    expect(bundleAt("ad|d(1)")!["text/markdown"]).toBe(
      [
        "```typescript\nadd(a: number, b?: number): number\n```",
        "Adds two numbers, as Math.hypot does not. See the net and Net.",
        "- `a` — the first\n- `b` — the second,\none if absent",
        "*@returns* — the sum",
        "*@throws* — RangeError never",
        "*@deprecated* — use +",
        "*@example*\n```typescript\nadd(1, 2) // 3\n```",
      ].join("\n\n"),
    );
  });

  test("of Node has Node's documentation", () => {
    expect(textAt("import { readFi|le } from 'node:fs'")).toContain("Asynchronously reads the entire contents");
  });
});

describe("inside the parentheses of a call", () => {
  const turnAt = (text: string) => /▸ (.*)/.exec(String(textAt(text)))?.[1];

  test("the parameters are shown, and whose turn it is", () => {
    expect(textAt("add(|")).toMatch(/^add\(a: number, b\?: number\): number\n\n▸ a: number — the first\n\nAdds two/);
    expect(turnAt("add(1, |)")).toBe("b?: number — the second,");
    expect(turnAt("add(learningRate + |, 2)")).toBe("a: number — the first");
    expect(bundleAt("add(|")!["text/markdown"]).toContain("\n\n▸ **`a: number`** — the first\n\n");
  });

  test("all overloads are shown, the one meant first", () => {
    expect(String(textAt("several(1, |)")).split("\n\n")).toEqual([
      "several(a: number, ...rest: number[]): void\nseveral(a: string): void",
      "▸ ...rest: number[]",
      "With a number.",
    ]);
  });

  test("a rest parameter keeps its turn", () => {
    expect(turnAt("several(1, 2, 3, |)")).toBe("...rest: number[]");
  });

  test("too many arguments have no parameter", () => {
    expect(turnAt("add(1, 2, |)")).toBeUndefined();
    expect(textAt("add(1, 2, |)")).toMatch(/^add\(/);
  });

  test("a name under the cursor is explained first", () => {
    expect(textAt("add(epo|chs)")).toBe("const epochs: 3");
  });

  test("it is found on other lines, in code that is not finished", () => {
    expect(turnAt("if (true) {\n  add(\n    1,\n    |")).toMatch(/^b/);
    expect(textAt("for (const i of [1]) {\n  epo|chs")).toBe("const epochs: 3");
    expect(textAt("f(epo|chs, `and then")).toBe("const epochs: 3");
  });
});

test("of what it does not know it says nothing", () => {
  for (const code of ["|", "1 + |2", "unheard|Of", "// epochs|", "'epochs|'", "if (|)", "}}|", "`${|", "\u0000|"]) {
    expect(bundleAt(code), code).toBeUndefined();
  }
});
