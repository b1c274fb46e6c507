// CSV as spreadsheets and Moodle write it: read whatever the delimiter, the quotes and the encoding; written back the same.
import { PracticeError } from "./practice-error.js";

type Delimiter = "," | ";" | "\t";
type Encoding = "utf-8" | "utf-8-bom" | "utf-16le" | "windows-1252";

export interface Table {
  readonly header: readonly string[];
  /** As many cells as the header, at least. */
  readonly rows: readonly (readonly string[])[];
  readonly form: TableForm;
}

/** How the file was written, so that it can be written again for whoever expects it so. */
export interface TableForm {
  readonly delimiter: Delimiter;
  readonly encoding: Encoding;
  readonly newline: "\n" | "\r\n";
  /** Which cells are quoted though they need not be; `spaced` is how Moodle writes. */
  readonly quoted: "none" | "spaced" | "all";
}

/** `what` names the file in errors: `the roster`. */
export function readTable(bytes: Uint8Array, what: string): Table {
  const { text, encoding } = decode(bytes);
  const delimiter = delimiterOf(text);
  const [header, ...rows] = splitCells(text, delimiter, what).filter((row) => row.some((cell) => cell.trim() !== ""));
  if (header === undefined)
    throw new PracticeError(`${what} is empty: expected a line of column names, then one a student`);
  const full = rows.map((row) => [...row, ...Array<string>(Math.max(0, header.length - row.length)).fill("")]);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return {
    header: header.map((name) => name.trim()),
    rows: full,
    form: { delimiter, encoding, newline, quoted: quotedIn(text) },
  };
}

export function writeTable({ header, rows, form }: Table): Uint8Array {
  const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const write = (cell: string): string => (mustQuote[form.quoted].test(cell) ? quote(cell) : cell);
  const text = [header, ...rows].map((row) => row.map(write).join(form.delimiter) + form.newline).join("");
  return encode(text, form.encoding);
}

const mustQuote = { none: /[",;\t\r\n]|^\s|\s$/, spaced: /[",;\s]/, all: /^/ } as const;

function quotedIn(text: string): TableForm["quoted"] {
  const cells = text.replace(/^\ufeff/, "").match(/"(?:[^"]|"")*"|[^",;\t\r\n]+/g) ?? [];
  if (cells.length > 0 && cells.every((cell) => cell.startsWith('"'))) return "all";
  return cells.some((cell) => /^"[^",;\t\r\n]+"$/.test(cell)) ? "spaced" : "none";
}

/** The place of the first column that has one of these names, accents, case and marks aside; -1 when none has. */
export function columnOf(header: readonly string[], names: readonly string[]): number {
  const known = new Set(names.map(plainName));
  return header.findIndex((name) => known.has(plainName(name)));
}

export const plainName = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

function delimiterOf(text: string): Delimiter {
  const bare = text.replace(/"(?:[^"]|"")*"/g, "").trimStart();
  const line = bare.slice(0, bare.search(/[\r\n]|$/));
  const count = (delimiter: Delimiter): number => line.split(delimiter).length;
  return ([",", ";", "\t"] as const).reduce((best, other) => (count(other) > count(best) ? other : best));
}

function splitCells(text: string, delimiter: Delimiter, what: string): string[][] {
  const rows: string[][] = [[]];
  // One cell and what ends it. Inside quotes, a doubled quote is one.
  const cell = new RegExp(
    `[ ]*"((?:[^"]|"")*)"[ ]*(${delimiter}|\\r?\\n|\\r|$)|([^${delimiter}\\r\\n]*)(${delimiter}|\\r?\\n|\\r|$)`,
    "y",
  );
  while (cell.lastIndex < text.length) {
    const start = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) throw new PracticeError(`${what}, line ${rows.length}: cannot be read as CSV`);
    const [, quoted, endQuoted, bare, endBare] = match;
    if (quoted === undefined && bare!.trimStart().startsWith('"')) throw unclosed(text, start, what);
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare!);
    const end = endQuoted ?? endBare;
    if (end !== delimiter && end !== "") rows.push([]);
    if (end === "") break;
  }
  return rows;
}

function unclosed(text: string, at: number, what: string): PracticeError {
  const line = text.slice(0, at).split(/\r?\n/).length;
  return new PracticeError(
    `${what}, line ${line}: a quote (") opens a cell that no quote closes; double the quotes inside it`,
  );
}

/** Text of a file, whatever the editor or the spreadsheet that wrote it. */
export function decode(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder("utf-16le").decode(bytes), encoding: "utf-16le" };
  try {
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text, encoding: marked ? "utf-8-bom" : "utf-8" };
  } catch {
    return { text: Array.from(bytes, (byte) => latin[byte]).join(""), encoding: "windows-1252" };
  }
}

function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === "utf-16le") return Buffer.from(`\ufeff${text}`, "utf16le");
  if (encoding === "windows-1252") return Uint8Array.from([...text], (character) => byteOf.get(character) ?? 0x3f);
  return Buffer.from(encoding === "utf-8-bom" ? `\ufeff${text}` : text, "utf8");
}

// Node 20's own decoder takes windows-1252 for latin-1, and loses the œ and the €.
const from80to9f = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const latin = Array.from({ length: 256 }, (_, byte) => from80to9f[byte - 0x80] ?? String.fromCharCode(byte));
/** What has none is written `?`. */
const byteOf = new Map(latin.map((character, byte) => [character, byte]));
