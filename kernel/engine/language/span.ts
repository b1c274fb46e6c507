// A part of a cell's code, in UTF-16 units.

export interface Span {
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
}

/** The name under the cursor, or the one it touches; empty where there is none. */
export function wordAround(code: string, cursor: number): Span {
  const before = /#?[$\p{ID_Continue}]*$/u.exec(code.slice(0, cursor))![0];
  const after = /^[$\p{ID_Continue}]*/u.exec(code.slice(cursor))![0];
  return { start: cursor - before.length, end: cursor + after.length };
}
