// The packages that an import can name. TypeScript proposes those that the nearest package.json lists; what is installed
// can be imported too.
import { dirname, join } from "node:path";
import { ts } from "../typescript.js";
import type { Span } from "./span.js";

/** What stands between the quotes of an import under the cursor, when it can only be a package's name. */
export function packageAt(code: string, cursor: number): Span | undefined {
  const { importedFiles } = ts.preProcessFile(code, true, true);
  const spans = importedFiles.map(({ fileName, pos }) => ({
    fileName,
    start: pos + 1,
    end: pos + 1 + fileName.length,
  }));
  const at = spans.find(({ start, end }) => start <= cursor && cursor <= end);
  return at !== undefined && packageName.test(at.fileName) ? { start: at.start, end: at.end } : undefined;
}

/** Or the beginning of one: no path, and nothing inside a package. */
const packageName = /^(@[^/]*\/?)?[^./@][^/]*$|^@?[^./]*$/;

/** The names in the `node_modules` of a folder and of those above it. */
export function packageNames(folder: string): string[] {
  const above = dirname(folder);
  return [...packagesIn(join(folder, "node_modules")), ...(above === folder ? [] : packageNames(above))];
}

function packagesIn(modules: string): string[] {
  if (!ts.sys.directoryExists(modules)) return [];
  return ts.sys.getDirectories(modules).flatMap((name) => {
    if (name.startsWith(".") || name === "@types") return [];
    return name.startsWith("@") ? ts.sys.getDirectories(join(modules, name)).map((own) => `${name}/${own}`) : [name];
  });
}
