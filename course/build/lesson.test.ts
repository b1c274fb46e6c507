import { expect, it } from "vitest";
import { type Cell, parseLesson } from "./lesson.js";

const file = "course/tp9/lesson.fr.md";
const cellsOf = (text: string): readonly Cell[] => parseLesson(file, text).cells;
const idsOf = (text: string): string[] => cellsOf(text).map(({ id }) => id);
const fence = (info: string, body = ""): string => `\`\`\`${info}\n${body === "" ? "" : `${body}\n`}\`\`\`\n`;

it("text is split at headings of the first three levels, and named after them", () => {
  expect(idsOf("# Un\n\ntexte\n\n## L'été à Nîmes\n### Trois\n#### quatre\n")).toEqual([
    "un",
    "l-ete-a-nimes",
    "trois",
  ]);
});

it("a text that opens with no heading is named after the cell before it", () => {
  expect(idsOf(`# Un\n${fence("ts id=two", "2;")}\nsuite\n`)).toEqual(["un", "two", "after-two"]);
});

it("a comment names the text it opens, or the heading right above it", () => {
  expect(idsOf("<!-- id: start -->\n# Un\n\n# Deux\n<!-- id: second -->\ntexte\n<!-- id: third -->\nfin\n")).toEqual([
    "start",
    "second",
    "third",
  ]);
});

it("the comment that names a text is not shown", () => {
  expect(cellsOf("# Deux\n<!-- id: second -->\n\ntexte")[0]!.source).not.toContain("<!--");
});

it("a number in front of a heading is no part of its id", () => {
  expect(idsOf("## 3.2 Softmax\n\n## 4. Perte\n")).toEqual(["softmax", "perte"]);
});

it("each fence becomes a cell of its kind, with the body the author wrote", () => {
  const cells = cellsOf(
    [
      "# Un",
      fence("ts id=code", "1;"),
      fence("ts exercise=tp9.double"),
      fence("ts check=tp9.double"),
      fence("ts given=src/a.ts#Vector"),
      fence("ts solution id=proof", "2;"),
      fence("ts parameters id=sizes", "const n = 3;"),
      fence("ts summary id=end", "4;"),
      fence("md question=tp9.q1", "Oui."),
    ].join("\n"),
  );
  expect(cells.map(({ kind, id, source }) => [kind, id, source])).toEqual([
    ["text", "un", "# Un"],
    ["code", "code", "1;"],
    ["exercise", "tp9-double", ""],
    ["check", "check-tp9-double", ""],
    ["given", "given-vector", ""],
    ["solution", "proof", "2;"],
    ["parameters", "sizes", "const n = 3;"],
    ["summary", "end", "4;"],
    ["question", "tp9-q1", "Oui."],
  ]);
});

it("code in another language, and headings in it, stay in the text", () => {
  const text = `# Un\n\n${fence("python", "# pas un titre\nx = 1")}\n${fence("typescript", "x[-1]")}`;
  expect(cellsOf(text).map(({ source }) => source)).toEqual([text.trim()]);
});

it("a longer fence may hold a shorter one", () => {
  const [, answer] = cellsOf("# Un\n````md question=tp9.q1\n```js\n1\n```\n````\n");
  expect(answer!.source).toBe("```js\n1\n```");
});

it("each cell knows the line where its first line stands", () => {
  const text = `\n# Un\n\n<!-- id: two -->\n\nDeux\n\n${fence("ts id=three", "3;")}\n\nQuatre\n`;
  expect(cellsOf(text).map(({ id, line }) => [id, line])).toEqual([
    ["un", 2],
    ["two", 6],
    ["three", 9],
    ["after-three", 13],
  ]);
});

it("the demonstration is set apart from the cells", () => {
  const lesson = parseLesson(file, `# Un\n${fence("ts file", "go();")}`);
  expect(lesson.cells).toHaveLength(1);
  expect(lesson.demonstration).toEqual({ source: "go();", line: 3 });
});

