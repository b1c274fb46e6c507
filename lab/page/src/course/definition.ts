// Where a name of a cell is defined, in another cell or in this one.
import type { AnalysisAnswer, Span } from "../../../analysis-protocol.js";

export interface Place extends Span {
  readonly cell: string;
}

/** `offset` counts UTF-16 units in the cell's source; just behind the name counts too. */
export function definitionAt(analysis: AnalysisAnswer, cell: string, offset: number): Place | undefined {
  const reading = analysis.cells
    .find(({ id }) => id === cell)
    ?.reads.find(({ from, to }) => from <= offset && offset <= to);
  return reading?.definedIn;
}

/** Places one jumped from, to come back to: the last first. */
export class Trail {
  readonly #places: Place[] = [];

  leave(place: Place): void {
    this.#places.push(place);
    if (this.#places.length > 50) this.#places.shift();
  }

  back(): Place | undefined {
    return this.#places.pop();
  }
}
