import { describe, expect, it } from "vitest";
import { extract } from "./extract.js";
import { cells, expected } from "./fixtures/tp1-expected.js";

describe("what a parser takes and the engine does not", () => {
  it.each([
    ["const m = 1; const m = 2; return m;", "Identifier 'm' has already been declared"],
    ["return await x;", "await is only valid in async functions"],
    ["const m; return m;", "Missing initializer in const declaration"],
    ["5 = x;", "Invalid left-hand side in assignment"],
  ])("%s costs its own exercise", (body, message) => {
    const { exercises, missing, program } = extract(
      cells(`function softmax(x) { ${body} }`, "function nll(x) { return x; }"),
      expected,
    );
    expect([...exercises.keys()]).toEqual(["tp1.nll"]);
    expect(missing.get("tp1.softmax")).toMatch(
      /^`softmax` ne peut pas être noté tel quel : erreur de syntaxe .* cellule 1, ligne 1/,
    );
    expect(missing.get("tp1.softmax")).toContain(message);
    expect(program).not.toContain(body);
  });
});

describe("what TypeScript's parser forgets before an `await` at the top", () => {
  it("a class without a body is not taken, and said to be missing", () => {
    const { exercises, notices, program } = extract(
      cells(
        "class Shift<T>await { static by(x) { return x; } }\nconst softmax = (x) => Shift.by(x);",
        "function nll(x) { return x; }",
      ),
      expected,
    );
    expect([...exercises.keys()]).toEqual(["tp1.softmax", "tp1.nll"]);
    expect(notices.join("\n")).toMatch(/erreur de syntaxe, cellule 1, ligne 1, près de « class Shift<T>await/);
    expect(notices.join("\n")).toMatch(/`Shift`/);
    expect(program).not.toContain("class");
  });

  it("a type without its end is not taken", () => {
    const { exercises, program } = extract(
      cells(
        "interface Options { readonly eps: number await [];\nfunction softmax(x, { eps }: Options) { return x; }",
        "function nll(x) { return x; }",
      ),
      expected,
    );
    expect([...exercises.keys()]).toEqual(["tp1.softmax", "tp1.nll"]);
    expect(program).not.toContain("interface");
  });
});
