import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { classOf, removeClasses } from "./fixtures/class-folder.js";
import { expected } from "./fixtures/tp1-expected.js";
import type { HandIn } from "./hand-in.js";
import { readHandIn, readSubmissions } from "./read-submissions.js";
import type { Refusal, Submission } from "./submission.js";

afterAll(removeClasses);

const softmax = "export function softmax(x) { return x; }\n";

describe("a class", () => {
  it("is a folder: each file and each sub-folder is one student's, in the order of the names", () => {
    const found = read({ "zoe.ts": softmax, "alice/tp1.ipynb": notebook([code(softmax)]), ".DS_Store": "x" });
    expect(found.map(({ student, files }) => [student, files])).toEqual([
      ["alice", ["alice/tp1.ipynb"]],
      ["zoe", ["zoe.ts"]],
    ]);
  });

  it("tells two files of one name apart", () => {
    const found = read({ "ref.ts": softmax, "ref.ipynb": notebook([code(softmax)]) });
    expect(found.map(({ student }) => student)).toEqual(["ref.ipynb", "ref.ts"]);
  });

  it("takes the most advanced of a student's files, wherever it lies", () => {
    const stub = 'function softmax(x) { throw new Error("À compléter : softmax"); }';
    const [one] = read({ "alice/notebooks/tp1.ipynb": notebook([code(stub)]), "alice/exercises/tp1.ts": softmax });
    expect(one).toMatchObject({
      student: "alice",
      files: ["alice/exercises/tp1.ts"],
      notices: [
        expect.stringContaining("c'est « alice/exercises/tp1.ts », le plus avancé"),
        expect.anything(),
        expect.anything(),
      ],
    });
  });

  it("takes for written what says in a comment alone that it was to be", () => {
    const draft = `// const softmax\n${softmax}`;
    const unthrown = draft.replace("{", '{ // throw new Error("À compléter : softmax");\n');
    const final = `${unthrown}export const nll = () => 1;`;
    const [one] = read({ "alice/a.ts": draft, "alice/b.ts": final });
    expect(submission(one).files).toEqual(["alice/b.ts"]);
  });

  it("does not choose between two files as advanced, unless they say the same or one is the notebook", () => {
    const other = softmax.replace("x;", "2 * x;");
    const both = (a: string, b: string, as = "b.ts") => read({ "alice/a.ts": a, [`alice/${as}`]: b });
    expect(both(softmax, other)).toMatchObject([
      { refused: expect.stringMatching(/^plusieurs fichiers \(alice\/a\.ts, /) },
    ]);
    expect(submission(both(softmax, softmax)[0]).notices[0]).toMatch(/au même programme .* « alice\/a\.ts »/);
    const [one] = both(softmax, notebook([code(other)]), "b.ipynb");
    expect(submission(one).files).toEqual(["alice/b.ipynb"]);
    expect(submission(one).notices[0]).toMatch(/aussi avancés .* c'est le notebook, « alice\/b\.ipynb »/);
  });

  it("takes one of several files as advanced that hold the same answers in another order", () => {
    const nll = "export function nll(x) {\n  return log(softmax(x));\n}\n";
    const first = `import { exp, log } from "retroprop";\n${softmax}${nll}`;
    const second = `import { log } from "retroprop";\n// Version finale.\n${nll.replaceAll("\n", "  \n")}${softmax}`;
    const [one] = read({ "alice/tp1.ts": first, "alice/tp1 (1).ts": second, "alice/tp1 (2).ts": first });
    expect(submission(one).files).toEqual(["alice/tp1 (1).ts"]);
    expect(submission(one).notices[0]).toMatch(/^plusieurs fichiers au même programme/);
  });

  it("refuses several files as advanced of which one differs, even in an import, and says what to do", () => {
    const nll = (log: string) => `import { ${log} } from "retroprop";\nexport function nll(x) { return log(x); }\n`;
    expect(read({ "alice/a.ts": nll("log"), "alice/b.ts": nll("log"), "alice/c.ts": nll("exp as log") })).toMatchObject(
      [
        {
          refused:
            "plusieurs fichiers (alice/a.ts, alice/c.ts) aussi avancés, dont le code diffère : gardez celui qui doit être noté, ôtez les autres.",
        },
      ],
    );
  });

  it("refuses two files whose statements run in another order", () => {
    const steps = ["table.push(1);\n", "table.push(2);\n"];
    const work = (all: readonly string[]) =>
      `const table = [];\n${all.join("")}export function softmax(x) { return table; }\n`;
    const found = read({ "alice/a.ts": work(steps), "alice/b.ts": work([...steps].reverse()) });
    expect(found).toMatchObject([{ refused: expect.stringMatching(/aussi avancés, dont le code diffère/) }]);
  });

  it("says what is in another file than the one that is marked, read or refused", () => {
    const more = 'import { softmax } from "./one.js";\nexport function nll(x) { return softmax(x); }\n';
    const [split] = read({ "alice/one.ts": `${softmax}const a = 1;`, "alice/two.ts": more });
    expect((split as Submission).notices[0]).toMatch(/^« alice\/two\.ts » : .*import non autorisé : \.\/one\.js/);
    const both = "export function nll(x) { return 1; }\nexport function backwardNll(x) { return 1; }\n";
    const [apart] = read({ "alice/one.ts": softmax, "alice/two.ts": both });
    expect((apart as Submission).notices).toContainEqual(
      expect.stringMatching(/^alice\/one\.ts : non lu, .* on y trouve aussi softmax :/),
    );
  });

  it("takes the answers in words from another file than the code", () => {
    const words = notebook([
      code("// rien"),
      code('function softmax() { throw new Error("À compléter : softmax"); }'),
      text("Dix.", { question: "tp1.q1" }),
    ]);
    const [one] = read({ "alice/tp1.ipynb": words, "alice/tp1.ts": softmax });
    expect(submission(one)).toMatchObject({ files: ["alice/tp1.ts"], answers: new Map([["tp1.q1", "Dix."]]) });
    expect(submission(one).notices[1]).toBe(
      "des réponses en mots ont été prises dans « alice/tp1.ipynb », l'autre fichier ne les a pas.",
    );
  });
});

it("says that a file of the same code answers otherwise in words", () => {
  const answering = (words: string) => notebook([code(softmax), text(words, { question: "tp1.q1" })]);
  const [one] = read({ "alice/a.ipynb": answering("Dix."), "alice/b.ipynb": answering("Onze.") });
  const { files, answers, notices } = submission(one);
  const isFirst = files[0] === "alice/a.ipynb";
  expect(answers).toEqual(new Map([["tp1.q1", isFirst ? "Dix." : "Onze."]]));
  const other = isFirst ? "alice/b.ipynb" : "alice/a.ipynb";
  expect(notices).toContain(`« ${other} » répond autrement à des questions en mots : ses réponses ne sont pas lues.`);
  const [same] = read({ "alice/a.ipynb": answering("Dix."), "alice/b.ipynb": answering("Dix.") });
  expect(submission(same).notices).not.toContainEqual(expect.stringContaining("répond autrement"));
});

describe("a notebook", () => {
  it("keeps a student's function where the lesson comes to the same name later", () => {
    const lesson = (source: string) => ({ ...code(source), metadata: { retroprop: { kind: "code" } } });
    const cells = (mine: Record<string, unknown>) => [
      { ...code("const lossOf = (x) => x + 1;\nfunction softmax(x) { return lossOf(x); }"), ...mine },
      lesson("const lossOf = (i) => 0;\nlossOf(3);"),
    ];
    const [one] = read({ "a.ipynb": notebook(cells({ metadata: { retroprop: { exercise: "tp1.softmax" } } })) });
    expect(submission(one).program).toContain("x + 1");
    expect(submission(one).program).not.toContain("=> 0");
    const [lost] = read({ "a.ipynb": notebook([...cells({}), code("const lossOf = (x) => x + 2;")]) });
    expect(submission(lost).program).toBe(submission(one).program);
  });

  it("gives the exercise by metadata, by cell id or by name, and the answers in words", () => {
    const [one] = read({
      "a.ipynb": notebook([
        code("// tout effacé", { exercise: "tp1.softmax" }),
        code(softmax),
        { ...code("const nll = (x) => 1;"), id: "tp1-nll", cell_type: "markdown" },
        text("*Votre réponse ici.*", { question: "tp1.q1" }),
        text("Parce que ln 10."),
        { ...text("Une copie."), id: "tp1-q2" },
        text("*Votre réponse ici.*", { question: "tp1.q3" }),
      ]),
    });
    expect([...submission(one).exercises]).toEqual([
      ["tp1.softmax", { name: "softmax", where: "cellule 2, ligne 1" }],
      ["tp1.nll", { name: "nll", where: "cellule 3, ligne 1" }],
    ]);
    expect([...submission(one).answers]).toEqual([
      ["tp1.q1", "Parce que ln 10."],
      ["tp1.q2", "Une copie."],
    ]);
    expect(submission(one).notices).toContain("cellule 3 : cellule d'exercice de type texte, lue comme du code.");
  });

  it("of 50 MB is read without its outputs, and not all at once", () => {
    const output = { output_type: "stream", name: "stdout", text: '"é\\'.repeat(10 * 2 ** 20) };
    const path = classOf({ "a.ipynb": notebook([{ ...code(softmax), outputs: [output] }, code("const nll = 1;")]) });
    const before = process.memoryUsage().arrayBuffers;
    const [one] = readSubmissions([path], expected);
    expect([...submission(one).exercises.keys()]).toEqual(["tp1.softmax", "tp1.nll"]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(120 * 2 ** 20);
  });
});

describe("what an editor does to a file", () => {
  it.each([
    ["a byte order mark", Buffer.from(`\ufeff${softmax}`), []],
    ["CRLF", Buffer.from(softmax.replaceAll("\n", "\r\n")), []],
    ["UTF-16", Buffer.from(`\ufeff${softmax}`, "utf16le"), [expect.stringContaining("UTF-16")]],
    ["Latin-1", Buffer.from(`// é\n${softmax}`, "latin1"), [expect.stringContaining("latin-1")]],
  ])("%s is read", (_, bytes, notices) => {
    const [one] = read({ "a.ts": bytes });
    expect(submission(one).program).toContain("function softmax(x) { return x; }");
    expect(submission(one).notices.filter((notice) => !notice.includes("introuvable"))).toEqual(notices);
  });
});

describe("refused, with the reason", () => {
  it("when its parser would take for ever, and nothing else is held up", () => {
    expect(readHandIn(handIn("a.ts", endless), expected, {}, 200)).toMatchObject({
      refused: expect.stringMatching(/trop de temps/),
    });
  });

  it("when its parser would take for ever, and the next one is read as if it had been the first", () => {
    const brackets = `const b = [${"(a),".repeat(500)}1];\n`;
    const missing = "`backwardNll` introuvable.";
    const arrows = `const nll = (x) => [${"((v) => v)(x), ".repeat(20)}];\n`;
    expect(readHandIn(handIn("a.ts", brackets + endless), expected, {}, 200)).toHaveProperty("refused");
    expect(submission(readHandIn(handIn("b.ts", softmax + arrows), expected)).notices).toEqual([missing]);
  });

  it.each<[string, Record<string, string | Buffer>, RegExp]>([
    ["an empty file", { "a.ts": "" }, /^le fichier est vide/],
    ["a file of spaces", { "a.ipynb": " \n" }, /^le fichier est vide/],
    ["a file that is neither", { "notes.pdf": "%PDF" }, /^« notes\.pdf » n'est ni un notebook/],
    ["an empty sub-folder", { "alice/.keep": "" }, /^le dossier est vide/],
    ["a file left in the cloud", { "alice/.tp1.ipynb.icloud": "x" }, /copie automatique .* resté dans le nuage/],
    ["automatic copies alone", { "alice/.ipynb_checkpoints/tp1.ipynb": softmax }, /copie automatique .* ou un fichier/],
    ["too many folders", { "alice/b/c/d/e/f/g/h/tp1.ts": softmax }, /imbriqués à plus de 6 niveaux/],
    ["bytes", { "a.ts": Buffer.from([1, 0, 2, 0]) }, /^ce n'est pas du texte/],
    ["a program without the exercises", { "a.ts": "const x = 1;" }, /^aucun exercice du TP n'a été trouvé\.$/],
    ["a near miss alone", { "a.ts": "function softmaxx() {}" }, /trouvé\. `softmax` introuvable ; `softmaxx` trouvé/],
    ["a syntax error", { "a.ts": "export function softmax(x {\n" }, /erreur de syntaxe, a\.ts, ligne 1/],
    ["prose under .ipynb", { "a.ipynb": "bonjour" }, /^ce n'est pas un notebook : son contenu n'est pas du JSON/],
    [
      "a truncated notebook",
      { "a.ipynb": notebook([code(softmax), code("const x = 1;")]).slice(0, -90) },
      /^le notebook est tronqué après la cellule 1, il y manque 2 exer/,
    ],
    [
      "a notebook truncated before its first exercise",
      { "a.ipynb": notebook([code("const x = 1;"), code(softmax)]).slice(0, -90) },
      /^le notebook est tronqué après la cellule 1, il y manque 3 exer/,
    ],
    [
      "a notebook truncated before its first code",
      { "a.ipynb": notebook([text("Bonjour"), code(softmax)]).slice(0, -90) },
      /^le notebook est tronqué après la cellule 1, il y manque 3 exer/,
    ],
    ["format 3 without cells", { "a.ipynb": '{"nbformat":3,"worksheets":[]}' }, /^le notebook n'a aucune cellule/],
    ["JSON of another kind", { "a.ipynb": "[1]" }, /^ce n'est pas un notebook : il n'a pas de liste/],
    ["no cells", { "a.ipynb": notebook([]) }, /^le notebook n'a aucune cellule de code/],
    ["cells that are none", { "a.ipynb": '{"nbformat":4,"cells":[null,7,{"source":{}}]}' }, /^le notebook n'a aucune/],
    ["a program too deep", { "a.ts": `const softmax = ${"(".repeat(1e5)}` }, /trop imbriqué|erreur de syntaxe/],
    ["a lot of code", { "a.ts": `${softmax}//${"x".repeat(2 ** 18)}` }, /^il y a plus de 256 Ko de code/],
    ["ten megabytes of code", { "a.ts": `${softmax}//${"x".repeat(10 * 2 ** 20)}` }, /^le fichier pèse plus de 8 Mo/],
    ["too many statements", { "a.ts": softmax + "x;\n".repeat(5000) }, /^il y a plus de 4000 instructions/],
    [
      "too much text",
      { "a.ipynb": notebook([text("x".repeat(9 * 2 ** 20))]) },
      /^sans ses sorties, le notebook pèse encore plus de 8 Mo/,
    ],
    ["brackets too deep", { "a.ts": `${softmax}const deep = ${"[".repeat(400)}1${"]".repeat(400)};` }, /trop imbriqué/],
    ["what a parser reads for hours", { "a.ts": `x = ${"async (a = ".repeat(40)}` }, /trop imbriqué/],
    ["Python", { "a.py": "def softmax(x):" }, /^c'est du Python/],
    [
      "files that are neither",
      { "a/r.pdf": "%PDF", "a/i.png": "x" },
      /^ni notebook \(\.ipynb\) ni fichier \.ts, seulement a\/i\.png, a\/r\.pdf/,
    ],
    ["an archive, where none is opened", { "a.zip": "PK" }, /^l'archive « a\.zip » n'est pas ouverte ici/],
  ])("%s", (_, files, reason) => {
    expect(refusalOf(files)).toMatch(reason);
  });

  it("an empty class", () => {
    expect(readSubmissions([classOf({})], expected)).toMatchObject([{ refused: expect.stringContaining("vide") }]);
  });

  it("what cannot be found", () => {
    const [one] = readSubmissions([join(classOf({}), "nobody.ts")], expected);
    expect(one).toEqual({
      student: "nobody",
      handedInAs: "nobody.ts",
      files: ["nobody.ts"],
      refused: "le fichier ne peut pas être lu (ENOENT).",
    });
  });

  it.skipIf(process.platform === "win32")(
    "a symbolic link, to a file or a folder (skipped on Windows: needs a right)",
    () => {
      const outside = classOf({ "solution.ts": softmax });
      const folder = classOf({ "bob/.keep": "" });
      symlinkSync(join(outside, "solution.ts"), join(folder, "alice.ts"));
      symlinkSync(join(outside, "solution.ts"), join(folder, "bob", "tp1.ts"));
      symlinkSync(outside, join(folder, "carol"));
      const found = readSubmissions([folder], expected) as Refusal[];
      expect(found.map(({ student }) => student)).toEqual(["alice", "bob", "carol"]);
      for (const { refused } of found) expect(refused).toMatch(/^c'est un lien symbolique/);
    },
  );
});

/** TypeScript's parser would take hours. */
const endless = `${softmax}type X = A extends ${"(infer U extends ".repeat(40)}1${" ? 1 : 1)".repeat(40)} ? 1 : 1;`;

function handIn(name: string, text: string): HandIn {
  return { student: name, handedInAs: name, files: [{ name, bytes: Buffer.from(text) }], texts: [], notices: [] };
}

function read(files: Readonly<Record<string, string | Buffer>>) {
  return readSubmissions([classOf(files)], expected);
}

function refusalOf(files: Readonly<Record<string, string | Buffer>>): string {
  const found = read(files);
  expect(found).toHaveLength(1);
  return (found[0] as Refusal).refused;
}

function submission(one: Submission | Refusal | undefined): Submission {
  expect(one).toHaveProperty("program");
  return one as Submission;
}

function notebook(cells: readonly object[]): string {
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

function code(source: string, retroprop: object = {}) {
  return { cell_type: "code", source, metadata: { retroprop }, outputs: [] as object[] };
}

function text(source: string, retroprop: object = {}) {
  return { cell_type: "markdown", source: source.split(/(?<=\n)/), metadata: { retroprop } };
}
