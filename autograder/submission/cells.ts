// The cells of a notebook of any format: 4, and 3 and before, whose cells lie in worksheets.
import { IntakeError } from "./intake-error.js";
import { bareCells, notNotebook, oldFormat } from "./messages.fr.js";

export interface Cell {
  /** From 1, as a student counts. */
  readonly position: number;
  readonly isCode: boolean;
  readonly text: string;
  /** What the course wrote into its metadata, if nobody lost it. */
  readonly course: Readonly<Record<string, unknown>>;
  /** `tp1.backward-nll` of a cell whose id is `tp1-backward-nll`. */
  readonly id: string;
  /** When it last ran, of those of one session. */
  readonly ran: number | undefined;
}

export interface Cells {
  readonly cells: readonly Cell[];
  /** What the course wrote into the metadata of the notebook. */
  readonly course: Readonly<Record<string, unknown>>;
  readonly notices: readonly string[];
}

/** @throws IntakeError when it has no list of cells */
export function readCells(value: unknown): Cells {
  const { cells, notices } = listOf(value);
  return {
    cells: cells.map((cell, i) => readCell(asRecord(cell), i + 1)),
    course: asRecord(asRecord(asRecord(value)["metadata"])["retroprop"]),
    notices,
  };
}

function listOf(value: unknown): { cells: readonly unknown[]; notices: string[] } {
  if (Array.isArray(value) && value.some((cell) => "cell_type" in asRecord(cell))) {
    return { cells: value, notices: [bareCells] };
  }
  const { cells, worksheets } = asRecord(value);
  if (Array.isArray(cells)) return { cells, notices: [] };
  if (!Array.isArray(worksheets)) throw new IntakeError(notNotebook);
  const sheets = worksheets.map((sheet) => asRecord(sheet)["cells"]);
  return { cells: sheets.flatMap((sheet) => (Array.isArray(sheet) ? sheet : [])), notices: [oldFormat] };
}

function readCell(cell: Readonly<Record<string, unknown>>, position: number): Cell {
  const ran = cell["execution_count"] ?? cell["prompt_number"];
  return {
    position,
    isCode: cell["cell_type"] === "code",
    text: joinLines(cell["source"] ?? cell["input"] ?? cell["code"]),
    course: asRecord(asRecord(cell["metadata"])["retroprop"]),
    id: typeof cell["id"] === "string" ? cell["id"].replace("-", ".") : "",
    ran: typeof ran === "number" ? ran : undefined,
  };
}

/** Lines with their line feeds, as the format has it, or without any, as some tools write them. */
function joinLines(source: unknown): string {
  const lines = (Array.isArray(source) ? source : [source]).filter((line) => typeof line === "string");
  const isBare = lines.length > 1 && !lines.slice(0, -1).some((line) => /[\r\n]/.test(line));
  return lines.join(isBare ? "\n" : "").replace(/\r\n?/g, "\n");
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
