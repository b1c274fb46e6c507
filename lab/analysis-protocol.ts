// What the page asks about a notebook as a whole, and the answer: POST /api/retroprop/analysis, JSON both ways.

export interface AnalysisRequest {
  /** Where the notebook is, under the served folder: its imports are resolved from there. */
  readonly path: string;
  /** Its code cells, in order. */
  readonly cells: readonly { readonly id: string; readonly source: string }[];
}

export interface AnalysisAnswer {
  /** In the order of the request. */
  readonly cells: readonly AnalysedCell[];
}

export interface AnalysedCell {
  readonly id: string;
  readonly declares: readonly Declaration[];
  /** Names of other cells that this one reads. */
  readonly reads: readonly Reading[];
  readonly problems: readonly Problem[];
}

/** Offsets are UTF-16 units in the cell's source, as CodeMirror counts. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Declaration extends Span {
  readonly name: string;
  readonly kind: "function" | "class" | "variable" | "type" | "import";
}

export interface Reading extends Span {
  readonly name: string;
  readonly definedIn: { readonly cell: string } & Span;
}

export interface Problem extends Span {
  readonly severity: "error" | "warning";
  readonly message: string;
}
