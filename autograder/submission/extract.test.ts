import { describe, expect, it } from "vitest";
import { extract } from "./extract.js";
import { cells, expected, file } from "./fixtures/tp1-expected.js";
import { locate } from "./locate.js";

const stub = (name: string) => `function ${name}(x) {\n  throw new Error("À compléter : ${name}");\n}`;

describe("what an exercise needs comes with it", () => {
  it("takes functions, constants, classes and types, through any number of steps", () => {
    const { program } = extract(
      cells(
        'import { exp, type NdArray, sum } from "retroprop";',
        "const floor = 1e-9;\ninterface Options { eps: number }",
        "class Shift { by(x: NdArray): NdArray { return clip(x); } }",
        "const clip = (x: NdArray, o: Options = { eps: floor }) => x;",
        "export function softmax(x: NdArray): NdArray { return exp(new Shift().by(x)); }",
      ),
      expected,
    );
    expect(program).toBe(
      [
        'import { exp, type NdArray } from "retroprop";',
        "const floor = 1e-9;",
        "interface Options { eps: number }",
        "class Shift { by(x: NdArray): NdArray { return clip(x); } }",
        "const clip = (x: NdArray, o: Options = { eps: floor }) => x;",
        "function softmax(x: NdArray): NdArray { return exp(new Shift().by(x)); }",
        "export { softmax };",
        "",
      ].join("\n"),
    );
  });

  it("leaves out what only shares a name with a local variable, a member or a label", () => {
    const { program } = extract(
      [
        file(
          [
            "const model = train(); const shape = 3; const out = 4; const gold = 5;",
            "function softmax(x) { const model = x.shape; out: for (;;) { break out; } return { shape: model, gold() {} }; }",
          ].join("\n"),
        ),
      ],
      expected,
    );
    expect(program.split("\n")[0]).toMatch(/^function softmax/);
  });

  it("finds the exercise beside what TypeScript's own parser breaks on", () => {
    const { exercises } = extract([file("@x\nawait f();\nfunction softmax(x) { return x; }")], expected);
    expect([...exercises.keys()]).toEqual(["tp1.softmax"]);
  });

  it("follows a shorthand property and a default value", () => {
    const { program } = extract(
      [file("const a = 1, b = 2, c = 3;\nfunction softmax(x = a) { return { b }; }")],
      expected,
    );
    expect(program).toMatch(/^const a = 1;\nconst b = 2;\nfunction softmax/);
  });

  it("keeps the import of a value that a later cell imports as a type", () => {
    const { program } = extract(
      cells(
        'import { NdArray } from "retroprop";',
        'import type { NdArray } from "retroprop";',
        "function softmax(x) { return x instanceof NdArray; }",
      ),
      expected,
    );
    expect(program).toMatch(/^import { NdArray } from "retroprop";/);
  });

  it("keeps the import of the whole library, and one made with require", () => {
    const text = 'import * as rp from "retroprop";\nconst { exp } = require("retroprop");\n';
    const { program } = extract([file(`${text}function softmax(x) { return exp(rp.max(x)); }`)], expected);
    expect(program).toMatch(/^import { exp } from "retroprop";\nimport \* as rp from "retroprop";\nfunction/);
  });

  it("takes every way of exporting, and none", () => {
    const { program, exercises } = extract(
      [
        file(
          "export default function softmax(x) {}\nexport const nll = async (x) => 1;\nclass A {}\nfunction mine() {}\nexport { mine as backwardNll };",
        ),
      ],
      expected,
    );
    expect([...exercises.keys()]).toEqual(["tp1.softmax", "tp1.nll", "tp1.backward-nll"]);
    expect(program).toContain("export { softmax, nll, mine as backwardNll };");
    expect(program).not.toContain("default");
  });

  it("drops overload signatures and keeps the body", () => {
    const { program } = extract(
      [file("export function nll(x: number): number;\nexport function nll(x: any): any { return x; }")],
      expected,
    );
    expect(program).toBe("function nll(x: any): any { return x; }\nexport { nll };\n");
  });
});

