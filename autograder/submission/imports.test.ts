import { describe, expect, it } from "vitest";
import { extract } from "./extract.js";
import { cells, expected, file } from "./fixtures/tp1-expected.js";

const libraryNames = new Set(["exp", "max", "mnist", "Math"]);

describe("an import that was lost", () => {
  it("is added for the names of the library that are used, and said to be", () => {
    const text = "function softmax(x) { return exp(x - max(x)); }";
    const { program, notices } = extract([file(text)], expected, { libraryNames });
    expect(program).toBe(`import { exp, max } from "retroprop";\n${text}\nexport { softmax };\n`);
    expect(notices[0]).toMatch(/^l'import de exp, max manque, il a été ajouté/);
  });

  it("is not added for an answer, a global or a name of the student's own", () => {
    const text = "const max = (x) => x;\nfunction softmax(x) { return Math.exp(max(x)) + nll(x); }";
    const { program } = extract([file(text)], expected, { libraryNames: new Set([...libraryNames, "nll"]) });
    expect(program).not.toContain("import");
  });
});

describe("a function that reads the data set", () => {
  it.each([
    'import { mnist } from "retroprop";\nconst digits = mnist();\nconst devData = digits.dev;',
    'import * as rp from "retroprop";\nconst devData = rp.mnist().dev;',
  ])("costs its own mark and those that call it, and not the others: %j", (load) => {
    const code = cells(
      load,
      "function softmax(x) { return x; }",
      "function nll(x) { return devData.labels[0]; }",
      "function backwardNll(digits) { return digits; }",
    );
    const { exercises, missing, program } = extract(code, expected, { libraryNames });
    expect([...exercises.keys()]).toEqual(["tp1.softmax", "tp1.backward-nll"]);
    expect(missing.get("tp1.nll")).toMatch(/^`nll` ne peut pas être noté tel quel : lit le jeu de données `mnist\(\)`/);
    expect(program).not.toContain("mnist");
  });
});

describe("a name of the library that the student declares too", () => {
  it("is the library's in the cells above, the student's from there on, and said to be", () => {
    const code = cells(
      'import { exp } from "retroprop";',
      "function softmax(x) { const own = { exp }; return exp(x).exp + ((exp) => exp)(own.exp); }",
      "function exp(v) { return Math.exp(v); }",
      "function nll(x) { return exp(x); }",
    );
    const { program, notices } = extract(code, expected, { libraryNames });
    expect(program).toBe(
      [
        'import { exp as exp··1 } from "retroprop";',
        "function softmax(x) { const own = { exp: exp··1 }; return exp··1(x).exp + ((exp) => exp)(own.exp); }",
        "function exp(v) { return Math.exp(v); }",
        "function nll(x) { return exp(x); }",
        "export { softmax, nll };",
        "",
      ].join("\n"),
    );
    expect(notices).toContainEqual(
      expect.stringMatching(/^`exp` \(cellule 3, ligne 1\) prend la place de celui de "retroprop" à partir de là/),
    );
  });
});

describe("code from CommonJS", () => {
  it.each(["exports", "module.exports"])("exports what it assigns to %s", (target) => {
    const { program } = extract([file(`${target}.softmax = function (x) { return x; };`)], expected);
    expect(program).toBe("const softmax = function (x) { return x; };\nexport { softmax };\n");
  });

  it("declares nothing twice when it exports a function by its name", () => {
    const { program } = extract([file("function softmax(x) { return x; }\nexports.softmax = softmax;")], expected);
    expect(program).toBe("function softmax(x) { return x; }\nexport { softmax };\n");
  });
});

describe("an exercise declared where nobody sees it", () => {
  it.each([
    ["a class", "class TP {\n  static softmax(x: number) { return x; }\n}"],
    ["a block", "if (true) {\n  function softmax(x) { return x; }\n}"],
  ])("in %s, is pointed at", (_, text) => {
    expect(extract([file(text)], expected).missing.get("tp1.softmax")).toMatch(
      /^`softmax` introuvable ; une déclaration de ce nom est enfermée .*\(tp1\.ts, ligne 1\)/,
    );
  });
});

describe("a space that one does not see", () => {
  it.each(["\u200b", "\u0085", "\u180e"])("is read as a space", (odd) => {
    const { program } = extract([file(`function softmax(x${odd}) {${odd}return x; }`)], expected);
    expect(program).toBe("function softmax(x ) { return x; }\nexport { softmax };\n");
  });
});
