// Jupyter notebooks (nbformat 4) as values: read with errors a person can act on, written so that the same notebook
// always gives the same bytes. https://nbformat.readthedocs.io/en/latest/format_description.html
import { z } from "zod";
import { findJsonFault } from "./json-fault.js";

/** A string or its lines, as the format allows; one string once read. */
const text = z.union([z.string(), z.array(z.string()).transform((lines) => lines.join(""))]);
const record = z.record(z.string(), z.unknown());
/** Of a bundle, text may come as lines; JSON stays as it is. */
const mimeBundle = record.transform((bundle) =>
  Object.fromEntries(
    Object.entries(bundle).map(([type, value]) => [type, isTextType(type) ? joinLines(value) : value]),
  ),
);

const output = z.discriminatedUnion("output_type", [
  z.object({ output_type: z.literal("stream"), name: z.enum(["stdout", "stderr"]), text }),
  z.object({ output_type: z.literal("display_data"), data: mimeBundle, metadata: record.default({}) }),
  z.object({
    output_type: z.literal("execute_result"),
    data: mimeBundle,
    metadata: record.default({}),
    execution_count: z.number().nullable().default(null),
  }),
  z.object({ output_type: z.literal("error"), ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) }),
]);

const attachments = z.record(z.string(), record).optional();
const cellBase = { id: z.string().optional(), metadata: record.default({}), source: text };

const cell = z.discriminatedUnion("cell_type", [
  z.object({
    ...cellBase,
    cell_type: z.literal("code"),
    execution_count: z.number().nullable().default(null),
    outputs: z.array(output).default([]),
  }),
  z.object({ ...cellBase, cell_type: z.literal("markdown"), attachments }),
  z.object({ ...cellBase, cell_type: z.literal("raw"), attachments }),
]);

const notebook = z.object({
  nbformat: z.literal(4),
  nbformat_minor: z.number(),
  metadata: record.default({}),
  cells: z.array(cell),
});

export type Output = z.infer<typeof output>;
export type CodeCell = Extract<z.infer<typeof cell>, { cell_type: "code" }> & { id: string };
export type TextCell = Extract<z.infer<typeof cell>, { cell_type: "markdown" | "raw" }> & { id: string };
export type Cell = CodeCell | TextCell;

export interface Notebook {
  readonly nbformat: 4;
  readonly nbformat_minor: number;
  readonly metadata: Record<string, unknown>;
  readonly cells: readonly Cell[];
}

/** A file that is not a notebook we can run; the message names the file, the fault and the remedy. */
export class NotebookError extends Error {
  override readonly name = "NotebookError";
}

/** Reads the notebook in `content`, the contents of the file `name`. */
export function parseNotebook(content: string, name: string): Notebook {
  const value = parseJson(content, name);
  checkVersion(value, name);
  const result = notebook.safeParse(value);
  if (!result.success) throw new NotebookError(explainIssue(result.error.issues[0], name));
  const { cells, ...rest } = result.data;
  if (!cells.some(({ cell_type }) => cell_type === "code")) {
    throw new NotebookError(`${name}: there is no code cell to run; add one, or name another notebook`);
  }
  return { ...rest, nbformat_minor: Math.max(5, rest.nbformat_minor), cells: withIds(cells) };
}

/** The bytes of a notebook, laid out as nbformat does: sorted keys, an indent of one, text as lines. */
export function serializeNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: splitLines(cell.source),
    ...("outputs" in cell ? { outputs: cell.outputs.map(layOutOutput) } : {}),
  }));
  return `${JSON.stringify(sortKeys({ ...notebook, cells }), null, 1)}\n`;
}

/** True for the MIME types whose value is text that a notebook may hold as lines. */
export function isTextType(type: string): boolean {
  return type.startsWith("text/") || type === "application/javascript" || type === "image/svg+xml";
}

function joinLines(value: unknown): unknown {
  return Array.isArray(value) ? value.join("") : value;
}

/** The lines of a text, each with its end. */
export function splitLines(value: string): string[] {
  return value.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

function layOutOutput(output: Output): unknown {
  if (output.output_type === "stream") return { ...output, text: splitLines(output.text) };
  if (!("data" in output)) return output;
  const data = Object.entries(output.data).map(([type, value]) => {
    return [type, isTextType(type) && typeof value === "string" ? splitLines(value) : value];
  });
  return { ...output, data: Object.fromEntries(data) };
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}

function parseJson(content: string, name: string): unknown {
  const json = content.replace(/^\uFEFF/, "");
  if (json.trim() === "") throw new NotebookError(`${name}: the file is empty; take it again from where it came`);
  try {
    return JSON.parse(json);
  } catch {
    throw new NotebookError(explainJsonFault(json, name));
  }
}

function explainJsonFault(json: string, name: string): string {
  const fault = findJsonFault(json);
  const before = json.slice(0, fault).split("\n");
  const place = `line ${before.length}, character ${(before.at(-1) ?? "").length + 1}`;
  return fault >= json.trimEnd().length
    ? `${name}: the file is cut short (its JSON stops at ${place}); take it again from where it came`
    : `${name}: not valid JSON at ${place}; take the file again from where it came, or mend it there`;
}

function checkVersion(value: unknown, name: string): void {
  const { nbformat, cells } = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  if (typeof nbformat !== "number") {
    throw new NotebookError(`${name}: JSON, but not a notebook (no \`nbformat\`); name an .ipynb file`);
  }
  if (nbformat < 4) {
    throw new NotebookError(
      `${name}: a notebook of format ${nbformat}; open and save it in Jupyter 4 or later, which writes format 4`,
    );
  }
  if (nbformat > 4) throw new NotebookError(`${name}: a notebook of format ${nbformat}; save it as format 4`);
  if (!Array.isArray(cells))
    throw new NotebookError(`${name}: a notebook without a list of \`cells\`; take it again from where it came`);
}

function explainIssue(issue: z.core.$ZodIssue | undefined, name: string): string {
  const path = issue?.path ?? [];
  const where =
    path[0] === "cells" && typeof path[1] === "number"
      ? `cell ${path[1] + 1}, \`${path.slice(2).join(".")}\``
      : `\`${path.join(".")}\``;
  return `${name}: not a valid notebook: ${where}: ${faultOf(issue)}; open and save it in Jupyter, or mend it there`;
}

/** A union's own message is only "Invalid input". */
function faultOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code !== "invalid_union") return issue?.message ?? "unknown fault";
  return "none of the forms a notebook allows there (text, for instance, is a string or a list of lines)";
}

/** Format 4.5 wants an id on each cell; older notebooks have none. */
function withIds(cells: readonly z.infer<typeof cell>[]): Cell[] {
  const taken = new Set(cells.map(({ id }) => id));
  return cells.map((cell, index) => {
    if (cell.id !== undefined) return cell as Cell;
    let id = `cell-${index + 1}`;
    while (taken.has(id)) id += "-";
    taken.add(id);
    return { ...cell, id };
  });
}
