// Files of the notebook written in CommonJS: Node loads them, and forgets those that have changed since.
import { createRequire } from "node:module";
import { fileVersion, isOutsidePackages } from "./module-paths.js";

/** What the file exports now: it runs again when it, or a file that it requires, has changed since the last time. */
export function requireAnew(path: string): unknown {
  const require = createRequire(path);
  forgetChanged(path, require.cache, new Map());
  const exports: unknown = require(path);
  remember(path, require.cache);
  return exports;
}

type Cache = NodeJS.Dict<NodeJS.Module>;

const versions = new Map<string, string | undefined>();

/** Whether it, or anything below it, had to be forgotten. */
function forgetChanged(path: string, cache: Cache, seen: Map<string, boolean>): boolean {
  const known = seen.get(path);
  if (known !== undefined) return known;
  seen.set(path, false);
  const below = (cache[path]?.children ?? []).map(({ id }) => id).filter(isOutsidePackages);
  const changedBelow = below.map((file) => forgetChanged(file, cache, seen)).includes(true);
  const changed = changedBelow || (versions.has(path) && versions.get(path) !== fileVersion(path));
  if (changed) delete cache[path];
  seen.set(path, changed);
  return changed;
}

function remember(path: string, cache: Cache, seen = new Set<string>()): void {
  if (seen.has(path) || !isOutsidePackages(path)) return;
  seen.add(path);
  versions.set(path, fileVersion(path));
  for (const { id } of cache[path]?.children ?? []) remember(id, cache, seen);
}
