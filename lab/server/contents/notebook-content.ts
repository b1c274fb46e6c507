// What the file holds → what a page reads; what it sends to be saved → what the file holds: valid nbformat 4.5, and as it
// was wherever the student changed nothing.

import { randomUUID } from "node:crypto";
import { isTextType, splitLines } from "../../../kernel/client/notebook.js";

type Json = Readonly<Record<string, unknown>>;

/** As a page reads it: texts that the file holds as lines are one string each, as Jupyter's server gives them. */
export function contentForPage(notebook: Json): Json {
  return { ...notebook, cells: cellsOf(notebook).map(cellForPage) };
}

function cellForPage(cell: Json): Json {
  const { source, outputs } = cell;
  const whole = { ...cell, source: joined(source) ?? "" };
  return Array.isArray(outputs) ? { ...whole, outputs: outputs.map(record).map(outputForPage) } : whole;
}

function outputForPage(output: Json): Json {
  if (output["output_type"] === "stream") return { ...output, text: joined(output["text"]) ?? "" };
  if (!isObject(output["data"])) return output;
  const data = Object.entries(output["data"]).map(([type, value]) => {
    return [type, /[/+]json$/.test(type) ? value : (joined(value) ?? value)];
  });
  return { ...output, data: Object.fromEntries(data) };
}

/** True for what has the shape of a notebook of format 4. */
export function isNotebook(value: unknown): value is Json {
  return isObject(value) && value["nbformat"] === 4 && Array.isArray(value["cells"]) && value["cells"].every(isCell);
}

/** `next` as it belongs into the file that held `before`; undefined when there was none. */
export function contentFor(next: Json, before: Json | undefined): Json {
  const old = new Map(cellsOf(before).map((cell, i) => [String(cell["id"] ?? i), cell]));
  const taken = new Set<string>();
  const cells = cellsOf(next).map((cell, i) => {
    const id = freeId(cell["id"], taken);
    return cellFor({ ...cell, id }, old.get(id) ?? (before?.["nbformat_minor"] === 5 ? undefined : old.get(String(i))));
  });
  return {
    ...next,
    metadata: metadataFor(record(next["metadata"]), record(before?.["metadata"])),
    nbformat_minor: Math.max(5, Number(next["nbformat_minor"]) || 0),
    cells,
  };
}

/** The kernel's own version, which front ends write there, is no change of the student's. */
function metadataFor(next: Json, before: Json): Json {
  const kept = ["language_info", "kernelspec"].filter((key) => {
    const [one, other] = [record(next[key])["name"], record(before[key])["name"]];
    return one !== undefined && one === other;
  });
  return { ...next, ...Object.fromEntries(kept.map((key) => [key, before[key]])) };
}

function cellFor(cell: Json, before: Json | undefined): Json {
  const { outputs, execution_count, ...rest } = cell;
  const common = {
    ...rest,
    metadata: withoutTrust(record(cell["metadata"]), record(before?.["metadata"])),
    source: textLike(cell["source"] ?? "", before?.["source"]),
  };
  if (cell["cell_type"] !== "code") return common;
  const old = listOf(before?.["outputs"]);
  const laidOut = listOf(outputs).map((output, i) => outputFor(record(output), record(old[i])));
  return { ...common, execution_count: execution_count ?? null, outputs: laidOut };
}

/** Which cells this browser trusts is not for the file. */
function withoutTrust({ trusted, ...metadata }: Json, before: Json): Json {
  return "trusted" in before ? { ...metadata, trusted: before["trusted"] } : metadata;
}

function outputFor(output: Json, before: Json): Json {
  const { transient: _, ...rest } = output;
  if (output["output_type"] === "stream") return { ...rest, text: textLike(output["text"], before["text"]) };
  if (!isObject(output["data"])) return rest;
  const old = record(before["data"]);
  const data = Object.entries(output["data"]).map(([type, value]) => {
    const isText = isTextType(type) || Array.isArray(old[type]);
    return [type, isText && !/[/+]json$/.test(type) ? textLike(value, old[type]) : value];
  });
  return { ...rest, metadata: record(output["metadata"]), data: Object.fromEntries(data) };
}

/** A text in the form it had: one string, or lines; lines when it is new. */
function textLike(next: unknown, before: unknown): unknown {
  const text = joined(next);
  if (text === undefined) return next;
  if (joined(before) === text) return before;
  return typeof before === "string" ? text : splitLines(text);
}

function joined(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return Array.isArray(value) && value.every((line) => typeof line === "string") ? value.join("") : undefined;
}

/** The format wants each id once, of letters, digits, hyphens and underscores. */
function freeId(id: unknown, taken: Set<string>): string {
  const isGood = typeof id === "string" && /^[\w-]{1,64}$/.test(id) && !taken.has(id);
  const free = isGood ? id : randomUUID().slice(0, 8);
  taken.add(free);
  return free;
}

const cellTypes: readonly unknown[] = ["code", "markdown", "raw"];

const isCell = (cell: unknown): boolean => isObject(cell) && cellTypes.includes(cell["cell_type"]);

const cellsOf = (notebook: Json | undefined): Json[] => listOf(notebook?.["cells"]).map(record);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const record = (value: unknown): Json => (isObject(value) ? value : {});

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
