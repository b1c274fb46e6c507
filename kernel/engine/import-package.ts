// A package by its name: required, as its CommonJS form or, in Node 20.19 and later, its ES modules; where it cannot be,
// imported.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { constants, Script } from "node:vm";

/** As `require` would give it in the file `from`. */
export async function importPackage(specifier: string, from: string): Promise<unknown> {
  try {
    return createRequire(from)(specifier);
  } catch (error) {
    if (!onlyImportable.has(String((error as { code?: unknown } | null)?.code))) throw error;
  }
  return asRequired((await importFrom(dirname(from))(specifier)) as object);
}

/** It awaits at its top level, or offers nothing to `require`. */
const onlyImportable = new Set(["ERR_REQUIRE_ASYNC_MODULE", "ERR_REQUIRE_ESM", "ERR_PACKAGE_PATH_NOT_EXPORTED"]);

/** Node's own `import()`, as if written in a file of that folder. */
function importFrom(folder: string): (specifier: string) => Promise<unknown> {
  const script = new Script("(specifier) => import(specifier)", {
    filename: join(folder, "__import.js"),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext() as (specifier: string) => Promise<unknown>;
}

/** Marked as compiled code marks its modules, so that `default` is taken for what it is. */
function asRequired(namespace: object): object {
  const seen = { __esModule: true };
  for (const name of Object.keys(namespace)) {
    Object.defineProperty(seen, name, { enumerable: true, get: () => Reflect.get(namespace, name) });
  }
  return seen;
}
