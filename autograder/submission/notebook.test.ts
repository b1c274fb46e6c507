// Notebooks as students hand them in, made from TP1's own: every exercise solved, every question answered.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exercises as tp1 } from "./fixtures/tp1-exercises.js";
import { expected } from "./fixtures/tp1-expected.js";
import { readHandIn } from "./read-submissions.js";
import type { Refusal, Submission } from "./submission.js";

interface Cell {
  cell_type: string;
  id?: string;
  source: string | string[];
  metadata: { retroprop?: Record<string, unknown> };
  outputs?: unknown[];
  execution_count?: number | null;
}
interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

const read = (path: string): Notebook => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
const solved = (): Notebook => read("solutions/tp1.ipynb");

const isExercise = ({ metadata }: Cell): boolean => metadata.retroprop?.["kind"] === "exercise";
const isCheckOfSoftmax = ({ id }: Cell): boolean => id === "check-tp1-softmax";
const added = (source: string): Cell => ({ cell_type: "code", source, metadata: {}, outputs: [] });
const asNote = (source: string): Cell => ({ cell_type: "markdown", source, metadata: {} });
/** Declares the same names, and does nothing. */
const wrong = (cell: Cell): Cell => ({
  ...cell,
  source: textOf(cell).replace(/^function (\w+)\(.*/ms, "const $1 = () => 0;"),
  execution_count: null,
});
/** softmax wrong in its own cell, right below its check, then `again`. */
function writtenAnew(cell: Cell, again: readonly Cell[]): Cell[] {
  if (isCheckOfSoftmax(cell)) return [cell, added(textOf(softmaxCell)), ...again];
  return isExercise(cell) && textOf(cell) === textOf(softmaxCell) ? [wrong(cell)] : [cell];
}
const fenced = (cell: Cell): string => `\`\`\`typescript\n${textOf(cell)}\n\`\`\``;
const textOf = ({ source }: Cell): string => [source].flat().join("");
const softmaxCell = solved().cells.find(({ metadata }) => metadata.retroprop?.["exercise"] === "tp1.softmax")!;
const whole = readNotebook(solved());

describe("every exercise and every answer is read", () => {
  it("of the notebook as it is, without a word", () => {
    expect(whole.exercises.size).toBe(tp1.length);
    expect([...whole.answers.keys()]).toEqual(["tp1.q1", "tp1.q2", "tp1.q3", "tp1.q4", "tp1.q5"]);
    expect(whole.notices).toEqual([]);
  });

  it.each<[string, (notebook: Notebook) => unknown, RegExp | undefined]>([
    ["metadata and ids lost", loseMetadata, /^réponses reconnues par le titre de leur question/],
    ["ids lost", ({ cells }) => each(cells, (cell) => delete cell.id), undefined],
    ["one id for all", ({ cells }) => each(cells, (cell) => Object.assign(cell, { id: "tp1-softmax" })), undefined],
    [
      "each exercise twice",
      ({ cells }) => rebuild(cells, (cell) => (isExercise(cell) ? [cell, cell] : [cell])),
      /est défini 2 fois/,
    ],
    [
      "a first attempt in the exercise's cell and the right one in a cell added below",
      ({ cells }) => rebuild(cells, (cell) => (isExercise(cell) ? [wrong(cell), added(textOf(cell))] : [cell])),
      /est défini 2 fois/,
    ],
    [
      "a wrong answer in its cell, and the right one in a cell added below its check and checked again",
      ({ cells }) => rebuild(cells, (cell) => writtenAnew(cell, [added('await check("tp1.softmax", { softmax });')])),
      /est défini 2 fois/,
    ],
    [
      "the same, with a copy of the check",
      ({ cells }) => rebuild(cells, (cell) => writtenAnew(cell, [cell])),
      /est défini 2 fois/,
    ],
    [
      "several wrong answers, all written anew in one cell at the end, and each checked below it",
      ({ cells }) => {
        const right = cells.filter(isExercise).map(textOf);
        each(cells.filter(isExercise), (cell) => Object.assign(cell, wrong(cell)));
        cells.push(added(right.join("\n")));
        cells.push(...tp1.map(({ id, name }) => added(`const seen = await check("${id}", { ${name} });`)));
      },
      /est défini 2 fois/,
    ],
    [
      "an experiment below each check, of which a text says what a check would give",
      ({ cells }) =>
        rebuild(cells, (cell) =>
          isCheckOfSoftmax(cell)
            ? [cell, added("function softmax(x) { return x; }"), asNote('Ici\n\n    check("tp1.softmax", …)')]
            : [cell],
        ),
      /est défini 2 fois/,
    ],
    [
      "an experiment below each check",
      ({ cells }) =>
        rebuild(cells, (cell) =>
          isCheckOfSoftmax(cell) ? [cell, added("function softmax(x) { return x; }")] : [cell],
        ),
      /est défini 2 fois/,
    ],
    [
      "code with the marks of a chat around it",
      ({ cells }) => each(cells.filter(isExercise), (cell) => Object.assign(cell, { source: fenced(cell) })),
      undefined,
    ],
    [
      "exercises turned into text with the marks of a chat",
      ({ cells }) =>
        each(cells.filter(isExercise), (cell) => {
          Object.assign(cell, { source: fenced(cell) });
          asText(cell);
        }),
      /de type texte, lue comme du code/,
    ],
    [
      "words of a chat around the marks",
      ({ cells }) =>
        each(cells.filter(isExercise), (cell) =>
          Object.assign(cell, { source: `Voici l'exercice, n'est-ce pas :\n\n${fenced(cell)}\n\nBon courage !` }),
        ),
      undefined,
    ],
    ["each exercise cut in two", ({ cells }) => rebuild(cells, cutInTwo), /: une déclaration y était coupée/],
    [
      "exercises turned into text",
      ({ cells }) => each(cells, asText),
      /: cellule d'exercice de type texte, lue comme du code\.$/,
    ],
    [
      "exercises turned into text, metadata lost",
      (notebook) => {
        each(notebook.cells, asText);
        loseMetadata(notebook);
      },
      /de type texte, lue comme du code|^réponses reconnues/,
    ],
    ["answers typed as code", ({ cells }) => each(cells, asCode), /: réponse en mots dans une cellule de code/],
    ["cells in reverse", ({ cells }) => cells.reverse(), undefined],
    [
      "statement and check cells gone",
      ({ cells }) => rebuild(cells, (cell) => (isExercise(cell) || isAnswer(cell) || isImport(cell) ? [cell] : [])),
      undefined,
    ],
    [
      "check cells emptied",
      ({ cells }) => each(cells, (cell) => isCheck(cell) && Object.assign(cell, { source: "// rien" })),
      /: cellule de vérification modifiée, sans effet sur la note\.$/,
    ],
    [
      "lines without line feeds",
      ({ cells }) => each(cells, (cell) => Object.assign(cell, { source: textOf(cell).split("\n") })),
      undefined,
    ],
    [
      "format 4.0",
      (notebook) => {
        notebook.nbformat_minor = 0;
        each(notebook.cells, (cell) => delete cell.id);
      },
      undefined,
    ],
    [
      "points forged",
      ({ cells }) => each(cells, ({ metadata }) => Object.assign(metadata.retroprop ?? {}, { points: 100 })),
      undefined,
    ],
  ])("with %s", (_, change, notice) => {
    const notebook = solved();
    change(notebook);
    const taken = readNotebook(notebook);
    expect([...taken.missing.values()]).toEqual([]);
    expect([...taken.answers].sort()).toEqual([...whole.answers].sort());
    expect(taken.notices.filter((said) => notice?.test(said) !== true)).toEqual([]);
    expect(taken.notices.length > 0).toBe(notice !== undefined);
  });

  it.each<[string, (text: string, notebook: Notebook) => string | Buffer, RegExp | undefined]>([
    ["a byte order mark", (text) => `\ufeff${text}`, undefined],
    ["CRLF", (text) => text.replaceAll("\n", "\r\n"), undefined],
    ["UTF-16", (text) => Buffer.from(`\ufeff${text}`, "utf16le"), /UTF-16/],
    ["UTF-16 without a mark", (text) => Buffer.from(text, "utf16le"), /UTF-16/],
    ["zeros at the end", (text) => `${text}${"\0".repeat(4096)}`, /finissait par des octets nuls/],
    ["a comma too many", (text) => text.replace(/\}\s*$/, ",}"), /une virgule ou un commentaire de trop/],
    ["its end cut off", (text) => text.slice(0, -40), /la fin du notebook est abîmée/],
    ["JSON in JSON", (text) => JSON.stringify(text), /du JSON dans|dans du JSON/],
    ["what Jupyter's server answers around it", (text) => `{ "type": "notebook", "content": ${text} }`, undefined],
    ["a list around it", (text) => `[${text}]`, undefined],
    ["cells alone", (_, { cells }) => JSON.stringify(cells), /qu'une liste de cellules/],
    [
      "versions of git that differ in a count",
      (text) => conflictIn(text, '"execution_count": 3,', '"execution_count": 7,'),
      /au même code/,
    ],
  ])("with %s", (_, write, notice) => {
    const notebook = solved();
    const taken = readBytes(write(JSON.stringify(notebook, null, 1), notebook)) as Submission;
    expect([...(taken.missing?.values() ?? ["refused"])]).toEqual([]);
    expect(taken.answers).toEqual(whole.answers);
    expect(taken.program).toBe(whole.program);
    expect(taken.notices.filter((said) => notice?.test(said) !== true)).toEqual([]);
    expect(taken.notices.length > 0).toBe(notice !== undefined);
  });

  it("of the old format, whose cells lie in worksheets", () => {
    const cells = solved().cells.map(({ source, cell_type }) =>
      cell_type === "code" ? { cell_type, input: source, prompt_number: 1, outputs: [] } : { cell_type, source },
    );
    const taken = readBytes(JSON.stringify({ nbformat: 3, worksheets: [{ cells }] })) as Submission;
    expect(taken.program).toBe(whole.program);
    expect(taken.answers).toEqual(whole.answers);
    expect(taken.notices[0]).toMatch(/^le notebook est à un ancien format/);
  });
});

describe("a notebook cut short", () => {
  const text = JSON.stringify(solved(), null, 1);

  it("is taken when nothing asked for was behind the cut", () => {
    const taken = readBytes(text.slice(0, text.indexOf('"id": "question-1"'))) as Submission;
    expect(taken.program).toBe(whole.program);
    expect(taken.notices[0]).toMatch(
      /^le notebook est tronqué après la cellule \d+ ; tous les exercices étaient avant/,
    );
  });

  it("is refused when an exercise may be lost, and before its first cell", () => {
    const cut = (id: string) => (readBytes(text.slice(0, text.indexOf(`"id": "${id}"`))) as Refusal).refused;
    expect(cut("tp1-nll")).toMatch(/^le notebook est tronqué après la cellule \d+, il y manque 5 exercice\(s\)/);
    expect((readBytes(text.slice(0, 60)) as Refusal).refused).toMatch(/^le notebook est tronqué : /);
  });
});

describe("refused, with the reason", () => {
  it.each<[string, string, RegExp]>([
    ["another TP's", JSON.stringify(read("notebooks/tp2.ipynb")), /^c'est un notebook du TP2, on attend celui du TP1/],
    ["a page of the web", "<!DOCTYPE html><title>tp1.ipynb</title>", /^c'est une page web/],
    [
      "its cells, one a line",
      solved()
        .cells.map((cell) => JSON.stringify(cell))
        .join("\n"),
      /n'est pas du JSON/,
    ],
    ["printed by Python", "{'nbformat': 4, 'cells': [{'cell_type': 'code'}]}", /n'est pas du JSON/],
    ["zeros", "\0".repeat(100), /^le fichier n'est fait que d'octets nuls/],
    ["a zip renamed", "PK\u0003\u0004....", /^c'est une archive compressée sous un autre nom/],
    [
      "Python",
      JSON.stringify({ cells: [{ cell_type: "code", source: "def softmax(x):\n  return x" }] }),
      /^c'est du Python/,
    ],
    [
      "two versions of the code",
      conflictIn(JSON.stringify(solved(), null, 1), "const e = exp(x.sub", "const e = exp(x.add"),
      /^git y a laissé deux versions du code .* à partir de la ligne \d+/,
    ],
  ])("%s", (_, text, reason) => {
    expect((readBytes(text) as Refusal).refused).toMatch(reason);
  });
});

describe("what staff are told", () => {
  it("that an exercise is of another edition", () => {
    const notebook = solved();
    notebook.cells.unshift({ cell_type: "code", source: "1", metadata: { retroprop: { exercise: "tp1.gone" } } });
    expect(readNotebook(notebook).notices[0]).toMatch(
      /^cellule 1 : l'exercice « tp1\.gone » n'est pas de cette édition/,
    );
  });
});

describe("two versions that git left in a code cell", () => {
  it("are read as the first, and said in French with their cell", () => {
    const sides = ["<<<<<<< HEAD", "  return x;", "=======", "  return 2 * x;", ">>>>>>> autre"];
    const source = ["function softmax(x) {", ...sides, "}"].join("\n");
    const text = JSON.stringify({
      cells: [
        { cell_type: "markdown", source: "TP1" },
        { cell_type: "code", source },
      ],
    });
    const taken = readBytes(text, "tp1.ipynb", expected) as Submission;
    expect(taken.program).toMatch(/return x;/);
    expect(taken.program).not.toMatch(/return 2|<<<|>>>/);
    expect(taken.notices.filter((notice) => !notice.includes("introuvable"))).toEqual([
      "cellule 2 : git y a laissé deux versions du code (marques <<<<<<< et >>>>>>>, à partir de la ligne 2) ; c'est la première qui est lue : gardez-en une, ôtez les marques.",
    ]);
  });
});

describe("a file under another name", () => {
  const text = JSON.stringify(solved());
  it.each([
    ["tp1.ts", text, /« tp1\.ts » est un notebook/],
    ["tp1.ipynb.txt", text, /son nom devrait finir par \.ipynb/],
    ["tp1.ipynb", "const softmax = (x) => x;", /« tp1\.ipynb » a été lu comme du TypeScript/],
    ["tp1.js", "const softmax = (x) => x;", /son nom devrait finir par \.ts/],
  ])("%s is read for what it is", (name, content, notice) => {
    const taken = readBytes(content, name, expected) as Submission;
    expect(taken.exercises.has("tp1.softmax")).toBe(true);
    expect(taken.notices[0]).toMatch(notice);
  });
});

function readBytes(content: string | Buffer, name = "a.ipynb", exercises = tp1): Submission | Refusal {
  const files = [{ name, bytes: Buffer.from(content) }];
  return readHandIn({ student: "a", handedInAs: name, files, texts: [], notices: [] }, exercises);
}

function readNotebook(notebook: Notebook): Submission {
  const taken = readBytes(JSON.stringify(notebook));
  expect(taken).toHaveProperty("program");
  return taken as Submission;
}

function conflictIn(text: string, ours: string, theirs: string): string {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.includes(ours));
  expect(at).toBeGreaterThan(0);
  const line = lines[at]!;
  lines.splice(at, 1, "<<<<<<< HEAD", line, "=======", line.replace(ours, theirs), ">>>>>>> autre");
  return lines.join("\n");
}

function each<T>(list: readonly T[], change: (one: T) => unknown): void {
  for (const one of list) change(one);
}

function rebuild(cells: Cell[], change: (cell: Cell) => Cell[]): void {
  cells.splice(0, cells.length, ...cells.flatMap(change));
}

function loseMetadata(notebook: Notebook): void {
  notebook.metadata = {};
  for (const [i, cell] of notebook.cells.entries()) Object.assign(cell, { metadata: {}, id: `cell-${i}` });
}

function cutInTwo(cell: Cell): Cell[] {
  if (!isExercise(cell)) return [cell];
  const lines = textOf(cell).split("\n");
  const at = lines.length - 2;
  return [lines.slice(0, at), lines.slice(at)].map((part, i) => ({
    ...cell,
    id: `part-${i}`,
    source: part.join("\n"),
  }));
}

const asText = (cell: Cell) => isExercise(cell) && Object.assign(cell, { cell_type: "markdown" });
const asCode = (cell: Cell) => isAnswer(cell) && Object.assign(cell, { cell_type: "code" });
const isAnswer = ({ metadata }: Cell): boolean => metadata.retroprop?.["kind"] === "question";
const isCheck = ({ metadata }: Cell): boolean => metadata.retroprop?.["kind"] === "check";
const isImport = (cell: Cell): boolean => cell.id === "imports";
