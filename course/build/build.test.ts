import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { TpMetadata } from "../../lab/course-notebook.js";
import { build } from "./build.js";
import type { Execute } from "./execute.js";
import { lesson, type MiniCourse, miniCourse, tp9 } from "./fixtures/mini-course.js";
import { type CodeCell, codeCells, formatNotebook, parseNotebook } from "./notebook-format.js";

let course: MiniCourse;
beforeEach(() => {
  course = miniCourse();
});
afterEach(() => course.remove());

const lessonFile = "course/tp9/lesson.fr.md";
const files = [
  "course/tp9/ids.lock",
  "notebooks/tp9.ipynb",
  "exercises/tp9.ts",
  "solutions/tp9.ts",
  "solutions/tp9.ipynb",
];
const rebuild = () => build(course.root, [tp9]);
const notebook = (file: string) => parseNotebook(course.read(file));
const cell = (file: string, id: string) => notebook(file).cells.find((candidate) => candidate.id === id);

/** A kernel that answers each cell with its number. */
const execute: Execute = async (ipynb) => {
  const executed = parseNotebook(ipynb);
  const cells = executed.cells.map((cell, i) =>
    cell.cell_type === "code"
      ? { ...cell, execution_count: i, outputs: [{ output_type: "stream", name: "stdout", text: [`${i}\n`] }] }
      : cell,
  );
  return formatNotebook({ ...executed, metadata: { kernel: "any" }, cells });
};

it("everything is generated, and building again changes nothing", async () => {
  expect(await rebuild()).toMatchObject({ written: files, unchanged: [] });
  const texts = files.map(course.read);
  expect(await rebuild()).toMatchObject({ written: [], unchanged: files });
  expect(files.map(course.read)).toEqual(texts);
});

it("generated files end in one line feed and have no carriage return", async () => {
  course.write(lessonFile, lesson.replaceAll("\n", "\r\n"));
  await rebuild();
  for (const text of files.map(course.read)) {
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toContain("\r");
  }
});

it("the student's files have the holes, the solution's the bodies", async () => {
  await rebuild();
  const hole = 'throw new Error("À compléter : double");';
  for (const file of ["notebooks/tp9.ipynb", "exercises/tp9.ts"]) {
    expect(course.read(file).replaceAll('\\"', '"')).toContain(hole);
    expect(course.read(file)).not.toContain("theSecretOfDoubling");
  }
  for (const file of ["solutions/tp9.ipynb", "solutions/tp9.ts"]) {
    expect(course.read(file)).not.toContain("À compléter");
    expect(course.read(file)).toContain("theSecretOfDoubling");
  }
});

it("both .ts files import the same names, and export each exercise", async () => {
  await rebuild();
  for (const file of ["exercises/tp9.ts", "solutions/tp9.ts"]) {
    expect(course.read(file).match(/^import .*/gm)).toEqual([
      'import { add, type Vector, vector, type WalkOptions } from "retroprop";',
    ]);
    expect(course.read(file).match(/^export \w+ \w+/gm)).toEqual(["export function double", "export function walk"]);
  }
});

it("the demonstration runs only as a program, and its template strings keep their lines", async () => {
  await rebuild();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the text looked for.
  expect(course.read("exercises/tp9.ts")).toContain("  console.log(`double:\n${double(start).data}`);\n}\n");
  expect(course.read("exercises/tp9.ts")).toMatch(/^if \(require\.main === module\) demonstration\(\);$/m);
});

it("a demonstration that waits is asynchronous", async () => {
  course.replace(lessonFile, "const start: Vector = vector(1, 2);", "const start: Vector = await vector(1, 2);");
  await rebuild();
  expect(course.read("solutions/tp9.ts")).toContain("async function demonstration(): Promise<void> {");
});

