import { readdirSync, readFileSync } from "node:fs";
import { Script } from "node:vm";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { eraseTypes } from "./erase-types.js";

const withoutTypes = (text: string): string =>
  eraseTypes(ts.createSourceFile("program.ts", text, ts.ScriptTarget.ES2022, true));
const squeezed = (text: string): string => text.replace(/\s+/g, "");
const isJavaScript = (text: string): boolean => {
  try {
    return new Script(`"use strict"; (async () => {\n${text.replace(/^export /gm, "")}\n});`) !== undefined;
  } catch {
    return false;
  }
};

describe("a program without its types", () => {
  test.each([
    ["const f = (x: A, y?: B<C>): D => x;", "const f = (x, y) => x;"],
    ["function f<T extends A<B> = C>(x: T): x is D { return g<E>(x)!; }", "function f(x) { return g(x); }"],
    ["const a = b as unknown as C[], d = e satisfies F;", "const a = b, d = e;"],
    [
      "class A<T> extends B<T> implements C { private readonly x!: D = 1; m?(): void; [k: string]: E }",
      "class A extends B { x = 1; }",
    ],
    ["interface A { a: B }\ntype C = A | { b: (x: D) => E };\nconst a = b ? c : d;", "const a = b ? c : d;"],
    ['import { type A, b } from "retroprop";\nb(a?.c ?? d);\nexport { b as c };', "b(a?.c ?? d);"],
    [
      "function f(x: A): B;\nfunction f(x) { const { y, z }: C = x; return y; }",
      "function f(x) { const { y, z } = x; return y; }",
    ],
    ["for (const [i, x] of xs as A) if (i < x && x > i) break;", "for (const [i, x] of xs) if (i < x && x > i) break;"],
  ])("%s", (typed, plain) => {
    expect(squeezed(withoutTypes(typed))).toBe(squeezed(plain));
  });

  test.each(["enum A { B }", "const m = 1; const m = 2;", "function f() { return await x; }", "5 = x as number;"])(
    "%s is nothing for the engine",
    (text) => expect(isJavaScript(withoutTypes(text))).toBe(false),
  );

  test("every correct variant is sound JavaScript", () => {
    const folder = new URL("../specs/tp1/variants/", import.meta.url);
    const refused = readdirSync(folder).filter(
      (file) => !isJavaScript(withoutTypes(readFileSync(new URL(file, folder), "utf8"))),
    );
    expect(refused).toEqual([]);
  });
});
