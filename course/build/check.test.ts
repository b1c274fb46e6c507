import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Tp } from "../manifest.js";
import { build } from "./build.js";
import { check, type Finding } from "./check.js";
import { formatProblem } from "./course-error.js";
import type { Execute, ExecuteTask } from "./execute.js";
import { lesson, type MiniCourse, miniCourse, steps, tp9 } from "./fixtures/mini-course.js";
import { formatNotebook, type NotebookCell, parseNotebook } from "./notebook-format.js";

let course: MiniCourse;
beforeEach(async () => {
  course = miniCourse();
  await build(course.root, [tp9], { execute: execute() });
});
afterEach(() => course.remove());

const lessonFile = "course/tp9/lesson.fr.md";
const task: ExecuteTask = { folder: "solutions", label: "", allowErrors: false };
const lineOf = (text: string): number => lesson.split("\n").findIndex((line) => line.includes(text)) + 1;

/** A kernel that runs nothing and fails the cells it is told to. */
function execute(errors: Readonly<Record<string, string>> = {}, seen: string[] = []): Execute {
  return async (ipynb) => {
    seen.push(ipynb);
    const notebook = parseNotebook(ipynb);
    const run = (cell: NotebookCell): NotebookCell => {
      if (cell.cell_type !== "code") return cell;
      const evalue = errors[cell.id];
      const outputs = evalue === undefined ? [] : [{ output_type: "error", ename: "Error", evalue, traceback: [] }];
      return { ...cell, execution_count: 1, outputs };
    };
    return formatNotebook({ ...notebook, cells: notebook.cells.map(run) });
  };
}

async function findings(tp: Tp = tp9, kernel?: Execute): Promise<Finding[]> {
  const all: Finding[] = [];
  for await (const finding of check(course.root, tp, kernel)) all.push(finding);
  return all;
}

/** What is said against the course, law by law. */
async function broken(tp: Tp = tp9, kernel?: Execute): Promise<Record<string, string[]>> {
  const guilty = (await findings(tp, kernel)).filter(({ problems }) => problems.length > 0);
  return Object.fromEntries(guilty.map(({ law, problems }) => [law, problems.map(formatProblem)]));
}

it("a course just built and executed keeps every law", async () => {
  const all = await findings(tp9, execute());
  expect(all.filter(({ problems }) => problems.length > 0)).toEqual([]);
  expect(all.map(({ law }) => law)).toContain("every notebook executes with its small parameters");
}, 120_000);

it("points that do not sum to 20, an exercise worth nothing and a session too long are told", async () => {
  const [first, ...others] = tp9.exercises;
  const sessions = [
    {
      title: "Une séance",
      steps: [
        { title: "A", minutes: 70 },
        { title: "B", minutes: 51 },
      ],
    },
  ];
  const laws = await broken({ ...tp9, sessions, exercises: [{ ...first!, points: 0 }, ...others] });
  expect(laws["the exercises are worth 20 points, the questions apart"]).toEqual([
    "course/manifest.ts:1: the exercises of tp9 are worth 8 points",
    "course/manifest.ts:1: `tp9.double` is worth 0 points",
  ]);
  expect(laws["a session lasts at most 120 minutes"]).toEqual([
    "course/manifest.ts:1: the session `Une séance` lasts 121 minutes: shorten it or split it",
  ]);
});

it("an exercise that uses one that comes later, or that is none, is told", async () => {
  const [first, second] = tp9.exercises;
  const laws = await broken({
    ...tp9,
    exercises: [
      { ...first!, uses: ["tp9.walk"] },
      { ...second!, uses: ["tp9.run"] },
    ],
  });
  expect(laws["an exercise uses exercises that come before it"]).toEqual([
    "course/manifest.ts:1: `tp9.double` uses `tp9.walk`, which does not come before it",
    "course/manifest.ts:1: `tp9.walk` uses `tp9.run`, which does not come before it",
  ]);
});

it("what is wrong with the French is told at its line", async () => {
  course.replace(lessonFile, "Que vaut la somme ?", 'Que vaut la "somme" ?');
  const line = lineOf("Que vaut");
  const message = `${lessonFile}:${line}: a straight quote " in French prose: write « … »`;
  expect((await broken())["the French is typeset as French"]).toEqual([message]);
});

