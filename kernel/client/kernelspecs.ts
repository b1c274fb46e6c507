// The kernels that are installed on this machine, found as Jupyter finds them: by their kernel.json in its data folders.
// https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { dataFolders, here, type Surroundings } from "./jupyter-folders.js";
import type { InterruptMode } from "./jupyter-kernel.js";

export interface InstalledKernel {
  /** By which notebooks ask for it. */
  readonly name: string;
  readonly displayName: string;
  readonly language: string;
  /** `{connection_file}` stands for the path of that file, `{resource_dir}` for {@link folder}. */
  readonly argv: readonly [string, ...string[]];
  readonly interruptMode: InterruptMode;
  /** Added to our own; `${NAME}` stands for a variable of ours. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its kernel.json lies. */
  readonly folder: string;
}

/** A kernel.json that says nothing of use, and why. */
export interface BrokenKernelspec {
  readonly file: string;
  readonly reason: string;
}

export interface FoundKernels {
  /** By name. */
  readonly kernels: readonly InstalledKernel[];
  readonly broken: readonly BrokenKernelspec[];
}

/** Where two kernels have one name, the first of {@link dataFolders} counts. A broken one hides no other. */
export function findKernels(surroundings: Surroundings = here): FoundKernels {
  const kernels = new Map<string, InstalledKernel>();
  const broken: BrokenKernelspec[] = [];
  for (const folder of dataFolders(surroundings).flatMap(kernelFolders)) {
    const name = basename(folder).toLowerCase(); // as Jupyter does: notebooks come from other file systems
    const file = join(folder, "kernel.json");
    const text = readIfThere(file);
    if (text === undefined || kernels.has(name) || !/^[\w.-]+$/.test(name)) continue;
    const read = readSpec(text);
    if (typeof read === "string") broken.push({ file, reason: read });
    else kernels.set(name, { name, ...read, folder });
  }
  return { kernels: [...kernels.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), broken };
}

const specForm = z.object({
  argv: z.tuple([z.string().min(1)], z.string()),
  display_name: z.string(),
  language: z.string(),
  interrupt_mode: z.enum(["message", "signal"]).default("signal"),
  env: z.record(z.string(), z.string()).default({}),
});

/** What kernel.json says, or the reason why it says nothing. */
function readSpec(text: string): Omit<InstalledKernel, "name" | "folder"> | string {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return "it is not JSON";
  }
  const { data: spec, error } = specForm.safeParse(value);
  if (error) return error.issues.map(({ path, message }) => `\`${path.join(".")}\`: ${message}`).join("; ");
  const { argv, display_name: displayName, language, interrupt_mode: interruptMode, env } = spec;
  return { argv, displayName, language, interruptMode, env };
}

function kernelFolders(dataFolder: string): string[] {
  const kernels = join(dataFolder, "kernels");
  try {
    return readdirSync(kernels)
      .sort()
      .map((name) => join(kernels, name));
  } catch {
    return []; // not there, or closed to us
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
