// What an answer must say, as boxes to tick: the clauses of the rubric, which share the question's points.

export interface Criterion {
  readonly text: string;
  readonly points: number;
}

/** A rubric's clauses stand between semicolons; the points are shared by quarters, what is left goes to the first. */
export function criteriaOf(rubric: string, points: number): Criterion[] {
  const clauses = rubric
    .split(";")
    .map((clause) => clause.trim().replace(/\.$/, ""))
    .filter((clause) => clause !== "");
  if (clauses.length === 0) return [];
  const each = Math.floor((4 * points) / clauses.length) / 4;
  const first = points - each * (clauses.length - 1);
  return clauses.map((text, i) => ({ text, points: i === 0 ? first : each }));
}