it("a notebook says what it is, and freezes what students should not change", async () => {
  await rebuild();
  expect(notebook("notebooks/tp9.ipynb")).toMatchObject({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      retroprop: { edition: "student", generatedFrom: lessonFile, tp: "tp9" },
    },
  });
  const metadata = (id: string) => cell("notebooks/tp9.ipynb", id)!.metadata;
  expect(metadata("doubler")).toEqual({ deletable: false, editable: false, retroprop: { kind: "text" } });
  expect(metadata("tp9-double")).toEqual({
    deletable: false,
    retroprop: {
      exercise: "tp9.double",
      kind: "exercise",
      points: 12,
      hints: ["Que fait une somme\u202f?", "Un vecteur s’ajoute à lui-même\u00a0: 12 points pour y penser."],
    },
  });
  expect(metadata("parameters")["tags"]).toEqual(["parameters"]);
  expect(metadata("arrival")["tags"]).toEqual(["summary"]);
});

it("both editions say their exercises, what Python calls things, and the hints, which no cell shows", async () => {
  await rebuild();
  const expected: Partial<TpMetadata> = {
    tp: "tp9",
    title: "Les premiers pas",
    exercises: [
      { id: "tp9.double", name: "double", title: "Doubler", points: 12 },
      { id: "tp9.walk", name: "walk", title: "Marcher", points: 8 },
    ],
    names: [
      { python: "a + b", typescript: "add(a, b)", what: "La somme, «\u00a0terme à terme\u00a0»." },
      { python: "double_it", typescript: "double", what: "À écrire\u00a0: exercice «\u00a0Doubler\u00a0»." },
      { python: "walk", typescript: "walk", what: "À écrire\u00a0: exercice «\u00a0Marcher\u00a0»." },
    ],
  };
  for (const [edition, file] of Object.entries({ student: "notebooks/tp9.ipynb", solution: "solutions/tp9.ipynb" })) {
    const { metadata, cells } = notebook(file);
    expect(metadata["retroprop"]).toEqual({ ...expected, edition, generatedFrom: lessonFile });
    const marks = cells.map((one) => one.metadata["retroprop"] as { readonly hints?: readonly string[] });
    expect(marks.map(({ hints = [] }) => hints.length).filter(Boolean)).toEqual([2, 2]);
    expect(cells.map(({ source }) => source).join()).not.toContain("Combien de pas");
  }
});

it("a question is an empty answer for students, the model answer with its rubric in the solution", async () => {
  await rebuild();
  expect(cell("notebooks/tp9.ipynb", "tp9-q1")!.source).toBe("*Votre réponse ici.*");
  expect(cell("solutions/tp9.ipynb", "tp9-q1")!.source).toBe(
    "Elle vaut 1\u202f000\u202f000\u00a0: c’est beaucoup.\n\n*Barème (1 point)\u00a0: Une somme est dite.*",
  );
  expect(cell("notebooks/tp9.ipynb", "proof")).toBeUndefined();
  expect(cell("solutions/tp9.ipynb", "proof")).toBeDefined();
});

it("given code stands in the notebooks and the files, and is imported no more", async () => {
  course.replace(
    lessonFile,
    "```ts exercise=tp9.double",
    "```ts given=src/vector.ts#add\n```\n\n```ts exercise=tp9.double",
  );
  await rebuild();
  expect(course.read("exercises/tp9.ts")).toContain("import { type Vector, vector, type WalkOptions }");
  expect(course.read("exercises/tp9.ts")).toContain("export function add(a: Vector, b: Vector): Vector {");
  expect(cell("notebooks/tp9.ipynb", "given-add")).toMatchObject({ metadata: { deletable: false, editable: false } });
});

it("a reference that uses what students cannot reach is refused by name", async () => {
  course.write(
    "src/index.ts",
    'export { type WalkOptions } from "./steps.js";\nexport { type Vector, vector } from "./vector.js";\n',
  );
  await expect(rebuild()).rejects.toThrow("src/steps.ts#double uses `add`, which a student cannot reach");
});

it.each([
  ["an exercise the manifest does not have", "exercise=tp9.walk", "exercise=tp9.run", "no exercise `tp9.run`"],
  [
    "a given symbol that is not there",
    "exercise=tp9.walk\n```",
    "exercise=tp9.walk\n```\n\n```ts given=src/vector.ts#sub\n```",
    "declares nothing",
  ],
  ["a question asked nowhere", "md question=tp9.q1", "ts id=q1", "`tp9.q1` of course/manifest.ts is nowhere"],
])("%s fails the build, which then writes nothing", async (_, before, after, message) => {
  course.replace(lessonFile, before, after);
  const listing = () =>
    readdirSync(course.root, { recursive: true }).filter((path) => !String(path).startsWith("node_modules"));
  const present = listing();
  await expect(rebuild()).rejects.toThrow(message);
  expect(listing()).toEqual(present);
});

