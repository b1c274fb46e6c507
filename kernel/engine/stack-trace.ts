// What `error.stack` says while the kernel runs: places of cells and files as they were written, without frames of ours.
import { fileURLToPath } from "node:url";
import type { SourcePositions } from "./source-positions.js";

/** A cell may still put its own `Error.prepareStackTrace` in the place of this one. */
export function installStackTraces(positions: SourcePositions): void {
  const before = Error.prepareStackTrace;
  Error.stackTraceLimit = 30;
  Error.prepareStackTrace = (error, sites) => {
    const lastOfNotebook = sites.findLastIndex((site) => positions.has(site.getFileName() ?? ""));
    if (lastOfNotebook < 0 && before !== undefined) return before(error, sites);
    const shown = lastOfNotebook < 0 ? sites : sites.slice(0, lastOfNotebook + 1);
    const frames = shown
      .filter((site) => !isInnerFile(site.getFileName() ?? ""))
      .flatMap((site) => describeFrame(site, positions));
    return [headOf(error), ...frames.map((frame) => `    at ${frame}`)].join("\n");
  };
}

/** Of whatever has a stack: `console.trace` gives a plain object. */
function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

/** Is this a file of the kernel or of Node? */
export function isInnerFile(file: string): boolean {
  return file.startsWith("node:") || file.startsWith(ownUrl) || file.startsWith(ownFolder);
}

/** The folder of the kernel; where it is bundled into one, that of the bundle. */
const ownUrl = new URL(import.meta.url.includes("/kernel/engine/") ? ".." : ".", import.meta.url).href;
const ownFolder = fileURLToPath(ownUrl);

/** Nothing for the line that we put before a cell. */
function describeFrame(site: NodeJS.CallSite, positions: SourcePositions): string[] {
  const file = site.getFileName() ?? "";
  const text = String(site);
  if (!positions.has(file)) return [text];
  const [line, column] = [site.getLineNumber() ?? 1, site.getColumnNumber() ?? 1];
  const place = positions.find(file, line, column);
  if (place === undefined) return [];
  const written = `${place.source.label}:${place.line + 1}:${place.column + 1}`;
  return [text.replace(`${file}:${line}:${column}`, () => written)];
}
