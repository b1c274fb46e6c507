import { describe, expect, test } from "vitest";
import { atCursor, notebookOf } from "./fixtures/notebook-of.js";

const notebook = await notebookOf(
  [
    `
    import { basename } from "node:path";
    let learningRate = 0.1;
    const epochs = 3;
    function learn(rate: number, steps = 1): number { return rate * steps; }
    interface Shape {
      readonly rows: number;
      /** @deprecated use rows */
      readonly height: number;
      readonly _hidden: number;
    }
    type Learner = typeof learn;
    class Net {
      #secret = 1;
      readonly shape!: Shape;
      weights: number[] = [];
      scale(by: number): this;
      scale(by: number, times: number): this;
      scale(): this { return this; }
    }
    enum Colour { Red, Green }
    `,
    "const net = new Net(); const shape = net.shape; const epochs = 5n;",
  ],
  {
    "package.json": '{ "dependencies": { "listed": "1" } }',
    "lib/layers.ts": "export const layerCount = 3; export default 1;",
    "lib/loss.ts": "export const loss = 0;",
    "lib/deep/net.ts": "export {};",
    ...offering("listed"),
    ...offering("unlisted"),
    ...offering("@scope/inner"),
  },
);

/** The files of an installed package. */
function offering(name: string): Record<string, string> {
  return {
    [`node_modules/${name}/package.json`]: `{ "name": "${name}", "version": "1.0.0", "types": "index.d.ts" }`,
    [`node_modules/${name}/index.d.ts`]: "export declare function offered(): number;",
  };
}

const completeAt = (text: string) => notebook.complete(...atCursor(text));
const namesAt = (text: string) => completeAt(text).matches.map((match) => match.text);
const itemAt = (text: string, name: string) => completeAt(text).matches.find((match) => match.text === name);

/** The part of the code that a match replaces, in brackets. */
function replacedAt(text: string): string {
  const [code, cursor] = atCursor(text);
  const { start, end } = notebook.complete(code, cursor);
  return `${code.slice(0, start)}[${code.slice(start, end)}]${code.slice(end)}`;
}

describe("names of earlier cells", () => {
  test("come with what they are and their type", () => {
    expect(completeAt("lea|").matches).toEqual([
      { text: "learn", kind: "function", signature: "(rate: number, steps?: number): number" },
      { text: "learningRate", kind: "let", signature: "number" },
    ]);
    expect(itemAt("basen|", "basename")).toMatchObject({ kind: "function" });
    expect(itemAt("Ne|", "Net")).toEqual({ text: "Net", kind: "class" });
    expect(itemAt("Col|", "Colour")).toEqual({ text: "Colour", kind: "enum" });
  });

  test("are those of the last cell that declared them", () => {
    expect(itemAt("epo|", "epochs")).toMatchObject({ signature: expect.stringContaining("5n") });
    expect(itemAt("const epochs = 'own'; epo|", "epochs")).toMatchObject({ signature: '"own"' });
  });

  test("include types where a type stands", () => {
    expect(namesAt("let x: Sha|")).toContain("Shape");
    expect(namesAt("let x: Lear|")).toContain("Learner");
  });

  test("stand before the globals and the keywords", () => {
    const names = namesAt("|");
    const last = Math.max(...["learn", "learningRate", "epochs", "net", "Net"].map((name) => names.indexOf(name)));
    expect(last).toBeGreaterThan(0);
    expect(last).toBeLessThan(names.indexOf("console"));
    expect(last).toBeLessThan(names.indexOf("const"));
  });

  test("are known inside whatever the code leaves open", () => {
    for (const code of [
      "if (true) {\n  lea|",
      "f([1, { a: lea|",
      "const f = () => {\n `a ${lea|",
      "for (const x of lea|",
    ]) {
      expect(namesAt(code), code).toEqual(["learn", "learningRate"]);
    }
  });
});

describe("members", () => {
  test("of a value come with their types", () => {
    expect(completeAt("net.|").matches).toEqual([
      { text: "scale", kind: "method", signature: "(by: number): Net (+1 overload)" },
      { text: "shape", kind: "property", signature: "Shape" },
      { text: "weights", kind: "property", signature: "number[]" },
    ]);
  });

  test("are instantiated", () => {
    expect(itemAt("net.weights.ma|", "map")).toMatchObject({ signature: expect.stringContaining("value: number") });
  });

  test("that are internal come after the others, deprecated ones last", () => {
    expect(namesAt("shape.|")).toEqual(["rows", "_hidden", "height"]);
    expect(namesAt("shape._|")).toEqual(["_hidden"]);
  });

  test("are found before code that follows", () => {
    expect(namesAt("net.|\nconst after = 1;")).toEqual(["scale", "shape", "weights"]);
    expect(namesAt("net.|\nlearn(1)")).toContain("scale");
  });

  test("are those of an object literal's type", () => {
    expect(namesAt("const s: Shape = { ro|")).toEqual(["rows"]);
  });
});

