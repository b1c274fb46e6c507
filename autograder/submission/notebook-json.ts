// The JSON of a notebook, mended where what it says is beyond doubt: cut short, printed twice, with a comma too many.
import ts from "typescript";
import { IntakeError } from "./intake-error.js";
import { cutBelowCells, mendedJson, notJson, printedTwice, truncated } from "./messages.fr.js";

export interface NotebookJson {
  readonly value: unknown;
  readonly notices: readonly string[];
  /** How many cells stand before the place where the file ends too early; undefined when it is whole. */
  readonly cutAfter?: number;
}

/** @throws IntakeError when it is no JSON, or is cut before its first cell ends */
export function parseNotebook(text: string): NotebookJson {
  const value = parse(text) ?? parse(withoutNaN(text));
  if (value === undefined) return mend(text);
  const inner = typeof value === "string" ? parse(value) : undefined;
  return inner === undefined ? { value: unwrapped(value), notices: [] } : { value: inner, notices: [printedTwice] };
}

/** What Jupyter's server answers when it is asked for a file, `{ content: notebook, … }`; and a list of one. */
function unwrapped(value: unknown): unknown {
  const inner =
    Array.isArray(value) && value.length === 1 ? value[0] : (value as { content?: unknown } | null)?.content;
  return Array.isArray((inner as { cells?: unknown } | null | undefined)?.cells) ? inner : value;
}

/** Python writes `NaN` and `Infinity`, which JSON has not. */
const withoutNaN = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (found) => (found.startsWith('"') ? found : "null"));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** TypeScript takes half a second for each million characters, during which nothing else is judged. */
const longestMended = 1_000_000;

function mend(text: string): NotebookJson {
  if (!/^\s*\{/.test(text)) throw new IntakeError(notJson);
  // Comments, commas at the end of a list: TypeScript reads them in its own configuration files.
  const mended = text.length > longestMended ? {} : ts.parseConfigFileTextToJson("notebook.json", text);
  if (mended.error === undefined && mended.config !== undefined) return { value: mended.config, notices: [mendedJson] };
  const { end, count, isOpen } = wholeCells(text);
  const value = count > 0 ? parse(`${text.slice(0, end)}]}`) : undefined;
  if (value === undefined) throw new IntakeError(isOpen ? truncated : notJson);
  return isOpen ? { value, notices: [], cutAfter: count } : { value, notices: [cutBelowCells] };
}

/**
 * The complete elements of the notebook's list of cells, where the last ends; `isOpen` when the text ends inside of it, or
 * inside of whatever it has in place of a notebook.
 */
function wholeCells(text: string): { end: number; count: number; isOpen: boolean } {
  const key = /"cells"\s*:\s*\[/.exec(text);
  const from = key === null ? 0 : key.index + key[0].length;
  let end = from;
  let count = 0;
  let depth = 0;
  let i = from;
  for (; i < text.length && depth >= 0; i++) {
    const letter = text[i];
    if (letter === '"') i = endOfString(text, i);
    else if (letter === "[" || letter === "{") depth++;
    else if (letter === "]" || letter === "}") {
      depth--;
      if (depth === 0) [end, count] = [i + 1, count + 1];
    }
  }
  return { end, count, isOpen: depth > 0 || (depth === 0 && key !== null) };
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return i;
}
