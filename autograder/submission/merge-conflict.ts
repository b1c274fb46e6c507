// A file in which git left both versions of some lines: its two sides, each as its author had it.

export interface Sides {
  readonly ours: string;
  readonly theirs: string;
  /** The line of the first mark, from 1. */
  readonly line: number;
}

const start = /^<{7}(?: |$)/;
const base = /^\|{7}(?: |$)/;
const middle = /^={7}\s*$/;
const end = /^>{7}(?: |$)/;

export const hasConflict = (bytes: Buffer): boolean => bytes.includes("<<<<<<<") && bytes.includes("\n>>>>>>>");

/** Undefined when there is no conflict. Lines of one side are empty in the other: line numbers stay true. */
export function conflictSides(text: string): Sides | undefined {
  if (!text.includes("<<<<<<<")) return undefined;
  const lines = text.split("\n");
  const first = lines.findIndex((line) => start.test(line));
  if (first === -1 || !lines.some((line, i) => i > first && end.test(line))) return undefined;
  let side: "both" | "ours" | "base" | "theirs" = "both";
  const ours: string[] = [];
  const theirs: string[] = [];
  for (const line of lines) {
    const next = sideAfter(line, side);
    const isMark = next !== undefined;
    ours.push(!isMark && (side === "both" || side === "ours") ? line : "");
    theirs.push(!isMark && (side === "both" || side === "theirs") ? line : "");
    side = next ?? side;
  }
  return { ours: ours.join("\n"), theirs: theirs.join("\n"), line: first + 1 };
}

function sideAfter(line: string, side: "both" | "ours" | "base" | "theirs") {
  if (side === "both") return start.test(line) ? "ours" : undefined;
  if (side === "ours" && base.test(line)) return "base";
  if ((side === "ours" || side === "base") && middle.test(line)) return "theirs";
  return side === "theirs" && end.test(line) ? "both" : undefined;
}
