// The disk as the compiler sees it, with texts laid over it that are not written yet.
import { dirname, resolve } from "node:path";
import ts from "typescript";

/** `texts`: path, relative to `root` → text. What `isHidden` is not there, unless it is among them. */
export function hostOver(
  root: string,
  options: ts.CompilerOptions,
  texts: ReadonlyMap<string, string>,
  isHidden: (path: string) => boolean = () => false,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  const byPath = new Map([...texts].map(([path, text]) => [resolve(root, path), text]));
  const folders = new Set([...byPath.keys()].flatMap(foldersAbove));
  const textAt = (path: string) => byPath.get(resolve(path));
  return {
    ...host,
    getCurrentDirectory: () => root,
    fileExists: (path) => textAt(path) !== undefined || (!isHidden(path) && host.fileExists(path)),
    // Without this the compiler does not look into a folder that is not written yet.
    directoryExists: (path) => folders.has(resolve(path)) || (host.directoryExists?.(path) ?? true),
    readFile: (path) => textAt(path) ?? (isHidden(path) ? undefined : host.readFile(path)),
    getSourceFile: (path, version, ...rest) => {
      const text = textAt(path);
      if (text !== undefined) return ts.createSourceFile(path, text, version, true);
      return packageFile(path, version, () => host.getSourceFile(path, version, ...rest));
    },
  };
}

const packageFiles = new Map<string, ts.SourceFile | undefined>();

/** Packages do not change while we run, and their types are long: each file is parsed once, whatever is compiled. */
function packageFile(
  path: string,
  version: ts.ScriptTarget | ts.CreateSourceFileOptions,
  parse: () => ts.SourceFile | undefined,
): ts.SourceFile | undefined {
  if (!path.includes("/node_modules/")) return parse();
  const key = JSON.stringify([path, version]);
  if (!packageFiles.has(key)) packageFiles.set(key, parse());
  return packageFiles.get(key);
}

function foldersAbove(path: string): string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersAbove(folder)];
}
