// What goes wrong with a data file, in one line: which file, what was expected, what came, which command mends it.

export type DataProblem = "missing" | "truncated" | "altered" | "unreadable";

/** Thrown when a data set cannot be had as the registry describes it. */
export class DataError extends Error {
  override readonly name = "DataError";
  readonly problem: DataProblem;

  constructor(problem: DataProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}
