// The laws that generated files must keep. To add one: a line in the list.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { compileProblems, fileUnit, notebookUnit } from "./compile.js";
import type { Problem } from "./course-error.js";
import { placeOf } from "./course-source.js";
import { failures } from "./execute.js";
import { type Generated, generatedFiles } from "./generate.js";
import type { Law } from "./law.js";
import { leakProblems } from "./leak.js";
import { unfinished } from "./messages.fr.js";
import { codeCells, type Output } from "./notebook-format.js";
import { hole } from "./stub.js";
import { shorthandProblems } from "./tslab-faults.js";

export const generatedLaws: readonly Law<Generated>[] = [
  { name: "regenerating changes nothing", problems: changeProblems },
  { name: "stubs, solutions and notebooks compile", problems: typeProblems },
  { name: "no cell trips over a fault of stock tslab", problems: shorthandProblems },
  { name: "every stub throws", problems: stubProblems },
  { name: "no solution is shown to students", problems: leakProblems },
  { name: "the solution notebook is executed, without errors, with its figures", problems: executionProblems },
];

function changeProblems({ files }: Generated, root: string): Problem[] {
  return [...files].flatMap(([file, text]) => {
    const path = join(root, file);
    if (!existsSync(path)) return [{ file, line: 1, message: "missing: run `retroprop build`" }];
    const present = readFileSync(path, "utf8");
    const message = "not what the sources give: change those, then run `retroprop build`";
    return present === text ? [] : [{ file, line: firstDifference(present, text), message }];
  });
}

/** The first line, from 1, at which two texts differ. */
function firstDifference(a: string, b: string): number {
  const [left, right] = [a.split("\n"), b.split("\n")];
  const index = left.findIndex((line, i) => line !== right[i]);
  return (index < 0 ? left.length : index) + 1;
}

function typeProblems({ source, student, solution, files }: Generated, root: string): Problem[] {
  const paths = generatedFiles(source.tp);
  const place = (cell: string) => placeOf(source, cell);
  return compileProblems(root, [
    fileUnit(paths.exercises, files.get(paths.exercises)!),
    fileUnit(paths.solutions, files.get(paths.solutions)!),
    notebookUnit(paths.student, student, place),
    notebookUnit(paths.solution, solution, place),
  ]);
}

function stubProblems({ source, files }: Generated): Problem[] {
  const file = generatedFiles(source.tp).exercises;
  const parsed = ts.createSourceFile(file, files.get(file)!, ts.ScriptTarget.Latest, true);
  const exercises = source.lesson.cells.filter(({ kind }) => kind === "exercise");
  return exercises.flatMap((cell) => {
    const { name } = source.declarationOf(cell);
    const statement = parsed.statements.find((candidate) => declares(candidate, name));
    if (statement && throwsHole(statement)) return [];
    return [
      {
        ...placeOf(source, cell.id),
        message: `the stub of \`${cell.target}\` in ${file} does not throw \`${hole(name)}\``,
      },
    ];
  });
}

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.some((declaration) => declaration.name.getText() === name);
  }
  return (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name?.text === name;
}

/** Whether some body in a declaration throws the error of an unfinished exercise. */
function throwsHole(node: ts.Node): boolean {
  return (
    (ts.isThrowStatement(node) && node.getText().includes(unfinished)) || (ts.forEachChild(node, throwsHole) ?? false)
  );
}

function executionProblems({ source, solution }: Generated): Problem[] {
  const { solution: file } = generatedFiles(source.tp);
  const cells = codeCells(solution);
  const advice = "run `retroprop build --execute`";
  if (cells.every(({ execution_count }) => execution_count === null)) {
    return [{ file, line: 1, message: `not executed since its code last changed: ${advice}` }];
  }
  const notRun = cells.filter(({ execution_count }) => execution_count === null);
  const blank = cells.filter(
    (cell) => !notRun.includes(cell) && showsFigure.test(cell.source) && !cell.outputs.some(isFigure),
  );
  return [
    ...failures(solution).map(({ cell, message }) => ({ ...placeOf(source, cell), message: `in ${file}: ${message}` })),
    ...notRun.map(({ id }) => ({ ...placeOf(source, id), message: `the cell \`${id}\` was not reached: ${advice}` })),
    ...blank.map(({ id }) => ({ ...placeOf(source, id), message: `the cell \`${id}\` shows no figure: ${advice}` })),
  ];
}

/** How a lesson shows a figure. */
const showsFigure = /\bshow(Figure)?\(/;

const isFigure = ({ data }: Output): boolean =>
  typeof data === "object" && data !== null && Object.keys(data).some((type) => type !== "text/plain");
