// Works that hold the same code, as copies and untouched notebooks do, are graded once: they have the same marks, even
// where a program draws lots, and the class takes less time.
import type { Submission } from "../../autograder/submission/submission.js";
import type { Carried } from "./carry-forward.js";
import { fingerprint } from "./causes.js";

export class SameCode {
  readonly #results = new Map<string, Promise<Carried>>();

  /** What `grade` finds, or has found of the same code. What could not be graded by our fault is tried again for each. */
  async resultsOf(submission: Submission, grade: () => Promise<Carried>): Promise<Carried> {
    const key = codeOf(submission);
    const known = this.#results.get(key);
    if (known !== undefined) {
      const found = await known;
      if (!isOurFault(found)) return found;
    }
    const results = grade();
    this.#results.set(key, results);
    return results;
  }
}

/** All that marks and messages depend on: the program, and where in the work its lines stood. Answers in words do not. */
const codeOf = ({ program, missing, origins, pieces }: Submission): string =>
  fingerprint(program, [...missing], origins, pieces);

const isOurFault = ({ results }: Carried): boolean =>
  results.some(({ tests }) => tests.some(({ verdict }) => verdict === "not-graded"));