describe("the top level", () => {
  it("runs none of its loops, prints, training and errors", () => {
    const { program } = extract(
      [
        file(
          'function softmax(x) { return x; }\nconsole.log(softmax(1));\nfor (;;) {}\nconst m = softmax(2);\nif (1) softmax(m);\nawait check("tp1.softmax", { softmax });\nthrow new Error("fin");',
        ),
      ],
      expected,
    );
    expect(program).toBe("function softmax(x) { return x; }\nexport { softmax };\n");
  });

  it("leaves what fills the variable of a lesson out of a function that has its name", () => {
    const { program } = extract(
      cells(
        "const rows = [[1, 2], [3, 4]];\nrows[0][1] = 5;\nrows.push([6, 7]);",
        "const rows = (M) => M.toArray();\nexport function softmax(x) { return rows(x); }",
        "rows.wide = 3;",
      ),
      expected,
    );
    expect(program).toBe(
      [
        "const rows = (M) => M.toArray();",
        "function softmax(x) { return rows(x); }",
        "rows.wide = 3;",
        "export { softmax };",
        "",
      ].join("\n"),
    );
  });

  it("fills the last of two tables by what stands under it", () => {
    const { program } = extract(
      cells(
        "const table = [];\nfor (let i = 0; i < 9; i++) table.push(i);",
        "const table = [];\nfor (let i = 0; i < 9; i++) table.push(2 * i);",
        "export function softmax(x) { return table[x]; }",
      ),
      expected,
    );
    expect(program).toContain("table.push(2 * i)");
    expect(program).not.toContain("table.push(i)");
  });

  it("fills a table whose cell was moved under its loop", () => {
    const { program } = extract(
      cells(
        "for (let i = 0; i < 9; i++) table.push(i);",
        "const table = [];",
        "function softmax(x) { return table[x]; }",
      ),
      expected,
    );
    expect(program).toContain("table.push(i)");
  });

  it("fills a table that an exercise reads", () => {
    const { program } = extract(
      [
        file(
          "const table = [];\nconst f = (i) => i * 2;\nfor (let i = 0; i < 9; i++) table.push(f(i))\nfunction softmax(x) { return table[x]; }\nsoftmax(1)",
        ),
      ],
      expected,
    );
    expect(program).toBe(
      "const table = [];\nconst f = (i) => i * 2;\nfor (let i = 0; i < 9; i++) table.push(f(i));\nfunction softmax(x) { return table[x]; }\nexport { softmax };\n",
    );
  });
});

describe("a name defined several times", () => {
  it("counts as its last definition, and says so", () => {
    const { program, notices } = extract(
      cells("function softmax(x) { return 1; }", "function softmax(x) { return 2; }"),
      expected,
    );
    expect(program).toContain("return 2");
    expect(program).not.toContain("return 1");
    expect(notices).toContain(
      "`softmax` est défini 2 fois (cellule 1, ligne 1 ; cellule 2, ligne 1) ; définition notée : cellule 2, ligne 1.",
    );
  });

  it("counts as the one that is written, when the last is still the stub", () => {
    const copies = cells("function softmax(x) { return 1; }", stub("softmax"));
    const { program, exercises } = extract(
      copies.map((piece) => ({ ...piece, exercises: ["tp1.softmax"] })),
      expected,
    );
    expect(program).toContain("return 1");
    expect(exercises.get("tp1.softmax")?.where).toBe("cellule 1, ligne 1");
  });

  it("counts as that of the exercise's own cell rather than of an experiment below", () => {
    const [own, experiment] = cells("function softmax(x) { return 1; }", "const softmax = (x) => 2;");
    const { program } = extract([{ ...own!, exercises: ["tp1.softmax"] }, experiment!], expected);
    expect(program).toContain("return 1");
  });
});

