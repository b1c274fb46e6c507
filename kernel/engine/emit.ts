// TypeScript → the JavaScript that runs: a CommonJS body, to be wrapped in a function with `runParameters`.
import { SourceMap } from "node:module";
import type TS from "typescript";
import { freeReservedNames } from "./reserved-names.js";
import { ts } from "./typescript.js";

export interface Emitted {
  readonly js: string;
  /** What it imports or requires by a literal, types left out. */
  readonly specifiers: readonly string[];
  /** What is no TypeScript at all. */
  readonly faults: readonly TS.Diagnostic[];
  /** From a place in `js` to one in the text, both from 0. */
  toSource(line: number, column: number): { readonly line: number; readonly column: number } | undefined;
}

/** `options` are those of `emitOptions`. */
export function emit(text: string, path: string, options: TS.CompilerOptions): Emitted {
  const {
    outputText,
    sourceMapText = "{}",
    diagnostics = [],
  } = ts.transpileModule(text, {
    fileName: plainName(path),
    compilerOptions: options,
    reportDiagnostics: true,
    transformers: { before: [forFunctionBody, freeReservedNames] },
  });
  const js = outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
  let map: SourceMap | undefined;
  return {
    js,
    faults: diagnostics,
    specifiers: ts.preProcessFile(js, true, true).importedFiles.map(({ fileName }) => fileName),
    toSource(line, column) {
      map ??= new SourceMap(JSON.parse(sourceMapText));
      const entry = map.findEntry(line, column);
      return "originalLine" in entry ? { line: entry.originalLine, column: entry.originalColumn } : undefined;
    },
  };
}

/** Of a `.mts` or `.mjs` TypeScript would make an ES module, whatever the options say. */
const plainName = (path: string): string => path.replace(/\.[cm]([jt]s)$/, ".$1");

/** Imports come first, as they run; `import.meta` and `import()` are what the function is given. */
const forFunctionBody: TS.TransformerFactory<TS.SourceFile> = (context) => (file) => {
  const { factory } = context;
  const visit = (node: TS.Node): TS.Node => {
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      return factory.createIdentifier("__meta");
    const seen = ts.visitEachChild(node, visit, context);
    if (!ts.isCallExpression(seen) || seen.expression.kind !== ts.SyntaxKind.ImportKeyword) return seen;
    return factory.updateCallExpression(seen, factory.createIdentifier("__import"), undefined, seen.arguments);
  };
  const imports = file.statements.filter(ts.isImportDeclaration);
  const others = file.statements.filter((statement) => !ts.isImportDeclaration(statement));
  return ts.visitEachChild(factory.updateSourceFile(file, [...imports, ...others]), visit, context);
};
