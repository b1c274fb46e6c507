// A submission's TypeScript to the JavaScript that runs, one file, nothing resolved; and from a line back to the source.
import { SourceMap } from "node:module";
import { compileAlone, notCompiled } from "./compile-alone.js";
import { compileTogether } from "./compile-together.js";

export interface Compiled {
  readonly code: string;
  /** The line of the source, from 1, for a place in `code`, from 1. */
  sourceLine(line: number, column?: number): number | undefined;
}

/** Five times what is taken in: what a compiler makes much longer is no answer to anything. */
const longestCode = 2 ** 20;

/** @throws StudentFault "does-not-compile" with the line. Types are not checked. */
export async function compile(program: string): Promise<Compiled> {
  const { code, map } = (await compileTogether(program)) ?? (await compileAlone(program));
  if (code.length > longestCode) throw notCompiled("compiled, it is too long");
  let sourceMap: SourceMap | undefined; // most submissions never need it
  return {
    code,
    sourceLine(line, column = 1) {
      sourceMap ??= new SourceMap(JSON.parse(map));
      const entry = sourceMap.findEntry(line - 1, column - 1);
      return "originalLine" in entry ? entry.originalLine + 1 : undefined;
    },
  };
}
