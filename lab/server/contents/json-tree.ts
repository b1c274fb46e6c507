// Where each value of a JSON text stands in it, so that what has not changed can be written again as it was.

export type JsonNode = Leaf | JsonObject | JsonArray;

interface Place {
  readonly from: number;
  readonly to: number;
}
export interface Leaf extends Place {
  readonly kind: "leaf";
}
export interface JsonObject extends Place {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, JsonNode>;
}
export interface JsonArray extends Place {
  readonly kind: "array";
  readonly items: readonly JsonNode[];
}

/** The tree of a text that `JSON.parse` has accepted. */
export function readJsonTree(text: string): JsonNode {
  return new TreeReader(text).value();
}

/** True when `value` is what the node says; the order of keys does not count. */
export function isSameJson(value: unknown, node: JsonNode, text: string): boolean {
  if (node.kind === "array") {
    return (
      Array.isArray(value) &&
      value.length === node.items.length &&
      node.items.every((item, i) => isSameJson(value[i], item, text))
    );
  }
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (node.kind === "leaf") return !isObject && !Array.isArray(value) && value === leafValue(node, text);
  if (!isObject) return false;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return (
    entries.length === node.members.size &&
    entries.every(([key, inner]) => {
      const member = node.members.get(key);
      return member !== undefined && isSameJson(inner, member, text);
    })
  );
}

/** A string, a number, a boolean or null. */
export const leafValue = ({ from, to }: Leaf, text: string): unknown => JSON.parse(text.slice(from, to));

const blank = /[\s\uFEFF]*/y;
const scalar = /[^\s,\]}]+/y;

class TreeReader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  value(): JsonNode {
    this.skip(blank);
    const from = this.at;
    const first = this.text[from];
    if (first === "{") return { kind: "object", members: this.members(), from, to: this.at };
    if (first === "[") return { kind: "array", items: this.items(), from, to: this.at };
    if (first === '"') this.skipString();
    else this.skip(scalar);
    return { kind: "leaf", from, to: this.at };
  }

  private members(): Map<string, JsonNode> {
    const members = new Map<string, JsonNode>();
    this.list("}", () => {
      const from = this.at;
      this.skipString();
      const key = JSON.parse(this.text.slice(from, this.at)) as string;
      this.skip(blank);
      this.at++; // the colon
      members.set(key, this.value());
    });
    return members;
  }

  private items(): JsonNode[] {
    const items: JsonNode[] = [];
    this.list("]", () => items.push(this.value()));
    return items;
  }

  private list(close: string, readOne: () => void): void {
    this.at++;
    this.skip(blank);
    while (this.text[this.at] !== close) {
      readOne();
      this.skip(blank);
      if (this.text[this.at] === ",") this.at++;
      this.skip(blank);
    }
    this.at++;
  }

  /** By its quotes: a pattern over a long string would need a stack as deep as the string is long. */
  private skipString(): void {
    let end = this.at;
    do {
      end = this.text.indexOf('"', end + 1);
    } while (isEscaped(this.text, end));
    this.at = end + 1;
  }

  private skip(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    this.at += pattern.exec(this.text)?.[0].length ?? 0;
  }
}

/** Whether an odd number of backslashes stands before the quote. */
function isEscaped(text: string, quote: number): boolean {
  let start = quote;
  while (text[start - 1] === "\\") start--;
  return (quote - start) % 2 === 1;
}
