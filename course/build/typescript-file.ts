// Writes exercises/tp1.ts and solutions/tp1.ts: the exercises as one file for an editor, run with ts-node.
import ts from "typescript";
import type { Place } from "./course-error.js";
import type { CourseSource } from "./course-source.js";
import { importStatement, importsOfBlock, importsOfDeclarations, withoutImports } from "./imports.js";
import type { Lesson } from "./lesson.js";
import * as french from "./messages.fr.js";
import type { Edition } from "./notebook.js";
import { solutionOf, stubOf } from "./stub.js";
import { frenchTypography } from "./typography.js";

/** The whole text of the file. Both editions import the same names. */
export function typescriptFile(source: CourseSource, edition: Edition): string {
  const { tp, lesson } = source;
  const header = edition === "student" ? french.exercisesHeader : french.solutionsHeader;
  const parts = [
    header(tp, lesson.file).map(comment).join("\n"),
    importsOf(source),
    ...declarations(source, edition),
    demonstration(source, edition),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const comment = (line: string): string => `// ${frenchTypography(line)}`;

function importsOf(source: CourseSource): string {
  const { lesson, library } = source;
  const cells = codeCells(source);
  const declared = cells.map(source.declarationOf);
  const placeOf = (symbol: string): Place => ({
    file: lesson.file,
    line: cells[declared.findIndex((declaration) => declaration.symbol === symbol)]!.line,
  });
  const names = new Set(declared.map(({ name }) => name));
  return importStatement([
    ...importsOfDeclarations(declared, placeOf),
    ...(lesson.demonstration ? importsOfBlock(demonstrationBlock(lesson), library, names) : []),
  ]);
}

const codeCells = ({ lesson }: CourseSource) =>
  lesson.cells.filter(({ kind }) => kind === "exercise" || kind === "given");

function declarations(source: CourseSource, edition: Edition): string[] {
  return codeCells(source).map((cell) => {
    const declaration = source.declarationOf(cell);
    if (cell.kind === "given") return `${comment(french.givenHeading)}\n${exported(solutionOf(declaration))}`;
    const { title, points } = source.exerciseOf(cell);
    const code = edition === "student" ? stubOf(declaration) : solutionOf(declaration);
    return `${comment(french.exerciseHeading(title, points))}\n${exported(code)}`;
  });
}

/** Puts `export` before each statement of a declaration, after its TSDoc. */
function exported(text: string): string {
  const file = ts.createSourceFile("declaration.ts", text, ts.ScriptTarget.Latest, true);
  return [...file.statements].reverse().reduce((code, statement) => {
    const start = statement.getStart();
    return `${code.slice(0, start)}export ${code.slice(start)}`;
  }, text);
}

/** The lesson's `ts file` block, run only when the file itself is. */
function demonstration({ tp, lesson }: CourseSource, edition: Edition): string {
  if (!lesson.demonstration) return "";
  const block = demonstrationBlock(lesson);
  const signature = hasAwait(block)
    ? "async function demonstration(): Promise<void>"
    : "function demonstration(): void";
  const folder = edition === "student" ? "exercises" : "solutions";
  return [
    `/** ${frenchTypography(french.demonstration(`${folder}/${tp.name}.ts`))} */`,
    `${signature} {`,
    indent(block),
    "}",
    "",
    "if (require.main === module) demonstration();",
  ].join("\n");
}

const demonstrationBlock = ({ file, demonstration }: Lesson): string =>
  demonstration ? withoutImports(demonstration.source, { file, line: demonstration.line }) : "";

/** Whether a block waits for something outside of any function of its own. */
function hasAwait(block: string): boolean {
  const visit = (node: ts.Node): boolean =>
    ts.isAwaitExpression(node) ||
    (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ||
    (!ts.isFunctionLike(node) && (ts.forEachChild(node, visit) ?? false));
  return visit(ts.createSourceFile("block.ts", block, ts.ScriptTarget.Latest, true));
}

/** Two spaces before each line, but for those inside a template string, whose value they would change. */
function indent(block: string): string {
  const file = ts.createSourceFile("block.ts", block, ts.ScriptTarget.Latest, true);
  const inTemplate = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateLiteralToken(node)) {
      const first = file.getLineAndCharacterOfPosition(node.getStart()).line;
      const last = file.getLineAndCharacterOfPosition(node.end).line;
      for (let line = first + 1; line <= last; line++) inTemplate.add(line);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  const lines = block.split("\n");
  return lines.map((line, i) => (line === "" || inTemplate.has(i) ? line : `  ${line}`)).join("\n");
}
