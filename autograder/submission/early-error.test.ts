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
