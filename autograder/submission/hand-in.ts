// What one student handed in: the files that may be the work, on the disk or out of an archive.
import type { Refusal } from "./submission.js";

export interface HandIn {
  /** The name that reports give: without what Moodle and Gradescope add to it. */
  readonly student: string;
  /** The folder or file of the class it came as. */
  readonly handedInAs: string;
  /** The candidates, the likeliest first; most often one. */
  readonly files: readonly WorkFile[];
  /** Beside these: what may hold answers in words. */
  readonly texts: readonly WorkFile[];
  /** The `equipe.json` that says who made it, nearest to the class's folder. */
  readonly team?: WorkFile;
  /** How it was read, in French. */
  readonly notices: readonly string[];
}

/** A name relative to the class, with `/`, and where the bytes are. */
export type WorkFile =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly bytes: Uint8Array };

export const refuse = (
  { student, handedInAs, files }: { student: string; handedInAs: string; files?: readonly string[] },
  refused: string,
): Refusal => ({ student, handedInAs, files: files ?? [], refused });

/** How many of a student's files are read. */
const maxFiles = 20;

/** What is most likely the work first: named after a TP, then notebooks, then what lies least deep. */
export function likeliest<F extends { readonly name: string }>(files: readonly F[]): F[] {
  const rank = ({ name }: F): number => {
    const base = name.slice(name.lastIndexOf("/") + 1);
    return Number(!/tp\s*[-_]?\d/i.test(base)) * 2 + Number(!/\.ipynb/i.test(base)) + name.split("/").length / 100;
  };
  const sorted = files.map((file, i) => ({ file, i, rank: rank(file) })).sort((a, b) => a.rank - b.rank || a.i - b.i);
  return sorted.slice(0, maxFiles).map(({ file }) => file);
}
