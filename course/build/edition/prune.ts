// The text of a source file without some of its statements: its imports and exports follow, its comments too.
import ts from "typescript";
import { isLink, type SourceGraph } from "./source-graph.js";

export interface PrunedFile {
  readonly text: string;
  /** The files it still leads to. */
  readonly targets: readonly ts.SourceFile[];
}

/** Leaves only the statements of `kept`, and the imports and exports that they give a sense to. */
export function pruneFile(graph: SourceGraph, file: ts.SourceFile, kept: ReadonlySet<ts.Statement>): PrunedFile {
  const keeper = keeperOf(graph, file, kept);
  const targets: ts.SourceFile[] = [];
  const edits = file.statements.flatMap((statement): Edit[] => {
    if (!isLink(statement)) return kept.has(statement) ? [] : [removal(statement)];
    const clause = remainingClause(statement, keeper);
    if (clause === undefined) return [removal(statement)];
    const target = statement.moduleSpecifier && graph.target(statement.moduleSpecifier);
    if (target) targets.push(target);
    return clause;
  });
  return { text: applyEdits(file.text, edits), targets };
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What of a link has a sense left. */
interface Keeper {
  readonly binding: (node: ts.Node) => boolean;
  readonly exported: (element: ts.ExportSpecifier) => boolean;
  readonly anythingOf: (specifier: ts.Expression) => boolean;
}

function keeperOf(graph: SourceGraph, file: ts.SourceFile, kept: ReadonlySet<ts.Statement>): Keeper {
  const isKept = (statements: ReadonlySet<ts.Statement>) => [...statements].some((statement) => kept.has(statement));
  const exported = (element: ts.ExportSpecifier) => {
    const { statements } = graph.behind(element);
    return statements.size === 0 || isKept(statements); // behind the name of a package there is nothing of ours
  };
  const ownExports = file.statements.filter(ts.isExportDeclaration).filter(({ moduleSpecifier }) => !moduleSpecifier);
  const bindings = new Set([
    ...file.statements
      .filter((statement) => kept.has(statement))
      .flatMap((statement) => [...graph.uses(statement).bindings]),
    ...ownExports
      .flatMap(elementsOf)
      .filter(exported)
      .flatMap((element) => [...graph.behind(element).bindings]),
  ]);
  return {
    binding: (node) => bindings.has(node),
    exported,
    anythingOf: (specifier) => {
      const target = graph.target(specifier);
      return target === undefined || isKept(graph.exportsOf(target)) || target.statements.some((one) => kept.has(one));
    },
  };
}

const elementsOf = ({ exportClause }: ts.ExportDeclaration): readonly ts.ExportSpecifier[] =>
  exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : [];

/** The edits that shorten a link to what remains of it; undefined when nothing does. */
function remainingClause(link: ts.ImportDeclaration | ts.ExportDeclaration, keeper: Keeper): Edit[] | undefined {
  return ts.isImportDeclaration(link) ? remainingImport(link, keeper) : remainingExport(link, keeper);
}

function remainingImport({ importClause, moduleSpecifier }: ts.ImportDeclaration, keeper: Keeper): Edit[] | undefined {
  if (importClause === undefined) return keeper.anythingOf(moduleSpecifier) ? [] : undefined;
  const { name, namedBindings } = importClause;
  const all = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
  const elements = all.filter(keeper.binding);
  const parts = [
    ...(name && keeper.binding(importClause) ? [name.text] : []),
    ...(namedBindings && ts.isNamespaceImport(namedBindings) && keeper.binding(namedBindings)
      ? [namedBindings.getText()]
      : []),
    ...(elements.length > 0 ? [list(elements)] : []),
  ];
  if (parts.length === 0) return undefined;
  if (
    elements.length === all.length &&
    parts.length === Number(name !== undefined) + Number(namedBindings !== undefined)
  )
    return [];
  const prefix = importClause.phaseModifier === ts.SyntaxKind.TypeKeyword ? "type " : "";
  return [{ start: importClause.getStart(), end: importClause.end, text: prefix + parts.join(", ") }];
}

function remainingExport(link: ts.ExportDeclaration, keeper: Keeper): Edit[] | undefined {
  const { exportClause, moduleSpecifier } = link;
  if (exportClause === undefined || ts.isNamespaceExport(exportClause))
    return keeper.anythingOf(moduleSpecifier!) ? [] : undefined;
  const elements = exportClause.elements.filter(keeper.exported);
  if (elements.length === exportClause.elements.length) return [];
  if (elements.length === 0) return undefined;
  return [{ start: exportClause.getStart(), end: exportClause.end, text: list(elements) }];
}

const list = (elements: readonly ts.Node[]): string => `{ ${elements.map((element) => element.getText()).join(", ")} }`;

/** A statement goes with its comments; those that open the file stay, they are the file's. */
function removal(statement: ts.Statement): Edit {
  const file = statement.getSourceFile();
  const isFirst = statement === file.statements[0];
  const start = isFirst ? statement.getStart(file, true) : statement.getFullStart();
  const end = ts.getTrailingCommentRanges(file.text, statement.end)?.at(-1)?.end ?? statement.end;
  return { start, end, text: "" };
}

/** Last first, so that the places before stay valid. A comment may belong to two statements that go. */
function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.reduceRight((edited, edit, i) => {
    const end = Math.min(edit.end, edits[i + 1]?.start ?? edit.end);
    return edited.slice(0, edit.start) + edit.text + edited.slice(end);
  }, text);
}
