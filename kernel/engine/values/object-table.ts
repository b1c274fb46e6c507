// A list of flat records as an HTML table: `[{ epoch: 1, loss: 0.5 }, …]`.

const mostRows = 50;
const mostColumns = 30;

/** The table of a list of plain objects of one kind, without anything nested; undefined for any other value. */
export function tableOf(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const rows = Array.from(value.slice(0, mostRows), flatRecord);
  if (!rows.every((row) => row !== undefined)) return undefined;
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const areOfOneKind = names.length <= mostColumns && rows.every((row) => row.size > 0 && 2 * row.size >= names.length);
  return areOfOneKind ? htmlTable(names, rows, value.length - rows.length) : undefined;
}

type Cell = string | number | bigint | boolean | null | undefined;

/** The fields of a plain object, when none is an object, a function or a getter. */
function flatRecord(value: unknown): ReadonlyMap<string, Cell> | undefined {
  if (typeof value !== "object" || value === null || !isPlain(value)) return undefined;
  const fields = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(([, { enumerable }]) => enumerable);
  const isFlat = fields.every(([, field]) => "value" in field && isCell(field.value));
  return isFlat ? new Map(fields.map(([name, field]) => [name, field.value as Cell])) : undefined;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const isCell = (value: unknown): value is Cell =>
  value === null || ["string", "number", "bigint", "boolean", "undefined"].includes(typeof value);

function htmlTable(names: readonly string[], rows: readonly ReadonlyMap<string, Cell>[], left: number): string {
  const isNumeric = new Map(names.map((name) => [name, rows.every((row) => isNumber(row.get(name)))]));
  const line = (tag: "th" | "td", text: (name: string) => string): string => {
    const cell = (name: string) => `<${tag} style="text-align:${isNumeric.get(name) ? "right" : "left"}">`;
    return `<tr>${names.map((name) => `${cell(name)}${escapeHtml(text(name))}</${tag}>`).join("")}</tr>`;
  };
  const head = line("th", (name) => name);
  const body = rows.map((row) => line("td", (name) => cellText(row.get(name)))).join("");
  const more = left === 0 ? "" : `<p>… ${left} more row${left === 1 ? "" : "s"}</p>`;
  return `<table><thead>${head}</thead><tbody>${body}</tbody></table>${more}`;
}

const isNumber = (cell: Cell): boolean => cell === undefined || typeof cell === "number" || typeof cell === "bigint";

/** Whole numbers in full, others to six decimals, small ones to six digits; an absent value as nothing. */
function cellText(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell !== "number" || Number.isInteger(cell) || !Number.isFinite(cell)) return String(cell);
  return String(Number(Math.abs(cell) >= 1 ? cell.toFixed(6) : cell.toPrecision(6)));
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign]!);
