// Two versions of a notebook, cell by cell: what differs in the text, for who must choose one.

export interface ComparedCell {
  readonly id: string;
  readonly source: string;
}

/** Position counts from 1, in our version where the cell is in it. */
export interface Difference {
  readonly position: number;
  readonly mine: string | undefined;
  readonly theirs: string | undefined;
}

/** Cells are the same where their ids are. Moves are no difference: nothing is lost by them. */
export function differences(mine: readonly ComparedCell[], theirs: readonly ComparedCell[]): Difference[] {
  const other = new Map(theirs.map(({ id, source }) => [id, source]));
  const changed = mine.flatMap(({ id, source }, index) =>
    other.get(id) === source ? [] : [{ position: index + 1, mine: source, theirs: other.get(id) }],
  );
  const ours = new Set(mine.map(({ id }) => id));
  const added = theirs.flatMap(({ id, source }, index) =>
    ours.has(id) ? [] : [{ position: index + 1, mine: undefined, theirs: source }],
  );
  return [...changed, ...added].sort((a, b) => a.position - b.position);
}