describe("what is not there", () => {
  const missing = (text: string, libraryNames?: ReadonlySet<string>) =>
    Object.fromEntries(extract([file(text)], expected, libraryNames === undefined ? {} : { libraryNames }).missing);

  it.each([
    ["function softmaxx(x) {}", "softmax", "`softmax` introuvable ; `softmaxx` trouvé tp1.ts, ligne 1 : renommez-le."],
    [
      "\nconst SoftMax = (x) => x;",
      "softmax",
      "`softmax` introuvable ; `SoftMax` trouvé tp1.ts, ligne 2 : renommez-le.",
    ],
    ["function softmаx(x) {}", "softmax", "un de ses caractères ressemble à une lettre latine sans en être une"],
    ["function s\u043eftm\u0430\u0445(x) {}", "softmax", "ressemble à une lettre latine sans en être une"],
    ["function soft\u200dmax(x) {}", "softmax", "ressemble à une lettre latine sans en être une"],
    ["function backward_nll(x) {}", "backward-nll", "c'est le nom Python, ici la fonction s'appelle `backwardNll`"],
    ["function other(x) {}", "nll", "`nll` introuvable."],
    ['import { nll } from "retroprop";', "nll", "`nll` est importé de \"retroprop\", mais c'est à vous de l'écrire"],
    ['export { softmax } from "./helpers.js";', "softmax", "import non autorisé : ./helpers.js (tout le code"],
  ])("%s: says what was found instead", (text, id, message) => {
    expect(missing(text)[`tp1.${id}`]).toContain(message);
  });

  it("refuses only the exercises that need a forbidden import, at any distance", () => {
    const text =
      'import { readFileSync } from "node:fs";\nconst read = () => readFileSync("x");\nfunction softmax(x) { return read(); }\nfunction nll(x) { return softmax(x); }\nfunction backwardNll(x) { return x; }';
    const { exercises, missing, program } = extract([file(text)], expected);
    expect([...exercises.keys()]).toEqual(["tp1.backward-nll"]);
    expect([...missing.values()]).toEqual([
      '`softmax` ne peut pas être noté tel quel : import non autorisé : node:fs (seul "retroprop" peut être importé).',
      '`nll` ne peut pas être noté tel quel : import non autorisé : node:fs (seul "retroprop" peut être importé).',
    ]);
    expect(program).not.toContain("node:fs");
  });

  it.each(['await import("node:fs")', 'require("node:child_process")'])("sees %s", (load) => {
    expect(missing(`async function nll() { return ${load}; }`)["tp1.nll"]).toContain("import non autorisé : node:");
  });

  it("names what the library does not have", () => {
    const text = 'import { exp, expp } from "retroprop";\nconst nll = () => expp(1);\nconst softmax = () => exp(1);';
    expect(missing(text, new Set(["exp"]))).toEqual({
      "tp1.nll": '`nll` ne peut pas être noté tel quel : `expp` n\'existe pas dans "retroprop".',
      "tp1.backward-nll": "`backwardNll` introuvable.",
    });
  });

  it("forbids nothing of what only the types or the top level use", () => {
    const text =
      'import { Buffer } from "node:buffer";\nimport * as tslab from "tslab";\nimport { check } from "retroprop-autograder";\ntslab.display.html("x");\nfunction softmax(x: Buffer) { return x; }';
    expect(extract([file(text)], expected).exercises.has("tp1.softmax")).toBe(true);
  });
});

describe("a class", () => {
  const classes = [{ id: "tp2.sgd", name: "SGD", python: "SGD", given: ["Parameter"] }];

  it("comes after the one it extends, wherever that was last written", () => {
    const { program, exercises, origins } = extract(
      cells(
        "export class Parameter extends Tensor {}",
        "class SGD { constructor(public p: Parameter) {} }",
        "class Tensor {}",
      ),
      classes,
    );
    expect(program).toBe(
      [
        "class Tensor {}",
        "class Parameter extends Tensor {}",
        "class SGD { constructor(public p: Parameter) {} }",
        "export { SGD, Parameter };",
        "",
      ].join("\n"),
    );
    expect(exercises.get("tp2.sgd")?.where).toBe("cellule 2, ligne 1");
    expect(locate({ origins }, 1)).toBe("cellule 3, ligne 1");
  });

  it("that extends itself, or in a ring, is read all the same", () => {
    const ring = cells("class Parameter extends B {}", "class B extends Parameter {}", "class SGD extends SGD {}");
    expect(extract(ring, classes).program).toContain("export { SGD, Parameter };");
  });

  it("that is still the stub has not been started, and counts less than one that is written", () => {
    const given = file("class Parameter {}");
    const hole = 'class SGD {\n  step(): void {\n    throw new Error("À compléter : SGD.step");\n  }\n}';
    expect(extract([given, file(hole)], classes).started.size).toBe(0);
    expect(extract([given, ...cells("class SGD { step() { return 1; } }", hole)], classes).program).toContain(
      "return 1",
    );
  });

  it("whose two names from one declaration are needed at different places has it once", () => {
    const [helper, answer] = cells("const { big, eps } = { big: 2, eps: 1 };", "");
    const text = "const scale = eps * 2;\nfunction softmax(x) { return x * scale * big; }";
    const { program } = extract([{ ...answer!, text }, helper!], expected);
    expect(program.match(/const \{ big, eps \}/g)).toHaveLength(1);
  });

  it.each([
    ["the whole of it", 'function softmax(x) { throw new Error("À compléter : softmax"); }', 0],
    ["beside given code", 'function softmax(x) {\n  for (;;) { throw new Error("À compléter : softmax"); }\n}', 0],
    ["behind a return", 'function softmax(x) {\n  return x;\n  throw new Error("À compléter : softmax");\n}', 1],
    ["in a comment", '// À compléter : softmax\nconst softmax = (x) => { throw new Error("À venir"); };', 1],
  ])("with the error of a stub, %s", (_, text, started) => {
    expect(extract([file(text)], expected).started.size).toBe(started);
  });

  it("that is nearly named as it should be is pointed at", () => {
    const { missing } = extract(cells("class Parameter {}\nclass Sgd {}"), classes);
    expect(missing.get("tp2.sgd")).toBe("`SGD` introuvable ; `Sgd` trouvé cellule 1, ligne 2 : renommez-le.");
  });
});