describe("what is typed already", () => {
  test("may differ in case, the same case first", () => {
    expect(namesAt("NE|").slice(0, 2).toSorted()).toEqual(["Net", "net"]);
    expect(namesAt("Net|")).toEqual(["Net", "net"]);
    expect(namesAt("net|").slice(0, 2)).toEqual(["net", "Net"]);
  });

  test("is replaced, with the rest of the word", () => {
    expect(replacedAt("const y = lea|")).toBe("const y = [lea]");
    expect(replacedAt("net.wei|ghts.length")).toBe("net.[weights].length");
    expect(replacedAt("net.|")).toBe("net.[]");
    expect(replacedAt("1 + |net")).toBe("1 + [net]");
    expect(replacedAt("const été = 1; ét|é")).toBe("const été = 1; [été]");
    expect(replacedAt("class A { #a = 1; b() { this.#|")).toBe("class A { #a = 1; b() { this.[#]");
  });

  test("counts in UTF-16 units", () => {
    expect(replacedAt("'😀'; lea|")).toBe("'😀'; [lea]");
  });
});

describe("in the quotes of an import", () => {
  test("files and folders are proposed", () => {
    expect(namesAt('import x from "./|"')).toContain("lib");
    expect(namesAt('import x from "./lib/|"')).toEqual(["deep", "layers", "loss"]);
    expect(replacedAt('import x from "./lib/la|yers"')).toBe('import x from "./lib/[layers]"');
  });

  test("packages are proposed, also those that no package.json lists", () => {
    expect(namesAt('import x from "li|"')).toEqual(["listed"]);
    expect(namesAt('import x from "unl|"')).toEqual(["unlisted"]);
    expect(namesAt("await import('@sc|')")).toEqual(["@scope/inner"]);
    expect(namesAt('import x from "node:pat|"')).toEqual(["node:path", "node:path/posix", "node:path/win32"]);
    expect(namesAt('import x from "@scope/i|"')).toEqual(["@scope/inner"]);
    expect(replacedAt('import x from "@sc|ope/i"')).toBe('import x from "[@scope/i]"');
    expect(replacedAt('import x from "node:p|a"')).toBe('import x from "[node:pa]"');
  });

  test("nothing else is proposed", () => {
    expect(namesAt('import x from "lea|"')).toEqual([]);
  });
});

describe("names of a module", () => {
  test("are proposed in the braces of an import", () => {
    expect(completeAt('import { off| } from "unlisted"').matches).toEqual([
      { text: "offered", kind: "function", signature: "(): number" },
    ]);
    expect(namesAt('import { layer| } from "./lib/layers.js"')).toEqual(["layerCount"]);
  });

  test("have types in the words of their declaration, not of where that is", () => {
    for (const { signature = "" } of completeAt('import { readF| } from "node:fs"').matches) {
      expect(signature).toContain("path: PathOrFileDescriptor");
    }
    expect(itemAt("parseI|", "parseInt")).toMatchObject({ signature: "(string: string, radix?: number): number" });
  });
});

test("there is nothing in comments, strings and numbers", () => {
  for (const code of ["// lea|", "/* lea|", "'lea|'", "`lea|`", "1.|"]) {
    expect(completeAt(code).matches, code).toEqual([]);
  }
});

test("code that makes no sense is no fault", () => {
  for (const code of ["}}}|", ")(|", "`${|", "import|", "\u0000|", "<|", "#|", "@|"]) {
    expect(Array.isArray(completeAt(code).matches), code).toBe(true);
  }
});

test("numbers in names count as numbers", () => {
  expect(namesAt("const w10 = 1, w2 = 1, w1 = 1; w|").slice(0, 3)).toEqual(["w1", "w2", "w10"]);
});

test("three hundred matches are enough", () => {
  const many = Array.from({ length: 400 }, (_, i) => `many${i}: ${i}`).join(", ");
  expect(completeAt(`const o = { ${many} }; o.|`).matches).toHaveLength(300);
});

test("a literal type is completed in its quotes", () => {
  expect(namesAt("const side: keyof Shape = 'ro|'")).toEqual(["rows"]);
  expect(replacedAt("const side: keyof Shape = 'ro|ws'")).toBe("const side: keyof Shape = '[rows]'");
});
