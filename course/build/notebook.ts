// Writes notebooks/tp1.ipynb and solutions/tp1.ipynb: the lesson's cells, each as its edition shows it.
import type { CellMetadata } from "../../lab/course-notebook.js";
import type { Tp } from "../manifest.js";
import type { CourseSource } from "./course-source.js";
import { widestLine } from "./imports.js";
import type { Cell } from "./lesson.js";
import * as french from "./messages.fr.js";
import type { Notebook, NotebookCell } from "./notebook-format.js";
import { fillPlaceholders } from "./placeholders.js";
import { solutionOf, stubOf } from "./stub.js";
import { hintsOf, tpMetadata } from "./tp-metadata.js";
import { frenchTypography } from "./typography.js";

export type Edition = "student" | "solution";

/** The notebook of an edition, not executed. */
export function notebook(source: CourseSource, edition: Edition): Notebook {
  return {
    cells: source.lesson.cells.flatMap((cell) => notebookCell(source, edition, cell) ?? []),
    metadata: {
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
      retroprop: tpMetadata(source, edition),
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Handed out as it is: nobody edits the statement by mistake. */
const frozen = { editable: false, deletable: false };
const kept = { deletable: false };

const marked = (retroprop: CellMetadata): { readonly retroprop: CellMetadata } => ({ retroprop });

function notebookCell(source: CourseSource, edition: Edition, cell: Cell): NotebookCell | undefined {
  const { kind } = cell;
  switch (kind) {
    case "text":
      return markdownCell(cell, { ...frozen, ...marked({ kind }) }, frenchText(source, cell));
    case "code":
      return codeCell(cell, marked({ kind }), cell.source);
    case "parameters":
    case "summary":
      return codeCell(cell, { ...marked({ kind }), tags: [kind] }, cell.source);
    case "solution":
      return edition === "solution" ? codeCell(cell, marked({ kind }), cell.source) : undefined;
    case "given":
      return codeCell(cell, { ...frozen, ...marked({ kind }) }, solutionOf(source.declarationOf(cell)));
    case "exercise":
      return exerciseCell(source, edition, cell);
    case "check": {
      const { id } = source.exerciseOf(cell);
      return codeCell(cell, { ...frozen, ...marked({ kind, exercise: id }) }, checkCode(source, cell));
    }
    case "question": {
      const { id, points } = source.questionOf(cell);
      const answer = edition === "student" ? french.emptyAnswer : modelAnswer(source, cell);
      return markdownCell(cell, { ...kept, ...marked({ kind, points, question: id }) }, answer);
    }
  }
}

function exerciseCell(source: CourseSource, edition: Edition, cell: Cell): NotebookCell {
  const { id, points } = source.exerciseOf(cell);
  const code = edition === "student" ? stubOf : solutionOf;
  const metadata = marked({ kind: "exercise", exercise: id, points, hints: hintsOf(source, id) });
  return codeCell(cell, { ...kept, ...metadata }, code(source.declarationOf(cell)));
}

/** `{ softmax: softmax }`: stock tslab does not find a name of another cell in `{ softmax }`. */
function checkCode(source: CourseSource, cell: Cell): string {
  const { id } = source.exerciseOf(cell);
  const functions = checkedNames(source, cell).map((name) => `${name}: ${name}`);
  const call = `await check(${JSON.stringify(id)}, { ${functions.join(", ")} });`;
  const lines =
    call.length <= widestLine
      ? call
      : `await check(${JSON.stringify(id)}, {\n${functions.map((line) => `  ${line},\n`).join("")}});`;
  return `// ${frenchTypography(french.checkComment)}\n${lines}`;
}

/** What the tests of an exercise may call: what is given above it, the exercises it uses, and itself. */
function checkedNames(source: CourseSource, check: Cell): string[] {
  const { id, uses = [] } = source.exerciseOf(check);
  const cells = source.lesson.cells.slice(0, source.lesson.cells.indexOf(check));
  const called = cells.filter((cell) =>
    cell.kind === "given"
      ? source.declarationOf(cell).isValue
      : cell.kind === "exercise" && [id, ...uses].includes(cell.target),
  );
  return called.map((cell) => source.declarationOf(cell).name);
}

function modelAnswer(source: CourseSource, cell: Cell): string {
  const { points, rubric } = source.questionOf(cell);
  return `${frenchText(source, cell)}\n\n${frenchTypography(french.rubricLine(points, rubric))}`;
}

function frenchText({ tp, lesson }: CourseSource, { source, line }: Cell): string {
  return frenchTypography(fillPlaceholders(source, tp, { file: lesson.file, line }));
}

const markdownCell = ({ id }: Cell, metadata: NotebookCell["metadata"], text: string): NotebookCell => ({
  cell_type: "markdown",
  id,
  metadata,
  source: text.trim(),
});

const codeCell = ({ id }: Cell, metadata: NotebookCell["metadata"], code: string): NotebookCell => ({
  cell_type: "code",
  execution_count: null,
  id,
  metadata,
  outputs: [],
  source: code.trim(),
});

/** The same notebook with other values: after its `parameters` cell comes one that declares them again, as papermill does. */
export function withParameters(original: Notebook, values: Tp["quickParameters"]): Notebook {
  const index = original.cells.findIndex(({ metadata }) => metadata.tags?.includes("parameters"));
  const code = Object.entries(values).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
  if (index < 0 || code.length === 0) return original;
  const injected: NotebookCell = {
    cell_type: "code",
    execution_count: null,
    id: "injected-parameters",
    metadata: { tags: ["injected-parameters"] },
    outputs: [],
    source: code.join("\n"),
  };
  return { ...original, cells: original.cells.toSpliced(index + 1, 0, injected) };
}
