// The names that a failed cell declares but did not come to give a value: nobody can use them.
import type { DeclaredName } from "./cell-source.js";

export function lostNames(declared: readonly DeclaredName[], exports: object): Set<string> {
  const isLost = (one: DeclaredName): boolean => one.kind !== "type" && !hasValue(exports, one);
  return new Set(declared.filter(isLost).map(({ name }) => name));
}

/** Not reached, a `let`, a `const` and a class throw when they are read; an enum is undefined. */
function hasValue(exports: object, { name, kind }: DeclaredName): boolean {
  try {
    return Reflect.get(exports, name) !== undefined || kind === "variable" || kind === "constant";
  } catch {
    return false;
  }
}
