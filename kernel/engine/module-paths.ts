// Where an import of a file leads: with its extension, with that of the JavaScript it will become, without any, or to a
// folder's index.
import { statSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Is it a path, and not the name of a package? */
export const isPath = (specifier: string): boolean => /^(\.{1,2}([\\/]|$)|[\\/]|[A-Za-z]:[\\/]|file:)/.test(specifier);

/** The file that `specifier` means in the file `from`; undefined when there is none. TypeScript goes before JavaScript. */
export function findFile(specifier: string, from: string): string | undefined {
  const path = specifier.startsWith("file:") ? fileURLToPath(specifier) : resolve(dirname(from), specifier);
  return candidates(path).find(isFile);
}

/** Belongs to the notebook, and may change while it runs. */
export const isOutsidePackages = (path: string): boolean => !/[\\/]node_modules[\\/]/.test(path);

/** When a file was last written, and how long it is; undefined when it is gone. */
export function fileVersion(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.mtimeMs}:${stat.size}`;
}

function candidates(path: string): string[] {
  const extension = extname(path);
  const typed = typedExtensions[extension]?.map((other) => path.slice(0, -extension.length) + other) ?? [];
  const added = addedExtensions.map((other) => path + other);
  return [...typed, path, ...added, ...addedExtensions.map((other) => join(path, `index${other}`))];
}

const typedExtensions: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

const addedExtensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx", ".json"];

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
