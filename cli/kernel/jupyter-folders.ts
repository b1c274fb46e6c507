// Where our kernel is installed, so that Jupyter's front ends find it.
import { join } from "node:path";
import { type Surroundings, userDataFolder } from "../../kernel/client/jupyter-folders.js";

export type { Surroundings };

/** The folder of the user's own kernels, which every front end of that user reads. */
export const userKernels = (surroundings?: Surroundings): string => join(userDataFolder(surroundings), "kernels");

/** The folder of kernels that belong to a Python environment: `PREFIX/share/jupyter/kernels`. */
export const prefixKernels = (prefix: string): string => join(prefix, "share", "jupyter", "kernels");
