import { describe, expect, it } from "vitest";
import { readStatements } from "./statements.js";

const read = (text: string) => readStatements({ place: "tp1.ts", text });
const long = "x".repeat(600);

describe("an enum whose texts grow", () => {
  it.each([
    ["by doubling", `enum E { a = "${long}", b = a + a }`],
    ["in a template", `enum E { a = "${long}", b = \`\${a}-\${E.a}\` }`],
    ["by another enum's", `enum A { a = "${long}" } enum B { b = A.a + A["a"] }`],
    ["by a constant", `const a = "${long}"; enum E { b = (a + a) as any }`],
    ["written out", `enum E { a = "${long}${long}" }`],
    ["inside of a function", `function f() { enum E { a = "${long}", b = a + a } return E.b; }`],
  ])("is refused: %s", (_, text) => {
    expect(() => read(text)).toThrow("un `enum` a des textes de plus de 1000 caractères");
  });

  it.each([
    'enum Color { Red = "rouge", Dark = Red + "-foncé", Light = Red + "-clair" }',
    "enum Flag { A = 1 << 0, B = 1 << 1, Both = A | B, Sum = A + B }",
    `const enumeration = "${long}" + "${long}";`,
  ])("is not one of a few words: %.30s", (text) => {
    expect(read(text).statements.length).toBeGreaterThan(0);
  });
});
