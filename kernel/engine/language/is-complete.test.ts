import { describe, expect, test } from "vitest";
import { isComplete } from "./is-complete.js";

const statusOf = (code: string) => isComplete(code).status;
const indentAfter = (...lines: string[]) => isComplete(lines.join("\n")).indent;

test.each([
  "",
  "  \n// a comment\n",
  "const a = 1",
  "await fetch('x')",
  "for await (const x of y) {}",
  "using file = open()",
  "@sealed class A<T> {}",
  "const id = <T,>(x: T): T => x;",
  `\`a \${\`b \${c}\`}\``,
  "/[(]/.test(x)",
  "declare function f(): void",
  "let x: string = 1; // a type error is not the parser's business",
  "if (x) { y() } // }",
  "foo()\n  .bar()",
])("%j is complete", (code) => {
  expect(isComplete(code)).toEqual({ status: "complete", indent: "" });
});

test.each([
  "if (x) {",
  "if (x)",
  "if (a) b(); else",
  "const a =",
  "const a = 1,",
  "const",
  "f(a,",
  "x.",
  "x => ",
  "[1, 2",
  "`abc",
  "`abc ${",
  `\`abc \${x}`,
  "/* to be continued",
  "const a = {} /* to be continued",
  "class A {\n  m() {\n  }\n",
  "class A extends",
  "@sealed",
  "function f(a: number): string",
  "let m: Map<string,",
  "type A =",
  "import { a } from",
  "import",
  "export",
  "do {}",
  "try {}",
  "a ? b :",
  "'continued \\",
  "const a = // why\n",
])("%j is incomplete", (code) => {
  expect(statusOf(code)).toBe("incomplete");
});

test.each([
  "foo bar",
  "}",
  "else",
  "const 1 = 2",
  "'abc",
  "/abc",
  "const x = { a: ;",
  "f(a\nb",
  "1e",
  "if (x) { const 2",
])("%j is invalid", (code) => {
  expect(isComplete(code)).toEqual({ status: "invalid", indent: "" });
});

describe("the next line is indented", () => {
  test("by one level in what the last line opens, however many brackets", () => {
    expect(indentAfter("if (x) {")).toBe("  ");
    expect(indentAfter("f({ a: [")).toBe("  ");
    expect(indentAfter("if (x) {", "  f(() => {")).toBe("    ");
    expect(indentAfter("  if (x) { // why", "")).toBe("    ");
  });

  test("as the last line, when that opens nothing", () => {
    expect(indentAfter("f(", "    a,")).toBe("    ");
    expect(indentAfter("if (x) {", "  y();")).toBe("  ");
    expect(indentAfter("if (x) {", "\ty();")).toBe("\t");
  });

  test("as the line that opened what the last line closes", () => {
    expect(indentAfter("if (x) {", "  f(", "      a)")).toBe("  ");
    expect(indentAfter("class A {", "  m() {", "  }")).toBe("  ");
  });

  test("by one level after an operator, and under a condition", () => {
    expect(indentAfter("const a =")).toBe("  ");
    expect(indentAfter("{", "  const f = (x) =>")).toBe("    ");
    expect(indentAfter("if (f(x))")).toBe("  ");
    expect(indentAfter("{", "  if (x) y();", "  else")).toBe("    ");
  });

  test("not at all inside a template literal, and again as code in its substitution", () => {
    expect(indentAfter("  const a = `b", "  c")).toBe("");
    expect(indentAfter("  const a = `b ${{")).toBe("    ");
    expect(indentAfter("{", `  const a = \`b \${c}\`;`)).toBe("  ");
  });

  test("without being misled by brackets in regular expressions, strings and comments", () => {
    expect(indentAfter("{", "  const a = /[({]/;")).toBe("  ");
    expect(indentAfter("{", "  const a = b / '('.length; // (")).toBe("  ");
  });
});
