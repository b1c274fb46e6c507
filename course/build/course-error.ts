// What is wrong with the course, said to its author: the file, the line, the fact and the remedy.

/** A place in a text file of the course; lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Problem extends Place {
  readonly message: string;
}

export class CourseError extends Error {
  override readonly name = "CourseError";
  readonly problem: Problem;

  constructor({ file, line }: Place, message: string) {
    super(formatProblem({ file, line, message }));
    this.problem = { file, line, message };
  }
}

export const formatProblem = ({ file, line, message }: Problem): string => `${file}:${line}: ${message}`;
