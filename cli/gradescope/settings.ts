// What an autograder was made with: written into its zip, read in Gradescope's container.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { layers } from "../../autograder/sandbox/sandbox.js";

const settings = z.object({
  format: z.literal(1),
  tp: z.string(),
  /** The same for all, so that all have the same tests; secret. */
  seed: z.int(),
  language: z.enum(["fr", "en"]),
  isolation: z.enum(layers),
  /** Files in the folder `practice`. */
  roster: z.string().exactOptional(),
  overrides: z.array(z.string()),
});

export type Settings = z.infer<typeof settings>;

export const settingsName = "settings.json";
export const practiceFolder = "practice";

export const readSettings = (grader: string): Settings =>
  settings.parse(JSON.parse(readFileSync(join(grader, settingsName), "utf8")));