it("exercises in another order than the manifest's are refused", async () => {
  const swapped = { ...tp9, exercises: tp9.exercises.toReversed() };
  await expect(build(course.root, [swapped])).rejects.toThrow(
    "`tp9.double` comes where course/manifest.ts has `tp9.walk`",
  );
});

it("an id that students may have cannot go", async () => {
  await rebuild();
  course.replace(lessonFile, "## Doubler", "## Multiplier par deux");
  await expect(rebuild()).rejects.toThrow(
    /^course\/tp9\/ids\.lock:4: no cell of the lesson is called `doubler` any more/,
  );
  course.replace(lessonFile, "## Multiplier", "<!-- id: doubler -->\n## Multiplier");
  await expect(rebuild()).resolves.toMatchObject({ unchanged: expect.arrayContaining(["course/tp9/ids.lock"]) });
});

it("a student's notebook that somebody has worked in is not written over, unless told", async () => {
  await rebuild();
  const file = "notebooks/tp9.ipynb";
  const worked = (await execute(course.read(file), { folder: "", label: "", allowErrors: false })) as string;
  course.write(file, worked);
  let ran = false;
  const watched: Execute = async (...asked) => {
    ran = true;
    return execute(...asked);
  };
  await expect(build(course.root, [tp9], { execute: watched })).rejects.toThrow(
    /^notebooks\/tp9\.ipynb:1: somebody has run cells of it.*--force$/,
  );
  expect([ran, course.read(file)]).toEqual([false, worked]);
  expect((await build(course.root, [tp9], { force: true })).written).toContain(file);
});

