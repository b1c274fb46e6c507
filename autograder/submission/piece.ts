// A piece of a submission: a whole file, or a cell of a notebook.

export interface Piece {
  /** How messages name it: `tp1.ts`, `cellule 12`. */
  readonly place: string;
  readonly text: string;
  /** The exercise that this cell was made for. */
  readonly exercise?: string;
}

/** What was handed in, before its declarations are looked at. */
export interface Source {
  readonly pieces: readonly Piece[];
  readonly answers: ReadonlyMap<string, string>;
  readonly notices: readonly string[];
}
