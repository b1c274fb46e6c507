// What a submission imports, what it forgot to import, and why an import gives nothing here.
import { answerImport, forbiddenImport, readsData, relativeImport, unknownImport } from "./messages.fr.js";
import type { Import } from "./statements.js";

/** The last import of a name; one of a mere type does not hide an earlier one of the value. */
export function importsByName(imports: readonly Import[]): Map<string, Import> {
  const found = new Map<string, Import>();
  for (const one of imports) if (!one.typeOnly || found.get(one.local)?.typeOnly !== false) found.set(one.local, one);
  return found;
}

/** A notebook whose import cell is gone ran before it went: what the course gives is not what is marked. */
export function impliedImports(library: ReadonlySet<string>, known: ReadonlySet<string>): Map<string, Import> {
  const names = [...library].filter((name) => !known.has(name) && !isGlobal(name));
  return new Map(names.map((name) => [name, { local: name, module: "retroprop", imported: name, typeOnly: false }]));
}

export function whyRefused(
  { module, imported, typeOnly }: Import,
  answers: ReadonlyMap<string, string>,
  libraryNames: ReadonlySet<string> | undefined,
): string | undefined {
  if (module !== "retroprop") return refusedModule(module);
  if (imported === "*" || typeOnly) return undefined;
  if (dataFiles.has(imported)) return readsData(imported);
  // A name may be an answer here and a formula of the library there: `nll` of arrays is given where `nll` of tensors is asked.
  if (libraryNames?.has(imported) ?? !answers.has(imported)) return undefined;
  return answers.has(imported) ? answerImport(imported) : unknownImport(imported);
}

/** They read files that no submission sees, and their error would stop the whole program where it begins. */
const dataFiles = new Set(["mnist", "fashionMnist", "usps"]);

/** The same through the whole library: `rp.mnist()`. */
export function dataThrough({ imported, local }: Import, text: string): string | undefined {
  const name = [...dataFiles].find((file) => imported === "*" && text.includes(`${local}.${file}(`));
  return name === undefined ? undefined : readsData(name);
}

export const refusedModule = (module: string): string =>
  (module.startsWith(".") ? relativeImport : forbiddenImport)(module.slice(0, 100));

/** Known without an import. */
export const isGlobal = (name: string): boolean =>
  name in globalThis || ["arguments", "exports", "module", "require", "undefined"].includes(name);
