// A piece of a submission: a whole file, or a cell of a notebook.

export interface Piece {
  /** How messages name it: `tp1.ts`, `cellule 12`. */
  readonly place: string;
  readonly text: string;
  /** The exercises that this cell was made for. */
  readonly exercises?: readonly string[];
  /** What it declares stands for all others of its name. */
  readonly overrides?: true;
  /** Put there for the student, who lost it. */
  readonly isGiven?: true;
  /** When the cell last ran, of those of one session. */
  readonly ran?: number;
}

/** What was handed in, before its declarations are looked at. */
export interface Source {
  readonly isNotebook: boolean;
  readonly pieces: readonly Piece[];
  readonly answers: ReadonlyMap<string, string>;
  readonly notices: readonly string[];
  /** How many cells stand before the place where the notebook ends too early. */
  readonly cutAfter?: number;
}