it("a generated file changed by hand is told at the line that differs, a missing one as missing", async () => {
  course.replace("exercises/tp9.ts", " * Twice `x`.", " * Thrice `x`.");
  rmSync(join(course.root, "notebooks/tp9.ipynb"));
  expect((await broken())["regenerating changes nothing"]).toEqual([
    "notebooks/tp9.ipynb:1: missing: run `retroprop build`",
    "exercises/tp9.ts:11: not what the sources give: change those, then run `retroprop build`",
  ]);
});

it("a cell that does not compile is told at its line in the lesson, a .ts file at its own", async () => {
  course.replace(lessonFile, "{ epochs: epochs }", "{ epoch: epochs }");
  course.replace(lessonFile, "const start: Vector = vector(1, 2);", "const start: Vector = 12;");
  const problems = (await broken())["stubs, solutions and notebooks compile"]!.map((text) => text.split(": ")[0]);
  const inLesson = `${lessonFile}:${lineOf("const arrival")}`;
  expect(problems).toEqual(["exercises/tp9.ts:29", "solutions/tp9.ts:28", inLesson]);
});

it("a cell may declare again what another declared", async () => {
  course.replace(lessonFile, "const proof =", "const epochs = 2;\nconst proof =");
  expect(await broken()).not.toHaveProperty("stubs, solutions and notebooks compile");
});

it("a shorthand for a name of another cell, which tslab loses, is told", async () => {
  course.replace(lessonFile, "{ epochs: epochs }", "{ epochs }");
  course.replace(lessonFile, "const proof =", "const own = 1;\nconsole.log({ own });\nconst proof =");
  expect((await broken())["no cell trips over a fault of stock tslab"]).toEqual([
    `${lessonFile}:${lineOf("const arrival")}: ` +
      "tslab does not find `epochs` of another cell in `{ epochs }`: write `epochs: epochs`",
  ]);
});

it("a renamed property called as what another cell declares, over which tslab trips, is told", async () => {
  course.replace(
    lessonFile,
    "const proof =",
    "const { epochs: all } = { epochs: 3 };\nconst { own: mine } = { own: 3 };\nconst f = ({ epochs: n }: { epochs: number }) => n;\nconsole.log(all, mine, f);\nconst proof =",
  );
  expect((await broken())["no cell trips over a fault of stock tslab"]).toEqual([
    `${lessonFile}:${lineOf("const proof")}: ` +
      "tslab trips over `{ epochs: … } =` where another cell declares `epochs`: read the property by its name",
  ]);
});

it("a solution copied where students read is told there, one short line like it is not", async () => {
  course.replace(lessonFile, "console.log(double", "const theSecretOfDoubling = add(x,  x);\nconsole.log(double");
  expect(await broken()).not.toHaveProperty("no solution is shown to students");
  course.replace(lessonFile, "console.log(double", "return theSecretOfDoubling;\nconsole.log(double");
  expect((await broken())["no solution is shown to students"]).toEqual([
    `${lessonFile}:${lineOf("console.log(double(")}: shows students a part of the solution of \`tp9.double\``,
  ]);
});

it("a solution notebook that was not executed, or failed, is told", async () => {
  const law = "the solution notebook is executed, without errors, with its figures";
  const notebook = course.read("solutions/tp9.ipynb");
  course.write("solutions/tp9.ipynb", await execute({ arrival: "boom" })(notebook, task));
  expect((await broken())[law]).toEqual([
    `${lessonFile}:${lineOf("const arrival")}: in solutions/tp9.ipynb: Error: boom`,
  ]);
  course.replace(lessonFile, "const epochs = 5;", "const epochs = 6;");
  expect((await broken())[law]).toEqual([
    "solutions/tp9.ipynb:1: not executed since its code last changed: run `retroprop build --execute`",
  ]);
});

it("a cell that should show a figure and does not is told", async () => {
  course.replace(lessonFile, "const proof =", "declare function show(figure: unknown): void;\nshow(1);\nconst proof =");
  await build(course.root, [tp9], { execute: execute() });
  expect((await broken())["the solution notebook is executed, without errors, with its figures"]).toEqual([
    expect.stringContaining("the cell `proof` shows no figure"),
  ]);
});

it("the notebooks run with the small values right after their parameters", async () => {
  const seen: string[] = [];
  await findings(tp9, execute({}, seen));
  expect(seen).toHaveLength(2);
  for (const ipynb of seen) {
    const { cells } = parseNotebook(ipynb);
    const index = cells.findIndex(({ id }) => id === "injected-parameters");
    expect(cells[index]!.source).toBe("const epochs = 1;");
    expect(cells[index - 1]!.source).toBe("const epochs = 5;");
  }
});

