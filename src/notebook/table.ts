// A small table from records: `show(table([{ pas: 0.1, exactitude: 0.91 }, …]))`.

import { showing } from "../plot/show-itself.js";
import { escapeXml } from "../plot/svg/element.js";
import type { MimeBundle } from "./bundle.js";

export type TableRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The rows as an HTML table and as aligned text; columns are named by the records' keys, numbers keep six digits. */
export function table(rows: readonly TableRow[]): MimeBundle {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => ({
    name,
    cells: rows.map((row) => cellText(row[name])),
    numeric: rows.every((row) => typeof row[name] === "number"),
  }));
  const forms = { "text/html": htmlTable(columns, rows.length), "text/plain": textTable(columns, rows.length) };
  return showing(forms, () => forms);
}

interface Column {
  readonly name: string;
  readonly cells: readonly string[];
  readonly numeric: boolean;
}

function cellText(value: TableRow[string]): string {
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  return value === null || value === undefined ? "" : String(value);
}

function htmlTable(columns: readonly Column[], rowCount: number): string {
  const row = (tag: "th" | "td", text: (column: Column) => string): string => {
    const cells = columns.map((column) => {
      const align = column.numeric ? "right" : "left";
      return `<${tag} style="text-align:${align}">${escapeXml(text(column))}</${tag}>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  };
  const head = row("th", ({ name }) => name);
  const body = Array.from({ length: rowCount }, (_, i) => row("td", ({ cells }) => cells[i]!));
  return `<table><thead>${head}</thead><tbody>${body.join("")}</tbody></table>`;
}

function textTable(columns: readonly Column[], rowCount: number): string {
  const padded = columns.map(({ name, cells, numeric }) => {
    const width = Math.max(...[name, ...cells].map((text) => text.length));
    return [name, "─".repeat(width), ...cells].map((text) => (numeric ? text.padStart(width) : text.padEnd(width)));
  });
  const lines = Array.from({ length: rowCount + 2 }, (_, i) => padded.map((column) => column[i]).join("  "));
  return lines.map((line) => line.trimEnd()).join("\n");
}
