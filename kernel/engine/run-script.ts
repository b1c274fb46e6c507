// Runs a compiled body with what it may refer to.
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { runParameters } from "./module-text.js";

export interface Surroundings {
  readonly exports: object;
  readonly require: unknown;
  /** The file that the body is, or seems to be: relative paths are told from there. */
  readonly path: string;
  readonly importModule: (specifier: string) => Promise<unknown>;
}

/**
 * Runs at once up to the first `await`; the promise is of the value that the body returns. `scriptName` is what V8 calls
 * it in stack traces, whose lines are those of `js`.
 */
export function runScript(js: string, scriptName: string, surroundings: Surroundings): Promise<unknown> {
  const { exports, require, path, importModule } = surroundings;
  // A block of its own: what it declares may be called as a parameter is, `module` for one.
  const wrapped = `(async function (${runParameters}) { "use strict"; {\n${js}\n}})`;
  const body = new Script(wrapped, { filename: scriptName, lineOffset: -1 }).runInThisContext() as AsyncBody;
  const folder = dirname(path);
  const meta = Object.assign(Object.create(null), { url: pathToFileURL(path).href, filename: path, dirname: folder });
  const own = (accessors: OwnNames): void => defineNames(exports, accessors);
  return body(exports, require, { exports }, path, folder, meta, importModule, own);
}

type AsyncBody = (...values: unknown[]) => Promise<unknown>;
type OwnNames = Readonly<Record<string, readonly [get: () => unknown, set?: (value: unknown) => void]>>;

function defineNames(exports: object, names: OwnNames): void {
  for (const [name, [get, set]] of Object.entries(names)) {
    Object.defineProperty(exports, name, { get, ...(set && { set }), enumerable: true, configurable: true });
  }
}
