// A cell as the analysis keeps it: its code, read, and the module that stands for it in the program.
import type TS from "typescript";
import type { CellSource } from "../../kernel/engine/cell-source.js";
import { closeAll } from "../../kernel/engine/language/brackets.js";
import { syntaxFaults } from "../../kernel/engine/language/is-complete.js";
import type { OwnedName } from "../../kernel/engine/names.js";
import type { Declaration, Problem, Span } from "../analysis-protocol.js";

export interface CellModule {
  readonly id: string;
  /** Under which other cells import from it: the same as long as the cell is there. */
  readonly specifier: string;
  readonly code: string;
  /** What is wrong with the code itself: then `source` is that of the code with all that is open closed behind it. */
  readonly faults: readonly TS.Diagnostic[];
  readonly source: CellSource;
  taken: readonly TakenNames[];
  /** The module as it was last written, and whether it has not been looked at since. */
  text: string | undefined;
  isWritten: boolean;
  /** What the others see of it, once that has been asked. */
  shape: string | undefined;
  found: Findings | undefined;
}

/** What a cell takes from an earlier one. */
interface TakenNames {
  readonly from: CellModule;
  readonly names: readonly OwnedName[];
}

/** What was found in a module: true as long as neither its text nor what it takes has changed. */
interface Findings {
  readonly declares: readonly Declaration[];
  readonly reads: readonly TakenReading[];
  readonly problems: readonly Problem[];
}

/** A name of another cell, which may move within that one. */
export interface TakenReading extends Span {
  readonly name: string;
}

/** The module of a cell with this code; of the same cell as `known`, if that is given. */
export function readModule(
  known: CellModule | Pick<CellModule, "id" | "specifier">,
  code: string,
  readCell: (code: string) => CellSource,
): CellModule {
  if ("code" in known && known.code === code) return known;
  const faults = syntaxFaults(code);
  const source = readCell(faults.length === 0 ? code : closeAll(code));
  const unread = { text: undefined, isWritten: false, shape: undefined, found: undefined };
  return { ...unread, ...known, code, faults, source, taken: [] };
}
