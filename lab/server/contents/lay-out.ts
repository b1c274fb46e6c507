// JSON laid out as a file was before: what has not changed is written byte for byte as it was, the rest in its manner.
import { isSameJson, type JsonNode, leafValue, readJsonTree } from "./json-tree.js";

/** `value` as the text of a file whose text was `before`. Items of lists are paired by their `id`, else by their place. */
export function layOutLike(value: unknown, before: string): string {
  const bom = before.startsWith("\uFEFF") ? "\uFEFF" : "";
  const [, lead = ""] = /^\uFEFF?(\s*)/.exec(before) ?? [];
  const [tail = ""] = /\s*$/.exec(before) ?? [];
  return bom + lead + write(value, readJsonTree(before), mannerOf(before), "") + tail;
}

/** As nbformat does: sorted keys, an indent of one, a newline at the end. */
export function layOutAnew(value: unknown): string {
  const manner: Manner = { before: "", newline: "\n", indent: " ", colon: ": ", ascii: false };
  return `${write(value, undefined, manner, "")}\n`;
}

interface Manner {
  readonly before: string;
  readonly newline: string;
  /** For one level; undefined when all stands on one line. */
  readonly indent: string | undefined;
  readonly colon: string;
  /** Writes `\u00e9` for é. */
  readonly ascii: boolean;
}

function mannerOf(before: string): Manner {
  const [, newline = "\n", indent] = /[{[](\r?\n)([ \t]+)"/.exec(before) ?? [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
  const ascii = /\\u[0-9a-f]{4}/i.test(before) && !/[^\x00-\x7f]/.test(before);
  return { before, newline, indent, colon: /"\s*:\s/.test(before) ? ": " : ":", ascii };
}

function write(value: unknown, old: JsonNode | undefined, manner: Manner, margin: string): string {
  if (old !== undefined && isSameJson(value, old, manner.before)) return manner.before.slice(old.from, old.to);
  if (Array.isArray(value)) {
    const pair = pairing(value, old, manner.before);
    return bracket(
      "[",
      "]",
      value.map((item, i) => (inner) => write(item, pair(i), manner, inner)),
      manner,
      margin,
    );
  }
  if (typeof value !== "object" || value === null) return writeLeaf(value, manner);
  const members = old?.kind === "object" ? old.members : new Map<string, JsonNode>();
  const written = keysInOrder(value, [...members.keys()]).map((key) => (inner: string) => {
    const item = (value as Record<string, unknown>)[key];
    return writeLeaf(key, manner) + manner.colon + write(item, members.get(key), manner, inner);
  });
  return bracket("{", "}", written, manner, margin);
}

function writeLeaf(value: unknown, { ascii }: Manner): string {
  const text = JSON.stringify(value);
  if (!ascii) return text;
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function bracket(
  open: string,
  close: string,
  items: readonly ((margin: string) => string)[],
  { indent, newline, colon }: Manner,
  margin: string,
): string {
  if (items.length === 0) return open + close;
  if (indent === undefined) {
    return open + items.map((item) => item("")).join(colon === ":" ? "," : ", ") + close;
  }
  const inner = margin + indent;
  return `${open}${newline}${items.map((item) => inner + item(inner)).join(`,${newline}`)}${newline}${margin}${close}`;
}

/** Those there were in their order; each new one before the first that sorts after it, as in a file whose keys are sorted. */
function keysInOrder(value: object, before: readonly string[]): string[] {
  const present = Object.keys(value).filter((key) => (value as Record<string, unknown>)[key] !== undefined);
  const order = before.filter((key) => present.includes(key));
  for (const key of present.filter((one) => !before.includes(one)).sort()) {
    const next = order.findIndex((other) => other > key);
    order.splice(next < 0 ? order.length : next, 0, key);
  }
  return order;
}

/** Which item of the old list belongs to each of the new one. */
function pairing(
  values: readonly unknown[],
  old: JsonNode | undefined,
  before: string,
): (i: number) => JsonNode | undefined {
  if (old?.kind !== "array") return () => undefined;
  const byId = new Map(old.items.flatMap((item) => idEntry(item, before)));
  if (byId.size === 0) return (i) => old.items[i];
  return (i) => {
    const id = (values[i] as { readonly id?: unknown } | null)?.id;
    return typeof id === "string" ? byId.get(id) : undefined;
  };
}

function idEntry(item: JsonNode, before: string): [string, JsonNode][] {
  const id = item.kind === "object" ? item.members.get("id") : undefined;
  if (id?.kind !== "leaf") return [];
  return [[String(leafValue(id, before)), item]];
}
