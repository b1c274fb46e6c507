// Who may import whom: reads the table of ARCHITECTURE.md and checks source files against it.
import { posix } from "node:path";
import ts from "typescript";

/** One row of the table: what the files under a folder may import besides one another. */
export interface Row {
  /** `src/nd`; `kernel` for `kernel/*`. */
  readonly folder: string;
  readonly allowed: readonly AllowedFolder[];
  readonly anything: boolean;
}

interface AllowedFolder {
  readonly folder: string;
  readonly typesOnly: boolean;
}

export interface SourceFile {
  /** From the root, with slashes: `src/nd/math.ts`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

/**
 * The rows of the Markdown table whose header is `folder | may import`. The first cell names folders, or files, in backticks;
 * the second those they may import, "(types)" behind a folder for its types alone, "all above" for the folders of
 * the rows before, "anything", or words. What stands behind "never" or "nothing" is for the reader: it grants nothing.
 */
export function readImportTable(markdown: string): Row[] {
  const lines = markdown.split(/\r?\n/);
  const header = lines.findIndex((line) => /^\|\s*folder\s*\|\s*may import\s*\|/i.test(line));
  if (header < 0) throw new Error("no table « folder | may import »");
  const rows: Row[] = [];
  for (const line of lines.slice(header + 2)) {
    if (!line.startsWith("|")) break;
    const [, first = "", second = ""] = line.split("|");
    const above = rows.map(({ folder }) => ({ folder, typesOnly: false }));
    for (const { folder } of foldersIn(first)) rows.push({ folder, ...readPermission(second, above) });
  }
  return rows;
}

function readPermission(cell: string, above: readonly AllowedFolder[]): Pick<Row, "allowed" | "anything"> {
  const granting = cell.replace(/\b(never|nothing)\b.*/s, "");
  const allowed = [...(/\ball above\b/.test(granting) ? above : []), ...foldersIn(granting)];
  return { allowed, anything: /\banything\b/.test(granting) };
}

const foldersIn = (cell: string): AllowedFolder[] =>
  [...cell.matchAll(/`([^`]+?)(?:\/\*|\.ts)?`(\s*\(types\))?/g)].map(([, folder, types]) => ({
    folder: folder!,
    typesOnly: types !== undefined,
  }));

/** What breaks the table: one sentence each, with the place. Imports of packages other than ours are not looked at. */
export function importFaults(rows: readonly Row[], files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const row = rowOf(rows, path);
    if (row === undefined) return [`${path}: the table of ARCHITECTURE.md has no row for its folder: add one`];
    return importsOf(path, text).flatMap((one) => {
      const target = targetOf(path, one.specifier);
      if (target === undefined || mayImport(row, target, one.typeOnly)) return [];
      const what = one.typeOnly ? "the types of " : "";
      return [`${path}:${one.line}: \`${row.folder}\` may not import ${what}${target}`];
    });
  });
}

function mayImport(row: Row, target: string, typeOnly: boolean): boolean {
  if (isUnder(target, row.folder)) return true;
  const named = row.allowed.some(({ folder }) => isUnder(target, folder));
  if (isUnder(target, "cli") && !named) return false;
  return (
    row.anything || row.allowed.some(({ folder, typesOnly }) => isUnder(target, folder) && (typeOnly || !typesOnly))
  );
}

/**
 * The most specific row for a file. A folder that has rows for its subfolders needs one for each of them; a file directly
 * in it, such as `src/index.ts`, needs none and may import what lies under that folder.
 */
function rowOf(rows: readonly Row[], path: string): Row | undefined {
  const parent = posix.dirname(path);
  const isParent = rows.some(({ folder }) => folder !== parent && isUnder(folder, parent));
  const above: Row[] = isParent ? [{ folder: parent, allowed: [], anything: false }] : [];
  return specificRow([...rows, ...above], path);
}

function specificRow(rows: readonly Row[], path: string): Row | undefined {
  const [row] = rows.filter(({ folder }) => isUnder(path, folder)).sort((a, b) => b.folder.length - a.folder.length);
  if (row === undefined) return undefined;
  const isDivided = rows.some(({ folder }) => folder !== row.folder && isUnder(folder, row.folder));
  const isDirectly = posix.dirname(path) === row.folder || withoutExtension(path) === row.folder;
  return isDivided && !isDirectly ? undefined : row;
}

/** The file that an import of ours leads to; `undefined` for packages and for what lies outside the tree. */
function targetOf(path: string, specifier: string): string | undefined {
  if (/^retroprop(\/|$)/.test(specifier)) return "src/index";
  if (!specifier.startsWith(".")) return undefined;
  return withoutExtension(posix.join(posix.dirname(path), specifier));
}

const isUnder = (path: string, folder: string): boolean =>
  withoutExtension(path) === folder || path.startsWith(`${folder}/`);

const withoutExtension = (path: string): string => path.replace(/\.[jt]s$/, "");

/** Every import of a file: declarations, re-exports, `import()` of values and of types, `require`. */
export function importsOf(path: string, text: string): Import[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push({ specifier: specifier.text, typeOnly: isTypeOnly(node), line: line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const isImport =
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === "require");
  return isImport ? node.arguments[0] : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly || hasOnlyTypes(node.exportClause);
  if (!ts.isImportDeclaration(node) || node.importClause === undefined) return false;
  const { phaseModifier, name, namedBindings } = node.importClause;
  return phaseModifier === ts.SyntaxKind.TypeKeyword || (name === undefined && hasOnlyTypes(namedBindings));
}

const hasOnlyTypes = (names: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean =>
  names !== undefined &&
  (ts.isNamedImports(names) || ts.isNamedExports(names)) &&
  names.elements.length > 0 &&
  names.elements.every(({ isTypeOnly }) => isTypeOnly);

const forbiddenNames = ["console", "performance"];
const forbiddenMembers = ["process.exit", "process.stdout", "process.stderr", "Math.random", "Date.now"];

/** Where a file of the library touches the console, the clock, the process or an unseeded generator. */
export function impurities({ path, text }: SourceFile): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const report = (node: ts.Node, name: string): void => {
    found.push(
      `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: the library may not use ${name}`,
    );
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const name = node.getText().replace(/^globalThis\./, "");
      if (forbiddenMembers.includes(name) || forbiddenNames.includes(name)) report(node, name);
      visit(node.expression); // the name behind the point is not a variable
      return;
    }
    if (ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length)
      report(node, "the clock");
    if (ts.isIdentifier(node) && forbiddenNames.includes(node.text) && !isMemberName(node)) report(node, node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** `console` in `{ console: 1 }` or in a class is a name of its own. */
function isMemberName(name: ts.Identifier): boolean {
  const { parent } = name;
  const isMember =
    ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent);
  return isMember && parent.name === name;
}