it("executing keeps the outputs of the solution and nothing else of the run, and building keeps them on", async () => {
  await build(course.root, [tp9], { execute });
  const outputs = () => codeCells(notebook("solutions/tp9.ipynb")).map((cell: CodeCell) => cell.outputs.length);
  expect(outputs()).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect(notebook("solutions/tp9.ipynb").metadata).not.toHaveProperty("kernel");
  expect((await rebuild()).written).toEqual([]);
  course.replace(lessonFile, "Que vaut", "Combien vaut");
  expect((await rebuild()).notices).toEqual([]);
  expect(outputs()).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

it("outputs of code that has changed are dropped, and it is said", async () => {
  await build(course.root, [tp9], { execute });
  course.replace(lessonFile, "const epochs = 5;", "const epochs = 6;");
  expect((await rebuild()).notices.join()).toContain("its code has changed, so its outputs are dropped");
  expect(codeCells(notebook("solutions/tp9.ipynb")).every(({ outputs }) => outputs.length === 0)).toBe(true);
});

it("an error while executing fails the build at the cell's place in the lesson", async () => {
  const failing: Execute = async (ipynb) => {
    const executed = parseNotebook(ipynb);
    const error = { output_type: "error", ename: "Error", evalue: "boom\nmore", traceback: [] };
    const cells = executed.cells.map((cell) => (cell.id === "arrival" ? { ...cell, outputs: [error] } : cell));
    return formatNotebook({ ...executed, cells: cells as typeof executed.cells });
  };
  const line = lesson.split("\n").indexOf("const arrival = walk(vector(1), { epochs: epochs });") + 1;
  await expect(build(course.root, [tp9], { execute: failing })).rejects.toThrow(
    `${lessonFile}:${line}: in solutions/tp9.ipynb: Error: boom`,
  );
  expect(() => course.read("solutions/tp9.ipynb")).toThrow("ENOENT");
});

it("a folder that cannot be written is told, and no other file is written", async () => {
  course.write("notebooks", "a file where the folder should be");
  await expect(rebuild()).rejects.toThrow(/^notebooks\/tp9\.ipynb:1: cannot be written \(E/);
  expect(readdirSync(join(course.root, "exercises"))).toEqual(["package.json"]);
  expect(readdirSync(join(course.root, "course/tp9"))).toEqual(["lesson.fr.md"]);
});

it("a second TP that fails keeps the first from being written", async () => {
  await expect(build(course.root, [tp9, { ...tp9, name: "tp8" }])).rejects.toThrow(
    "course/tp8/lesson.fr.md:1: missing",
  );
  expect(readdirSync(join(course.root, "exercises"))).toEqual(["package.json"]);
});

it("both notebooks run the visible tests of an exercise where the lesson asks for it, in a cell nobody edits", async () => {
  course.replace(lessonFile, "Vérifiez :", "```ts check=tp9.double\n```\n\nVérifiez :");
  await rebuild();
  for (const file of ["notebooks/tp9.ipynb", "solutions/tp9.ipynb"]) {
    expect(cell(file, "check-tp9-double")).toMatchObject({
      cell_type: "code",
      metadata: { editable: false, deletable: false, retroprop: { kind: "check", exercise: "tp9.double" } },
      source: expect.stringMatching(/^\/\/ Vérifier.*\nawait check\("tp9\.double", \{ double: double \}\);$/),
    });
  }
});

it("a check hands over what is given above it and the exercises that its own uses", async () => {
  const exercises = tp9.exercises.map((one) => (one.id === "tp9.walk" ? { ...one, uses: ["tp9.double"] } : one));
  course.replace(
    lessonFile,
    "## Doubler\n",
    "## Doubler\n\n```ts given=src/vector.ts#add\n```\n\n```ts given=src/vector.ts#Vector\n```\n",
  );
  course.replace(lessonFile, "```ts summary", "```ts check=tp9.walk\n```\n\n```ts summary");
  await build(course.root, [{ ...tp9, exercises }]);
  expect(cell("notebooks/tp9.ipynb", "check-tp9-walk")!["source"]).toContain(
    'await check("tp9.walk", { add: add, double: double, walk: walk });',
  );
});

it("a reference may stand beside its lesson, and import the library by its name, under other names", async () => {
  const file = "course/tp9/reference/steps.ts";
  course.write(
    file,
    `import { add as plus, type Vector } from "retroprop";

/** Twice. */
export function double(x: Vector): Vector {
  return plus(x, x);
}
`,
  );
  const exercises = tp9.exercises.map((one) =>
    one.id === "tp9.double" ? { ...one, symbol: `${file}#double`, alsoAnsweredBy: ["src/steps.ts#double"] } : one,
  );
  course.replace(lessonFile, "import { add, ", "import { add, add as plus, ");
  course.replace("src/steps.ts", "place = double(place)", "place = add(place, place)");
  await build(course.root, [{ ...tp9, exercises }]);
  expect(course.read("solutions/tp9.ts")).toContain("add as plus");
  expect(course.read("solutions/tp9.ts")).toContain(
    "export function double(x: Vector): Vector {\n  return plus(x, x);",
  );
  expect(course.read("exercises/tp9.ts")).not.toContain("plus(x, x)");
});

it.each([
  ["above its exercise", "# Premiers pas\n", "# Premiers pas\n\n```md hint=tp9.walk\nPlus bas.\n```\n"],
  ["below another", "### Question\n", "```md hint=tp9.double\nPlus haut.\n```\n\n### Question\n"],
])("a hint %s is refused at its line", async (_, before, after) => {
  course.replace(lessonFile, before, after);
  const text = course.read(lessonFile).split("\n");
  const line = text.findIndex((one) => one.startsWith("Plus ")) + 1;
  await expect(rebuild()).rejects.toThrow(
    new RegExp(`^${lessonFile}:${line}: this is a hint for .*: put it below that exercise, before the next$`),
  );
});

it.each([
  ["above its exercise", "# Premiers pas\n", "# Premiers pas\n\n```ts check=tp9.double\n```\n"],
  ["of another TP's exercise", "### Question\n", "```ts check=tp8.double\n```\n\n### Question\n"],
])("a check %s is refused at its line", async (_, before, after) => {
  course.replace(lessonFile, before, after);
  const line =
    course
      .read(lessonFile)
      .split("\n")
      .findIndex((text) => text.includes("check=")) + 1;
  await expect(rebuild()).rejects.toThrow(
    new RegExp(`^${lessonFile}:${line}: this checks .*: put it below that exercise$`),
  );
});
