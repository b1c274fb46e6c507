// Where Jupyter keeps its data, kernels among them. https://docs.jupyter.org/en/latest/use/jupyter-directories.html
import { homedir } from "node:os";
import { join } from "node:path";

/** What the answer depends on; tests give others. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

export const here: Surroundings = { platform: process.platform, env: process.env, home: homedir() };

/** All the data folders, those that come first preferred; they need not exist. */
export function dataFolders(surroundings: Surroundings = here): string[] {
  const { platform, env } = surroundings;
  const named = (env["JUPYTER_PATH"] ?? "").split(platform === "win32" ? ";" : ":").filter(Boolean);
  // Jupyter knows the environment that its own Python is of; we know the one that is active in the terminal.
  const prefixes = [env["VIRTUAL_ENV"], env["CONDA_PREFIX"]].filter((prefix) => prefix !== undefined && prefix !== "");
  const environments = prefixes.map((prefix) => join(prefix!, "share", "jupyter"));
  return [...new Set([...named, ...environments, userDataFolder(surroundings), ...systemFolders(surroundings)])];
}

/** The user's own, which every front end of that user reads. */
export function userDataFolder({ platform, env, home }: Surroundings = here): string {
  if (env["JUPYTER_DATA_DIR"]) return env["JUPYTER_DATA_DIR"];
  if (platform === "darwin") return join(home, "Library", "Jupyter");
  if (platform === "win32") return join(env["APPDATA"] || join(home, "AppData", "Roaming"), "jupyter");
  return join(env["XDG_DATA_HOME"] || join(home, ".local", "share"), "jupyter");
}

function systemFolders({ platform, env }: Surroundings): string[] {
  if (platform === "win32") return env["PROGRAMDATA"] ? [join(env["PROGRAMDATA"], "jupyter")] : [];
  return ["/usr/local/share/jupyter", "/usr/share/jupyter"];
}
