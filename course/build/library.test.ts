import { afterEach, beforeEach, expect, it } from "vitest";
import { index, type MiniCourse, miniCourse, steps } from "./fixtures/mini-course.js";
import { openLibrary } from "./library.js";

let course: MiniCourse;
beforeEach(() => {
  course = miniCourse();
});
afterEach(() => course.remove());

const asked = { file: "lesson.fr.md", line: 4 };
const declarationOf = (symbol: string) =>
  openLibrary(course.root, [symbol.replace(/#.*/, "")]).declaration(symbol, asked);
const usesOf = (symbol: string) =>
  declarationOf(symbol).uses.map(({ name, symbol, exportedAs, typeOnly }) => [name, symbol, exportedAs, typeOnly]);

it("a declaration is taken with its documentation and without export", () => {
  const { text, file, line } = declarationOf("src/steps.ts#double");
  expect(text).toMatch(/^\/\*\*\n \* Twice `x`\.[\s\S]*\nfunction double\(x: Vector\): Vector \{[\s\S]*\}$/);
  expect([file, line]).toEqual(["src/steps.ts", 14]);
});

it("what it uses is named as exported, types apart from values", () => {
  expect(usesOf("src/steps.ts#walk")).toEqual([
    ["Vector", "src/vector.ts#Vector", "Vector", true],
    ["WalkOptions", "src/steps.ts#WalkOptions", "WalkOptions", true],
    ["double", "src/steps.ts#double", "double", false],
  ]);
});

it("a local name is not taken for the import it hides, nor a member for a function", () => {
  course.write(
    "src/hide.ts",
    'import { add } from "./vector.js";\nexport function f(add: { vector: number }): number {\n  return add.vector;\n}\n',
  );
  expect(usesOf("src/hide.ts#f")).toEqual([]);
});

it("a name is followed to the symbol it stands for, whatever it is called on the way", () => {
  course.write(
    "src/rename.ts",
    'import { add as plus } from "./vector.js";\nexport const f = (): unknown => ({ plus });\n',
  );
  course.write("src/index.ts", 'export { add as sum } from "./vector.js";\n');
  expect(usesOf("src/rename.ts#f")).toEqual([["plus", "src/vector.ts#add", "sum", false]]);
});

it("what is not exported, or comes from a package, is said to be neither", () => {
  course.write("src/index.ts", "export {};\n");
  course.write(
    "src/steps.ts",
    `import { readFileSync } from "node:fs";\n${steps.replace("add(x, x)", "readFileSync(x)")}`,
  );
  expect(usesOf("src/steps.ts#double").map(([name, , exportedAs]) => [name, exportedAs])).toEqual([
    ["Vector", undefined],
    ["readFileSync", undefined],
  ]);
});

it("overloads go together", () => {
  course.write(
    "src/over.ts",
    "export function f(x: number): number;\nexport function f(x: string): string;\nexport function f(x: never): unknown {\n  return x;\n}\n",
  );
  expect(declarationOf("src/over.ts#f").text.match(/^function f/gm)).toHaveLength(3);
});

it("the exports of the library are known, those that are only types as such", () => {
  const { exports } = openLibrary(course.root, []);
  expect(Object.fromEntries(exports)).toEqual({
    WalkOptions: true,
    double: false,
    walk: false,
    Vector: true,
    vector: false,
    add: false,
  });
});

it.each([
  ["src/steps.ts", "expected FILE#NAME"],
  ["src/nowhere.ts#f", "there is no file src/nowhere.ts"],
  ["src/steps.ts#triple", "src/steps.ts declares nothing of this name"],
])("%s is refused where it is asked for", (symbol, message) => {
  expect(() => declarationOf(symbol)).toThrow(`lesson.fr.md:4: \`${symbol}\`: ${message}`);
});

it("a course without its entry point is refused", () => {
  course.write("src/index.ts", index);
  const { root } = course;
  course.remove();
  expect(() => openLibrary(root, [])).toThrow("src/index.ts:1: this file is missing");
});
