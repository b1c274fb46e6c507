// A cell as a TypeScript module, twice: as TypeScript checks it (`checkedText`) and as it is compiled to run (`runText`).
// Names of earlier cells are imported; the cell's own are exported.
import type TS from "typescript";
import { type CellSource, type DeclaredName, hasModifier, isExportList } from "./cell-source.js";
import type { NamesOfCell, OwnedName } from "./names.js";
import { earlierName } from "./replacements.js";
import { reservedNames } from "./reserved-names.js";
import { ts } from "./typescript.js";

/**
 * What we add comes after the code, so that every offset of the code is the same in the module. Names that it declares
 * again are there as they were too, to be compared.
 */
export function checkedText(source: CellSource, taken: readonly NamesOfCell[], again: readonly OwnedName[]): string {
  const own = source.declared.filter(({ exported }) => !exported).map(({ name }) => name);
  const added = [`export { ${own.join(", ")} };`, ...taken.map(typedImport), ...again.map(earlierImport)];
  return [source.code, ...added, ""].join("\n");
}

const earlierImport = ({ name, cell }: OwnedName): string =>
  `import { ${name} as ${earlierName(name)} } from ${JSON.stringify(cell.specifier)};`;

/** A variable must stay assignable, which an import is not: it is declared with the type it has where it comes from. */
function typedImport({ cell, names }: NamesOfCell): string {
  const from = JSON.stringify(cell.specifier);
  const variables = names.filter(({ kind }) => kind === "variable");
  const others = names.filter(({ kind }) => kind !== "variable");
  return [
    ...variables.map(({ name }) => `declare let ${name}: typeof import(${from}).${name};`),
    `import { ${others.map(({ name }) => name).join(", ")} } from ${from};`,
  ].join(" ");
}

export interface RunText {
  /** One line more than the cell, at its beginning. */
  readonly text: string;
  /** From a place of `text` to that of the cell; undefined in the line that comes before it. */
  toCell(place: Place): Place | undefined;
}

/** Both from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Every name of an earlier cell is imported (TypeScript then compiles its uses to `cell.name`, to read and to assign), and
 * every name of its own is given as a getter and a setter: in the cell it stays a plain variable, fast in loops, and read
 * too early it says so.
 */
export function runText(source: CellSource, taken: readonly NamesOfCell[]): RunText {
  const edits = [...source.file.statements.flatMap(withoutExport), ...returnResult(source)];
  const own = source.declared.filter(({ kind, passedOn }) => kind !== "type" && !passedOn);
  const header = `${taken.map(plainImport).join("")}__own({${own.map(accessors).join(",")}});`;
  const inOrder = edits.toSorted((a, b) => a.start - b.start);
  return {
    text: `${header}\n${applyEdits(source.code, inOrder)}`,
    toCell: (place) => (place.line === 0 ? undefined : undo(source, inOrder, place)),
  };
}

/** The parameters of the function that a compiled cell is. */
export const runParameters = "exports, require, module, __filename, __dirname, __meta, __import, __own";

function plainImport({ cell, names }: NamesOfCell): string {
  const from = JSON.stringify(cell.specifier);
  const values = names.filter(({ kind }) => kind !== "type").map(({ name }) => name);
  const taken = values.filter((name) => !reservedNames.includes(name));
  const others = values.filter((name) => reservedNames.includes(name));
  const whole = `__${cell.specifier.replace(":", "_")}`;
  return [
    ...(taken.length === 0 ? [] : [`import { ${taken.join(", ")} } from ${from};`]),
    ...(others.length === 0 ? [] : [`import * as ${whole} from ${from};`]),
    ...others.map((name) => `const ${name} = ${whole}.${name};`),
  ].join("");
}

const accessors = ({ name, local, kind }: DeclaredName): string =>
  `${JSON.stringify(name)}:[() => ${local}${kind === "variable" ? `, (value) => { ${local} = value; }` : ""}]`;

/** Puts `text` in place of `length` characters at `start`. */
interface Edit {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

/** `export` is blanked out, since the header exports; what has no name keeps it. */
function withoutExport(statement: TS.Statement): Edit[] {
  if (isExportList(statement)) return [blank(statement)];
  const { name } = statement as TS.DeclarationStatement;
  const isNamed = ts.isVariableStatement(statement) || name !== undefined;
  if (!isNamed || !hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return [];
  const words = (statement as { modifiers?: TS.NodeArray<TS.ModifierLike> }).modifiers ?? [];
  const { ExportKeyword, DefaultKeyword } = ts.SyntaxKind;
  return words.filter(({ kind }) => kind === ExportKeyword || kind === DefaultKeyword).map(blank);
}

function blank(node: TS.Node): Edit {
  const start = node.getStart();
  const text = node.getText().replace(/[^\n\r]/g, " ");
  return { start, length: text.length, text };
}

const returnResult = ({ lastExpression }: CellSource): Edit[] =>
  lastExpression === undefined
    ? []
    : [
        { start: lastExpression.getStart(), length: 0, text: "return (" },
        { start: lastExpression.end, length: 0, text: ")" },
      ];

function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.reduceRight(
    (now, { start, length, text: by }) => now.slice(0, start) + by + now.slice(start + length),
    text,
  );
}

/** Only insertions move what follows on their line. */
function undo({ file, code }: CellSource, edits: readonly Edit[], { line, column }: Place): Place {
  const starts = file.getLineStarts();
  const lineStart = starts[Math.min(line - 1, starts.length - 1)] ?? 0;
  let offset = lineStart + column;
  for (const { start, length, text } of edits) {
    const added = text.length - length;
    if (start >= lineStart && start < offset) offset = Math.max(start, offset - added);
  }
  const { line: cellLine, character } = file.getLineAndCharacterOfPosition(Math.min(offset, code.length));
  return { line: cellLine, column: character };
}
