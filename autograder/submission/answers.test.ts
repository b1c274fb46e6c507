import { describe, expect, it } from "vitest";
import { readAnswers } from "./answers.js";
import { readCells } from "./cells.js";
import { markCell } from "./mark-cell.js";
import { emptyAnswer } from "./messages.fr.js";

const statement = (n: number, more = "") => text(`### Question ${n}\n\nPourquoi ?${more}`, { kind: "text" });
const answerCell = (n: number, source = emptyAnswer) => text(source, { kind: "question", question: `tp1.q${n}` });
const text = (source: string, retroprop?: object) => ({ cell_type: "markdown", source, metadata: { retroprop } });
const code = (source: string) => ({ cell_type: "code", source, metadata: {} });
const left = [statement(1), answerCell(1), statement(2), answerCell(2)];

const read = (cells: readonly object[]) => {
  const { answers, notices } = readAnswers(
    readCells({ cells }).cells.map((cell) => markCell(cell, new Set())),
    "tp1",
  );
  return { answers: Object.fromEntries(answers), notices };
};

describe("an answer that is not in its cell", () => {
  it.each<[string, readonly object[]]>([
    ["stands between the question and it", [statement(1), text("Car ln 10."), answerCell(1), ...left.slice(2)]],
    ["is in the cell of the question", [statement(1, "\n\n**Réponse :** Car ln 10."), ...left.slice(1)]],
    ["is at the end, under its number", [...left, text("**Question 1** : Car ln 10.")]],
  ])("is found when it %s, and said to be", (_, cells) => {
    const { answers, notices } = read(cells);
    expect(Object.keys(answers)).toEqual(["tp1.q1"]);
    expect(answers["tp1.q1"]).toContain("Car ln 10.");
    expect(notices).toEqual([expect.stringMatching(/à côté de leur cellule, restée vide : tp1\.q1\./)]);
  });

  it.each<[string, object]>([
    ["text", text("Car ln 10.")],
    ["code that is but a comment", code("// Car ln 10.")],
  ])("is found right below it, as %s", (_, added) => {
    const cells = [statement(1), answerCell(1), added, ...left.slice(2)];
    expect(read(cells)).toEqual({ answers: { "tp1.q1": "Car ln 10." }, notices: [] });
  });

  it("is found in the cell of the question, where its own is gone", () => {
    const cells = [statement(1, "\n\nRéponse : car ln 10."), ...left.slice(2)];
    const { answers, notices } = read(cells);
    expect(answers).toEqual({ "tp1.q1": "Réponse : car ln 10." });
    expect(notices).toEqual([expect.stringMatching(/par le titre de leur question.*: tp1\.q1\./)]);
  });

  it("is told from the others of one text by its number", () => {
    expect(read([...left, text("Q1. Car ln 10.\n\nQ2) Une copie.")]).answers).toEqual({
      "tp1.q1": "Car ln 10.",
      "tp1.q2": "Une copie.",
    });
  });

  it("never takes the place of one that is", () => {
    const answered = [statement(1), text("brouillon"), answerCell(1, "Car ln 10."), text("Q1 : autre chose")];
    expect(read(answered)).toEqual({ answers: { "tp1.q1": "Car ln 10." }, notices: [] });
  });
});

describe("an answer in several cells", () => {
  it.each<[string, readonly object[]]>([
    ["goes on in a text below its cell", [statement(1), answerCell(1, "Car"), text("ln 10."), ...left.slice(2)]],
    ["has a copy of its cell", [statement(1), answerCell(1, "Car"), answerCell(1, "ln 10."), ...left.slice(2)]],
  ])("is read whole, and said to be, when it %s", (_, cells) => {
    expect(read(cells)).toEqual({
      answers: { "tp1.q1": "Car\n\nln 10." },
      notices: [expect.stringMatching(/en plusieurs cellules, lues à la suite : tp1\.q1\./)],
    });
  });

  it("is no code below it, nor the same words twice, nor the course's text where its marks are lost", () => {
    const whole = { answers: { "tp1.q1": "Car ln 10." }, notices: [] };
    expect(read([answerCell(1, "Car ln 10."), code("// essai"), answerCell(1, "Car ln 10.")])).toEqual(whole);
    const unmarked = { ...answerCell(1, "Car ln 10."), id: "tp1-q1", metadata: {} };
    expect(read([unmarked, text("La suite du cours.")])).toEqual(whole);
  });
});

describe("no answer", () => {
  it("is made of statements, code and titles, with the course's marks or without", () => {
    const cells = [...left, code("const x = 1; // Question 1"), text("# Brouillon")];
    expect(read(cells)).toEqual({ answers: {}, notices: [] });
    const unmarked = left.map((cell, i) => ({
      ...cell,
      id: i % 2 ? `tp1-q${(i + 1) / 2}` : `question-${i}`,
      metadata: {},
    }));
    expect(read(unmarked)).toEqual({ answers: {}, notices: [] });
  });
});

// Each took minutes where a pattern went back over what it had read: longer by far than a test may take.
const lines = `${"\n".repeat(200_000)}x`;
const farNumber = `Q${" ".repeat(200_000)}1`;
it.each<[string, readonly object[], string | undefined]>([
  ["lines without end in the course's text", [statement(1, lines), answerCell(1)], undefined],
  ["lines without end in an added text", [answerCell(1), text(lines)], "x"],
  ["a number far behind its question", [answerCell(1), text(farNumber)], farNumber],
])("%s are read all the same", (_, cells, answer) => {
  expect(read(cells).answers["tp1.q1"] === answer).toBe(true);
});
