// Where the course is: commands work from any folder inside it, compiled or not.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder whose package.json is the course's own, found upwards from this file. */
export const courseRoot: string = findUpwards(dirname(fileURLToPath(import.meta.url)));

function findUpwards(folder: string): string {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "retroprop-course") return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("internal: no package.json named retroprop-course above cli/");
  return findUpwards(parent);
}
