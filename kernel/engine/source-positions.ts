// From the JavaScript that runs back to what was written: which place of which cell or file a stack frame means.
import type { Place } from "./module-text.js";

export interface CompiledSource {
  /** As a traceback names it: `cell 3`, or a path. */
  readonly label: string;
  readonly text: string;
  toSource(place: Place): Place | undefined;
}

export interface SourcePlace extends Place {
  readonly source: CompiledSource;
}

/** Every script of the notebook under the name that V8 knows it by. */
export class SourcePositions {
  readonly #sources = new Map<string, CompiledSource>();

  add(scriptName: string, source: CompiledSource): void {
    this.#sources.set(scriptName, source);
  }

  has(scriptName: string): boolean {
    return this.#sources.has(scriptName);
  }

  /** `line` and `column` count from 1, as V8's do; those of the place found from 0. */
  find(scriptName: string, line: number, column: number): SourcePlace | undefined {
    const source = this.#sources.get(scriptName);
    const place = source?.toSource({ line: line - 1, column: column - 1 });
    return source === undefined || place === undefined ? undefined : { ...atName(place, source.text), source };
  }

  /** A line, from 0, of what a traceback calls `label`. */
  textOf(label: string): string | undefined {
    return this.#byLabel(label)?.text;
  }

  #byLabel(label: string): CompiledSource | undefined {
    return [...this.#sources.values()].findLast((source) => source.label === label);
  }
}

/** A call of what is imported is compiled to `(0, cell.f)(x)`, which V8 places at the parenthesis: we mean the name. */
function atName({ line, column }: Place, text: string): Place {
  const before = (text.split("\n")[line] ?? "").slice(0, column + 1);
  const [name = "("] = /[\w$]*\($/.exec(before) ?? [];
  return { line, column: before.endsWith("(") ? column + 1 - name.length : column };
}