it("a small value for a constant that the lesson does not declare is told", async () => {
  const laws = await broken({ ...tp9, quickParameters: { rounds: 1 } });
  expect(laws["the manifest and the lesson agree: exercises and questions once, in order, and the parameters"]).toEqual(
    [
      `${lessonFile}:${lineOf("const epochs")}: ` +
        "quickParameters of course/manifest.ts has `rounds`: declare it with const in the `ts parameters` cell",
    ],
  );
});

it("the student's notebook may stop at its holes and at what follows from them, nowhere else", async () => {
  const law = "every notebook executes with its small parameters";
  const student =
    (errors: Record<string, string>): Execute =>
    (ipynb, task) =>
      execute(task.allowErrors ? errors : {})(ipynb, task);
  const hole = { arrival: "À compléter : walk" };
  expect(await broken(tp9, student(hole))).not.toHaveProperty(law);
  course.replace(lessonFile, "### Question", "```ts id=after\nconsole.log(arrival);\n```\n\n### Question");
  expect(await broken(tp9, student({ ...hole, after: "arrival is not defined" }))).not.toHaveProperty(law);
  expect((await broken(tp9, student({ after: "arrival is not defined" })))[law]).toEqual([
    expect.stringMatching(/in notebooks\/tp9\.ipynb: Error: arrival is not defined$/),
  ]);
});

it("an exercise of which only the documentation goes is told not to throw", async () => {
  course.replace("src/steps.ts", "  // #region solution\n", "");
  course.replace("src/steps.ts", "  // #endregion\n", "");
  course.replace(
    "src/steps.ts",
    "export function walk(x: Vector, { epochs }: WalkOptions): Vector {",
    "export class walk {\n  x(): void;\n  constructor() {",
  );
  expect((await findings()).at(-1)!.problems[0]!.message).toContain("`walk` has no body to leave out");
});

it("a lesson that cannot be read ends the check with its mistake", async () => {
  course.replace(lessonFile, "ts exercise=tp9.double", "ts exercice=tp9.double");
  const last = (await findings()).at(-1)!;
  expect(last.law).toBe("the lesson can be read");
  expect(last.problems[0]!.line).toBe(lineOf("exercise=tp9.double"));
});

it("without a glossary the course is not complete", async () => {
  rmSync(join(course.root, "course/glossary.md"));
  expect((await broken())["the glossary is there"]).toEqual([
    expect.stringMatching(/^course\/glossary\.md:1: missing/),
  ]);
});

it("ids that are not locked yet are told at once", async () => {
  rmSync(join(course.root, "course/tp9/ids.lock"));
  expect((await broken())["cell ids are unique, valid and locked"]).toEqual([
    `${lessonFile}:1: the id \`premiers-pas\` is not in course/tp9/ids.lock yet (nor are 13 more): run \`retroprop build\``,
  ]);
});

it("what a student's file takes from the library must be in the student edition", async () => {
  course.write("src/steps.ts", `${steps}\nexport const twice = (x: Vector): Vector => double(x);\n`);
  course.replace("src/index.ts", "double, walk", "double, twice, walk");
  course.replace(
    lessonFile,
    "const arrival =",
    'import { twice } from "retroprop";\ntwice(vector(1));\nconst arrival =',
  );
  await build(course.root, [tp9], { execute: execute() });
  expect(await broken()).toEqual({
    "what students receive compiles against the student edition": [
      `${lessonFile}:${lineOf("const arrival")}: Module '"retroprop"' has no exported member 'twice'.`,
    ],
  });
});

it("a solution that stays in the student edition under another name is told", async () => {
  const body = /\{\n {2}const theSecret[\s\S]*?\n\}/.exec(steps)![0];
  course.write(
    "src/copy.ts",
    `import { add, type Vector } from "./vector.js";\nexport function copy(x: Vector): Vector ${body}\n`,
  );
  course.write("src/index.ts", `${course.read("src/index.ts")}export { copy } from "./copy.js";\n`);
  expect(await broken()).toEqual({
    "no solution is in the student edition": [
      "dist/editions/tp9/retroprop/dist/copy.js:2: shows students a part of the solution of `tp9.double`",
    ],
  });
});

it("an edition that does not compile is told", async () => {
  course.replace("src/vector.ts", "b.data[i]!", "b.data[i]");
  const problems = (await broken())["the student edition compiles"]!;
  expect(problems).toEqual([expect.stringMatching(/^src\/vector\.ts:\d+: Object is possibly 'undefined'/)]);
});
