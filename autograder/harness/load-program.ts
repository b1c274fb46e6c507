// Loads a submission as a module that can import the library and nothing else.

import { type Module, SourceTextModule, SyntheticModule } from "node:vm";
import * as retroprop from "retroprop";
import { importRefused } from "./messages.fr.js";
import { programName } from "./wire-error.js";

/** The program, ready to run. Throws a SyntaxError when it is none. */
export async function linkProgram(source: string): Promise<Module> {
  const library = libraryModule();
  await library.link(refuse);
  await library.evaluate();
  const program = new SourceTextModule(source, {
    identifier: programName,
    importModuleDynamically: (specifier: string) => resolve(specifier, library),
  });
  await program.link((specifier) => resolve(specifier, library));
  return program;
}

function libraryModule(): Module {
  const exported = Object.entries(retroprop);
  const exportAll = function (this: SyntheticModule) {
    for (const [name, value] of exported) this.setExport(name, value);
  };
  const names = exported.map(([name]) => name);
  return new SyntheticModule(names, exportAll, { identifier: "retroprop" });
}

function resolve(specifier: string, library: Module): Module {
  return specifier === "retroprop" ? library : refuse(specifier);
}

function refuse(specifier: string): never {
  throw new SyntaxError(importRefused(specifier));
}