describe("the given code", () => {
  const needing = [{ id: "tp1.softmax", name: "softmax", python: "softmax", given: ["Tensor"] }];

  it("is exported beside the answer, under its name", () => {
    const { program } = extract(
      [file("class T {}\nexport { T as Tensor };\nfunction softmax(x) {}\nclass Other {}")],
      needing,
    );
    expect(program).toBe("class T {}\nfunction softmax(x) {}\nexport { softmax, T as Tensor };\n");
  });

  it("that is gone is asked for", () => {
    const { missing, exercises } = extract([file("class Tenseur {}\nfunction softmax(x) {}")], needing);
    expect(exercises.size).toBe(0);
    expect(missing.get("tp1.softmax")).toBe(
      "`Tensor`, donné avec le TP, est introuvable : remettez sa déclaration telle qu'elle était.",
    );
  });

  it("that an answer calls and nothing declares is named, globals are not", () => {
    const { notices } = extract(
      [file("function softmax(x) { return record(Math.exp(x), arguments.length); }")],
      expected,
    );
    expect(notices).toContain(
      "`record` n'est défini nulle part (tp1.ts, ligne 1) : s'il était donné avec le TP, remettez sa déclaration.",
    );
    expect(notices.filter((notice) => /nulle part/.test(notice))).toHaveLength(1);
  });
});

describe("a name that the library has too", () => {
  const libraryNames = new Set(["nll"]);

  it("may be imported under another one by the answer of that name", () => {
    const text = 'import { nll as formula } from "retroprop";\nfunction nll(x) { return formula(x); }';
    expect(extract([file(text)], expected, { libraryNames }).program).toMatch(/^import { nll as formula }/);
  });

  it("is not the answer", () => {
    const { missing } = extract([file('import { nll } from "retroprop";')], expected, { libraryNames });
    expect(missing.get("tp1.nll")).toBe(
      '`nll` est importé de "retroprop", mais c\'est votre propre `nll` qui est demandé : déclarez-le.',
    );
  });
});

describe("a syntax error", () => {
  it("costs its own statement, and is shown", () => {
    const { exercises, notices, missing } = extract(
      cells("function softmax(x) { return x; }", "function nll(x { return x; }", "%matplotlib inline"),
      expected,
    );
    expect([...exercises.keys()]).toEqual(["tp1.softmax"]);
    expect(missing.get("tp1.nll")).toBe(
      "`nll` ne peut pas être noté tel quel : sa déclaration (cellule 2, ligne 1) a une erreur de syntaxe.",
    );
    expect(notices[0]).toMatch(/^erreur de syntaxe, cellule 2, ligne 1, près de « function nll\(x { return x; } »/);
  });
});

describe("locate", () => {
  it("leads from a line of the program to the student's own", () => {
    const extracted = extract(
      cells('import { exp } from "retroprop";', "// a\n\nfunction softmax(x) {\n  return exp(x);\n}"),
      expected,
    );
    const line = extracted.program.split("\n").indexOf("  return exp(x);") + 1;
    expect(locate(extracted, line)).toBe("cellule 2, ligne 4");
    expect(locate(extracted, 1)).toBeUndefined();
  });
});
