// The code of a cell → what runs, or the type errors that stop it.
import type TS from "typescript";
import type { CellError } from "../messages.js";
import type { CellSource } from "./cell-source.js";
import { emitOptions } from "./compiler-options.js";
import { fileErrors, typeErrors } from "./diagnostics.js";
import { type Emitted, emit } from "./emit.js";
import { runText } from "./module-text.js";
import type { NotebookNames, OwnedName } from "./names.js";
import type { NotebookProject, SeenCell } from "./project.js";
import { replaceable } from "./replacements.js";
import type { CompiledSource } from "./source-positions.js";
import { ts } from "./typescript.js";

export interface CompiledCell {
  readonly source: CellSource;
  /** The names of earlier cells that its own can stand for, there too. */
  readonly replaced: readonly OwnedName[];
  /** What later cells see of it. */
  readonly seen: SeenCell;
  readonly emitted: Emitted;
  toCell: CompiledSource["toSource"];
}

export function compileCell(code: string, project: NotebookProject, names: NotebookNames): CompiledCell | CellError {
  const read = project.readCell(code);
  if (read.specifiers.length > 0) project.refresh();
  const taken = names.neededBy(read);
  const again = names.redeclaredBy(read);
  const opened = project.openAs(read, taken, again);
  const error =
    typeErrors(project.program, opened, read, names) ??
    fileErrors(project.program, project.sourcesOf(read), project.folder);
  if (error !== undefined) return error;

  const source = { ...read, declared: withTypesApart(read, project.program, opened.path) };
  const { text, toCell } = runText(source, taken);
  const emitted = emit(text, opened.path, emitOptions(project.options));
  return {
    source,
    replaced: replaceable(again, source, project.program, opened.path),
    seen: project.seenFromLater(opened),
    emitted,
    toCell(place) {
      const inText = emitted.toSource(place.line, place.column);
      return inText === undefined ? undefined : toCell(inText);
    },
  };
}

/** `import { T }` does not say whether T is a type, which nothing stands for when the cell runs: the checker knows. */
function withTypesApart({ declared }: CellSource, program: TS.Program, path: string): CellSource["declared"] {
  if (!declared.some(({ kind }) => kind === "import")) return declared;
  const checker = program.getTypeChecker();
  const end = program.getSourceFile(path)!.endOfFileToken;
  const isType = (name: string): boolean => {
    const alias = checker.resolveName(name, end, ts.SymbolFlags.Alias, true);
    if (alias === undefined || !(alias.flags & ts.SymbolFlags.Alias)) return false;
    const { flags } = checker.getAliasedSymbol(alias);
    return (flags & ts.SymbolFlags.Type) !== 0 && (flags & ts.SymbolFlags.Value) === 0;
  };
  return declared.map((one) => (one.kind === "import" && isType(one.local) ? { ...one, kind: "type" as const } : one));
}
