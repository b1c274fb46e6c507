// A class as its teacher downloaded it: folders, files and archives, opened in memory and never unpacked to the disk.
import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { close, newBundle } from "./bundle.js";
import { classIn } from "./class-archive.js";
import type { HandIn } from "./hand-in.js";
import { closeFound, type Found, findBundles, ofFolder, withDistinctNames } from "./hand-ins.js";
import { openArchivesOf } from "./student-archives.js";
import type { Refusal } from "./submission.js";
import { isArchiveName } from "./work-names.js";

/**
 * All hand-ins under `paths`, in the order of the paths and of the names. An archive is the folder it was made from: a class
 * where it is given as a path, a student's work where it lies in a class.
 */
export async function takeIn(paths: readonly string[]): Promise<(HandIn | Refusal)[]> {
  const found: Found[] = [];
  for (const path of paths) found.push(...(await bundlesAt(resolve(path))));
  return withDistinctNames(found.map(closeFound));
}

/** All that lies in `folder`, as the work of one student. */
export async function takeInOne(folder: string, student: string): Promise<HandIn | Refusal> {
  const name = basename(folder);
  const bundle = ofFolder(newBundle({ student, key: student }, name, false), name, folder);
  await openArchivesOf(bundle);
  return close(bundle);
}

async function bundlesAt(path: string): Promise<Found[]> {
  if (isArchiveFile(path)) return classIn(path); // archives in it are opened as they go by
  const found = findBundles(path);
  for (const one of found) if ("archives" in one) await openArchivesOf(one);
  return found;
}

function isArchiveFile(path: string): boolean {
  return isArchiveName(path) && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}