it("hints and names are set apart from the cells, whose ids they do not change", () => {
  const table = "| Python | TypeScript | sens |\n| --- | --- | --- |\n| `W @ x` | `W.matmul(x)` | Le produit. |";
  const lesson = parseLesson(
    file,
    [
      "# Un",
      fence("md names", table),
      fence("ts exercise=tp9.double"),
      fence("md hint=tp9.double", "Vague."),
      fence("md hint=tp9.double", "Presque.\n\nTout près."),
      "suite",
    ].join("\n"),
  );
  expect(lesson.cells.map(({ id }) => id)).toEqual(["un", "tp9-double", "after-tp9-double"]);
  expect(lesson.hints).toEqual([
    { exercise: "tp9.double", source: "Vague.", line: 12 },
    { exercise: "tp9.double", source: "Presque.\n\nTout près.", line: 16 },
  ]);
  expect(lesson.names).toEqual([{ python: "W @ x", typescript: "W.matmul(x)", what: "Le produit.", line: 5 }]);
});

it("lines that end as on Windows make the same cells", () => {
  const text = `# Un\n\ntexte\n${fence("ts id=two", "1;\n2;")}`;
  expect(cellsOf(text.replaceAll("\n", "\r\n"))).toEqual(cellsOf(text));
});

it.each([
  ["two cells of one id", "# Un\n\n# Un\n", 3, "`un` already names the cell at line 1"],
  ["code without a name", `# Un\n${fence("ts", "1;")}`, 2, "add id=…"],
  ["an unknown kind", `# Un\n${fence("ts excercise=tp9.double")}`, 2, "unknown kind of cell `ts excercise`"],
  ["a kind of the other language", `# Un\n${fence("md exercise=tp9.double")}`, 2, "with `md`: question=…"],
  ["two kinds at once", `# Un\n${fence("ts summary solution id=a", "1;")}`, 2, "two kinds at once"],
  ["an exercise of nothing", `# Un\n${fence("ts exercise")}`, 2, "needs a target"],
  ["a target where none is wanted", `# Un\n${fence("ts summary=3 id=a", "1;")}`, 2, "takes no target"],
  ["an exercise named by hand", `# Un\n${fence("ts exercise=tp9.double id=x")}`, 2, "has no id=… of its own"],
  ["code where the build writes it", `# Un\n${fence("ts exercise=tp9.double", "1;")}`, 2, "leave this one empty"],
  ["nothing where the author writes", `# Un\n${fence("ts id=a", "  ")}`, 2, "is empty"],
  ["an id notebooks refuse", `# Un\n${fence("ts id=é", "1;")}`, 2, "cannot name a cell"],
  ["a fence that never ends", "# Un\n```ts id=a\n1;\n", 2, "never closed"],
  ["a first text without a heading", "\nBonjour\n", 2, "opens without a heading"],
  ["a misspelt id comment", "# Un\n\n<!-- id start -->\n", 3, "expected `<!-- id: name -->`"],
  ["an id that names nothing", "# Un\n\n<!-- id: start -->\n", 3, "names an empty text"],
  ["a hint for nothing", `# Un\n${fence("md hint", "Cherchez.")}`, 2, "needs a target"],
  ["an empty hint", `# Un\n${fence("md hint=tp9.double")}`, 2, "is empty"],
  ["names that are no table", `# Un\n${fence("md names", "W @ x")}`, 3, "expected a table"],
  [
    "a name without its sentence",
    `# Un\n${fence("md names", "| a | b | c |\n| - | - | - |\n| `a` | `b` | |")}`,
    5,
    "| sentence |`, received",
  ],
  ["two tables of names", `# Un\n${fence("md names", "a")}${fence("md names", "b")}`, 5, "second `md names`"],
  ["two demonstrations", `# Un\n${fence("ts file", "1;")}${fence("ts file", "2;")}`, 5, "second `ts file`"],
])("%s is an error at its line", (_, text, line, message) => {
  const expected = new RegExp(`^${file}:${line}: .*${message.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
  expect(() => parseLesson(file, text)).toThrow(expected);
});
