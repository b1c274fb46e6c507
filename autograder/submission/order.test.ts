import { describe, expect, it } from "vitest";
import { extract } from "./extract.js";
import { cells, expected, file } from "./fixtures/tp1-expected.js";

describe("cells written in one order and run in another", () => {
  it("give a program whose constants come before what is computed from them, and a notice", () => {
    const { program, notices } = extract(
      cells(
        "const table = build();",
        "const build = () => [base];",
        "const base = 2;",
        "const softmax = (x) => table;",
      ),
      expected,
    );
    expect(program.split("\n").slice(0, 3)).toEqual([
      "const build = () => [base];",
      "const base = 2;",
      "const table = build();",
    ]);
    expect(notices).toContain(
      "`base` (cellule 3, ligne 1) est utilisé plus haut que sa définition, lue quand même : essayez « Tout réexécuter ».",
    );
  });

  it("keep the order of what only functions use, and of classes that make each other", () => {
    const text = "class A { make() { return new B(); } }\nclass B extends A { static none = new A(); }\nconst k = 1;";
    const { program, notices } = extract([file(`${text}\nfunction softmax() { return [new A(), k]; }`)], expected);
    expect(program).toMatch(/^class A .*\nclass B .*\nconst k/);
    expect(notices.filter((notice) => /plus haut/.test(notice))).toEqual([]);
  });

  it("count by their place, and say when another definition ran last", () => {
    const [first, second] = cells("function softmax(x) { return 1; }", "function softmax(x) { return 2; }");
    const { program, notices } = extract(
      [
        { ...first!, ran: 9 },
        { ...second!, ran: 4 },
      ],
      expected,
    );
    expect(program).toContain("return 2");
    expect(notices[1]).toMatch(/^`softmax` : c'est la définition de cellule 1, ligne 1 qui a été exécutée en dernier/);
  });
});
