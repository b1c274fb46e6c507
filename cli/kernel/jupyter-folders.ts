// Where Jupyter looks for kernels. https://docs.jupyter.org/en/latest/use/jupyter-directories.html
import { homedir } from "node:os";
import { join } from "node:path";

/** What the answer depends on, besides the arguments; tests give others. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const here: Surroundings = { platform: process.platform, env: process.env, home: homedir() };

/** The folder of the user's own kernels, which every front end of that user reads. */
export const userKernels = (surroundings: Surroundings = here): string => join(dataFolder(surroundings), "kernels");

/** The folder of kernels that belong to a Python environment: `PREFIX/share/jupyter/kernels`. */
export const prefixKernels = (prefix: string): string => join(prefix, "share", "jupyter", "kernels");

function dataFolder({ platform, env, home }: Surroundings): string {
  if (env["JUPYTER_DATA_DIR"]) return env["JUPYTER_DATA_DIR"];
  if (platform === "darwin") return join(home, "Library", "Jupyter");
  if (platform === "win32") return join(env["APPDATA"] || join(home, "AppData", "Roaming"), "jupyter");
  return join(env["XDG_DATA_HOME"] || join(home, ".local", "share"), "jupyter");
}
