// Our kernel in one of Jupyter's folders of kernels: put there, and taken back, with whatever stood there before.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { renameOver } from "../../kernel/client/rename-over.js";
import { makeFolder, writeAtomically } from "../../kernel/client/write-atomically.js";

/** The contents of a kernel.json. https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs */
export interface Kernelspec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message" | "signal";
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Something stands where the kernel should go, or be taken from, that is not ours to touch. */
export class KernelspecError extends Error {
  override readonly name = "KernelspecError";
}

/** By this key of its metadata we know a kernelspec for ours. */
const ourMark = "retroprop";

const specFile = "kernel.json";
/** Within our folder, since Jupyter would list one beside it as another kernel. */
const replacedFolder = "replaced";

/** Writes `spec` as the kernel `name`; another kernel of that name is kept, and comes back with {@link uninstallSpec}. */
export function installSpec(kernels: string, name: string, spec: Kernelspec): "installed" | "updated" | "replaced" {
  const folder = join(kernels, name);
  const content = `${JSON.stringify({ ...spec, metadata: { ...spec.metadata, [ourMark]: true } }, undefined, 2)}\n`;
  const owner = ownerOf(folder);
  if (owner === "another") {
    replaceFolder(folder, content);
    return "replaced";
  }
  makeFolder(folder);
  writeAtomically(join(folder, specFile), content);
  return owner === "nobody" ? "installed" : "updated";
}

/** Takes our kernel `name` back, and nothing else. @throws KernelspecError when the kernel of that name is not ours */
export function uninstallSpec(kernels: string, name: string): "removed" | "restored" | "absent" {
  const folder = join(kernels, name);
  const owner = ownerOf(folder);
  if (owner === "nobody") return "absent";
  if (owner === "another") {
    throw new KernelspecError(`the kernel \`${name}\` in ${kernels} is not ours: whoever installed it can remove it`);
  }
  const before = join(folder, replacedFolder);
  if (!existsSync(before)) {
    rmSync(join(folder, specFile));
    if (readdirSync(folder).length === 0) rmdirSync(folder);
    return "removed";
  }
  const ours = besides(folder);
  renameOver(folder, join(ours, name));
  renameOver(join(ours, name, replacedFolder), folder);
  rmSync(ours, { recursive: true });
  return "restored";
}

/** Whose the kernelspec in `folder` is. */
function ownerOf(folder: string): "us" | "another" | "nobody" {
  if (!existsSync(folder)) return "nobody";
  try {
    return ourMark in JSON.parse(readFileSync(join(folder, specFile), "utf8")).metadata ? "us" : "another";
  } catch {
    return readdirSync(folder).length === 0 ? "nobody" : "another";
  }
}

/** The new folder is whole before it takes the place of the old one, which goes into it. */
function replaceFolder(folder: string, content: string): void {
  const workshop = besides(folder);
  const [before, next] = [join(workshop, "before"), join(workshop, "next")];
  mkdirSync(next);
  writeAtomically(join(next, specFile), content);
  renameOver(folder, before);
  try {
    renameOver(before, join(next, replacedFolder));
    renameOver(next, folder);
  } catch (error) {
    const kept = [join(next, replacedFolder), before].find(existsSync);
    if (kept !== undefined) renameOver(kept, folder);
    throw error;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** A new folder on the same disk, out of the folder of kernels: renaming into it is instantaneous and Jupyter sees none. */
const besides = (folder: string): string => mkdtempSync(join(dirname(dirname(folder)), ".retroprop-"));
