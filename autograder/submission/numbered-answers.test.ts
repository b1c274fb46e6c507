// Answers in words that stand beside code, without a notebook.
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { classOf, removeClasses } from "./fixtures/class-folder.js";
import { expected } from "./fixtures/tp1-expected.js";
import { emptyAnswer } from "./messages.fr.js";
import { answersInComments } from "./numbered-answers.js";
import { readSubmissions } from "./read-submissions.js";

afterAll(removeClasses);

const code = 'import { exp } from "retroprop";\nexport const softmax = (x: unknown) => exp(x as never);\n';
const answered = (question: number, words: string) =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [{ cell_type: "markdown", source: words, metadata: { retroprop: { question: `tp1.q${question}` } } }],
  });

function read(files: Readonly<Record<string, string | Buffer>>) {
  const [one] = readSubmissions([classOf(files)], expected);
  if (one === undefined || "refused" in one) throw new Error(one?.refused ?? "no submission");
  return { answers: Object.fromEntries(one.answers), said: one.notices.join("\n") };
}

describe("answers in comments of code", () => {
  it.each([
    ["lines", "// Question 1 : car ln 10.\n// Toujours.\n\n// Q2. Une copie."],
    ["a block", "/*\n * Question 1 : car ln 10.\n * Toujours.\n *\n * **Question 2** : Une copie.\n */"],
    ["cells", "// %% [markdown]\n// Question 1 : car ln 10.\n// Toujours.\n// %%\n// Question 2\n// Une copie."],
  ])("are found in %s, and said to be", (_, comments) => {
    const { answers, said } = read({ "alice/tp1.ts": `${comments}\n${code}` });
    expect(answers).toEqual({ "tp1.q1": "car ln 10.\nToujours.", "tp1.q2": "Une copie." });
    expect(said).toContain("réponses en mots lues dans les commentaires du code : tp1.q1, tp1.q2.");
  });

  it("end where the code begins, and are not in it", () => {
    const comments = '// Question 1 : ln 10.\nconst a = 1; // Question 2 : non\n// plus rien\nconst b = "Q3 : non";';
    expect([...answersInComments(comments, "tp1")]).toEqual([["tp1.q1", "ln 10."]]);
  });

  it.each(["exercises/tp1.ts", "exercises/tp2.ts"])("are none in %s, which says how to write them", (file) => {
    const code = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
    expect(code).toMatch(/en commentaire\s:\s«\sQuestion 1\s:\s…\s»/);
    expect(answersInComments(code, "tp1").size).toBe(0);
  });

  it("are none where what the course asks was left alone", () => {
    expect(answersInComments(`// ### Question 1\n// Pourquoi ?\n// %% [markdown]\n// ${emptyAnswer}`, "tp1").size).toBe(
      0,
    );
  });
});

describe("answers in a text beside the code", () => {
  it.each(["réponses.md", "reponses.txt"])("are found in %s, which is said", (name) => {
    const { answers, said } = read({ "alice/tp1.ts": code, [`alice/${name}`]: "## Question 1\n\nCar ln 10.\n" });
    expect(answers).toEqual({ "tp1.q1": "Car ln 10." });
    expect(said).toContain(`des réponses en mots ont été prises dans « alice/${name} »`);
  });

  it("stand before those in comments, and after a notebook's", () => {
    const files = { "alice/tp1.ts": `// Question 1 : softmax\n// Q2 : du code\n// Q3 : de même\n${code}` };
    const texts = { ...files, "alice/réponses.md": "Q1 : du texte\nQ2 : du texte" };
    expect(read(texts).answers).toEqual({ "tp1.q1": "du texte", "tp1.q2": "du texte", "tp1.q3": "de même" });
    const all = read({ ...texts, "alice/tp1.ipynb": answered(1, "du notebook") });
    expect(all.answers).toEqual({ "tp1.q1": "du notebook", "tp1.q2": "du texte", "tp1.q3": "de même" });
  });

  it("may be what nobody can read: that is said", () => {
    expect(read({ "alice/tp1.ts": code, "alice/réponses.pdf": "%PDF-1.7" }).said).toContain(
      "alice/réponses.pdf : non lu ; les réponses en mots se lisent dans le notebook, dans un texte",
    );
  });

  it("never make a text the work, nor a work unreadable", () => {
    const files = { "alice/tp1.ts": code, "alice/notes.txt": `export const softmax = 1;`, "alice/b.md": "\0\0" };
    expect(read(files)).toEqual({ answers: {}, said: expect.not.stringContaining("plusieurs fichiers") });
  });
});
