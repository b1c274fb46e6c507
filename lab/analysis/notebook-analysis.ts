// What the page knows of a notebook as a whole: who declares and who reads what, and what the compiler says, cell by cell.
// Long-lived: of a notebook seen before, only the cells that a change can reach are looked at again.
import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { AnalysisAnswer, AnalysisRequest } from "../analysis-protocol.js";
import { AnalysedNotebook } from "./analysed-notebook.js";

/** A compiler's memory of a notebook takes some tens of megabytes: those used last are kept. */
const mostNotebooks = 2;

export class NotebookAnalysis {
  readonly #root: string;
  /** By path, the one used last at the end. */
  readonly #notebooks = new Map<string, AnalysedNotebook>();

  constructor(rootFolder: string) {
    this.#root = resolve(rootFolder);
  }

  /** @throws RangeError for a path out of the root folder */
  analyse({ path, cells }: AnalysisRequest): AnalysisAnswer {
    const found = this.#inRoot(path);
    try {
      return { cells: this.#notebook(found).analyse(cells) };
    } catch (error) {
      this.#notebooks.delete(found); // half looked at: the next request begins anew
      throw error;
    }
  }

  #notebook(path: string): AnalysedNotebook {
    const notebook = this.#notebooks.get(path) ?? new AnalysedNotebook(dirname(path));
    this.#notebooks.delete(path);
    this.#notebooks.set(path, notebook);
    const [oldest = ""] = this.#notebooks.keys();
    if (this.#notebooks.size > mostNotebooks) this.#notebooks.delete(oldest);
    return notebook;
  }

  /** The server has looked at the path already; what is read from here is told to the page all the same. */
  #inRoot(path: string): string {
    const found = resolve(this.#root, path);
    const inside = relative(this.#root, found);
    if (inside.startsWith("..") || isAbsolute(inside))
      throw new RangeError(`analysis: expected a notebook under the served folder, received ${JSON.stringify(path)}`);
    return found;
  }
}
