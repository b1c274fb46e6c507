// What a law of the course is: a sentence, and what speaks against it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "./course-error.js";
import { manifestFile } from "./course-source.js";

export interface Law<Subject> {
  readonly name: string;
  /** Empty where the law is kept. */
  readonly problems: (subject: Subject, root: string) => Problem[];
}

/** A problem of the manifest, at the first line that has `quoted` as a string. */
export function inManifest(root: string, quoted: string, message: string): Problem {
  const path = join(root, manifestFile);
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const index = lines.findIndex((line) => line.includes(JSON.stringify(quoted)));
  return { file: manifestFile, line: index + 1 || 1, message };
}
