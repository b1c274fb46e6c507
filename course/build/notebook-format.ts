// The notebook format 4.5 as the build writes it: the same notebook is always the same bytes, those nbformat would write.

export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
}

export type NotebookCell = MarkdownCell | CodeCell;

interface AnyCell {
  readonly id: string;
  readonly metadata: { readonly tags?: readonly string[]; readonly [key: string]: unknown };
  readonly source: string;
}

interface MarkdownCell extends AnyCell {
  readonly cell_type: "markdown";
}

export interface CodeCell extends AnyCell {
  readonly cell_type: "code";
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
}

export interface Output {
  readonly output_type: string;
  readonly [key: string]: unknown;
}

export const codeCells = ({ cells }: Notebook): CodeCell[] => cells.filter((cell) => cell.cell_type === "code");

/** Keys sorted, one space of indentation, long texts as lists of lines, LF. */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({ ...cell, source: splitLines(cell.source) }));
  return `${JSON.stringify(sortKeys({ ...notebook, cells }), undefined, 1)}\n`;
}

/** Reads what formatNotebook, or a runner, wrote. Throws a SyntaxError or a TypeError on anything else. */
export function parseNotebook(text: string): Notebook {
  const notebook = JSON.parse(text);
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells)) throw new TypeError("not a notebook of format 4");
  const cells = notebook.cells.map((cell: { source: string | string[] }) => ({
    ...cell,
    source: joinLines(cell.source),
  }));
  return { ...notebook, cells };
}

const joinLines = (text: string | readonly string[]): string => (typeof text === "string" ? text : text.join(""));

/** Each line with its end, as the format wants: `"a\nb"` → `["a\n", "b"]`. */
const splitLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
