// A set of sources as a graph: for each statement at the top of a file, the statements of any file that it needs.
import { join, relative, sep } from "node:path";
import ts from "typescript";

export interface SourceGraph {
  /** Path, relative to the root, with `/` → the parsed file. */
  readonly files: ReadonlyMap<string, ts.SourceFile>;
  /** What a statement needs; the same object each time. */
  uses(statement: ts.Statement): Uses;
  /** The statements behind all that a file exports, wherever they stand. */
  exportsOf(file: ts.SourceFile): ReadonlySet<ts.Statement>;
  /** The statements behind one name of an `export { … }`. */
  behind(element: ts.ExportSpecifier): Uses;
  /** The file that an import or a re-export leads to, if it is one of ours. */
  target(specifier: ts.Expression): ts.SourceFile | undefined;
}

export interface Uses {
  readonly statements: Set<ts.Statement>;
  /** The names of its own file's imports that it mentions. */
  readonly bindings: Set<ts.Node>;
}

/** Reads the files; what they import must be among them, or come from a package. */
export function readSourceGraph(root: string, paths: readonly string[]): SourceGraph {
  const program = ts.createProgram(
    paths.map((path) => join(root, path)),
    parserOptions,
  );
  const own = program.getSourceFiles().flatMap((file) => withPath(file, root, paths));
  const files = new Map(own.sort(([a], [b]) => (a < b ? -1 : 1)));
  const reader = new UseReader(program.getTypeChecker(), new Set(files.values()));
  const known = new Map<ts.Statement, Uses>();
  return {
    files,
    uses(statement) {
      const uses = known.get(statement) ?? reader.usesOf(statement);
      known.set(statement, uses);
      return uses;
    },
    exportsOf: (file) => reader.exportsOf(file),
    behind: (element) => reader.behind(element),
    target: (specifier) => reader.target(specifier),
  };
}

/** Enough to parse and to bind names: neither the standard library nor the packages are read. */
const parserOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  noLib: true,
  types: [],
};

function withPath(file: ts.SourceFile, root: string, paths: readonly string[]): [string, ts.SourceFile][] {
  const path = relative(root, file.fileName).split(sep).join("/");
  return paths.includes(path) ? [[path, file]] : [];
}

/** Errs on the side of too much: what is needed too often is kept, or removed, once too often, and nothing is missed. */
class UseReader {
  readonly #checker: ts.TypeChecker;
  readonly #files: ReadonlySet<ts.SourceFile>;

  constructor(checker: ts.TypeChecker, files: ReadonlySet<ts.SourceFile>) {
    this.#checker = checker;
    this.#files = files;
  }

  usesOf(statement: ts.Statement): Uses {
    const uses = noUses();
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) || namesMember(node) || namesModule(node)) this.#add(this.#symbolAt(node), node, uses);
      ts.forEachChild(node, visit);
    };
    visit(statement);
    return uses;
  }

  exportsOf(file: ts.SourceFile): ReadonlySet<ts.Statement> {
    const uses = noUses();
    const module = this.#checker.getSymbolAtLocation(file);
    if (module) this.#addExports(module, uses);
    return uses.statements;
  }

  behind(element: ts.ExportSpecifier): Uses {
    const uses = noUses();
    this.#add(this.#checker.getExportSpecifierLocalTargetSymbol(element), element, uses);
    return uses;
  }

  target(specifier: ts.Expression): ts.SourceFile | undefined {
    const file = this.#checker.getSymbolAtLocation(specifier)?.declarations?.find(ts.isSourceFile);
    return file && this.#files.has(file) ? file : undefined;
  }

  #symbolAt(node: ts.Node): ts.Symbol | undefined {
    return ts.isShorthandPropertyAssignment(node.parent)
      ? this.#checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.#checker.getSymbolAtLocation(node);
  }

  #add(symbol: ts.Symbol | undefined, from: ts.Node, uses: Uses): void {
    if (symbol === undefined) return;
    for (const place of symbol.declarations ?? []) if (isBinding(place)) uses.bindings.add(place);
    const target = symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    for (const place of target.declarations ?? []) {
      if (!ts.isSourceFile(place)) this.#addStatement(place, uses);
      else if (!isQualifier(from)) this.#addExports(target, uses);
    }
  }

  /** A module that is used as a whole needs all that it exports. */
  #addExports(module: ts.Symbol, uses: Uses): void {
    for (const exported of this.#checker.getExportsOfModule(module)) {
      const target = exported.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(exported) : exported;
      for (const place of target.declarations ?? []) {
        if (ts.isSourceFile(place)) this.#addExports(target, uses);
        else this.#addStatement(place, uses);
      }
    }
  }

  #addStatement(place: ts.Node, uses: Uses): void {
    let node = place;
    while (node.parent && !ts.isSourceFile(node.parent)) node = node.parent;
    if (this.#files.has(node.parent as ts.SourceFile) && !isLink(node)) uses.statements.add(node as ts.Statement);
  }
}

/** An import or a re-export: it ties files together and holds nothing of its own. */
export const isLink = (node: ts.Node): node is ts.ImportDeclaration | ts.ExportDeclaration =>
  ts.isImportDeclaration(node) || ts.isExportDeclaration(node);

const noUses = (): Uses => ({ statements: new Set(), bindings: new Set() });

const isBinding = (node: ts.Node): boolean =>
  ts.isImportSpecifier(node) || ts.isNamespaceImport(node) || ts.isImportClause(node);

/** The string of `functions["softmax"]`. */
const namesMember = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node) && ts.isElementAccessExpression(node.parent) && node.parent.argumentExpression === node;

/** The string of `import("./softmax.js")`, as a value or in a type. */
const namesModule = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node) &&
  ((ts.isCallExpression(node.parent) && node.parent.expression.kind === ts.SyntaxKind.ImportKeyword) ||
    (ts.isLiteralTypeNode(node.parent) && ts.isImportTypeNode(node.parent.parent)));

/** `functions` in `functions.softmax`: the member says what is needed. */
const isQualifier = ({ parent }: ts.Node): boolean =>
  ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent);
