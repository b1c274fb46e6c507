// Saves what a page sends: never over a file that has changed meanwhile, whole or not at all, and no more than was changed.
import { accessSync, chmodSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { writeAtomically } from "../../../kernel/client/write-atomically.js";
import type { ServedFolder } from "../guard/served-folder.js";
import { HttpFault } from "../http/http-fault.js";
import type { Words } from "../words.js";
import { type ContentModel, describe, hashOf } from "./content-model.js";
import { onFile } from "./file-faults.js";
import { layOutAnew, layOutLike } from "./lay-out.js";
import { contentFor, isNotebook } from "./notebook-content.js";

type Json = Readonly<Record<string, unknown>>;

export interface SaveOptions {
  readonly served: ServedFolder;
  readonly words: Words;
  /** Tests make the disk full. */
  readonly write?: typeof writeAtomically;
}

/**
 * Saves `model`, a contents model of Jupyter's, at `path`. With a `hash` or a `last_modified`, the file on the disk must
 * still be that one: otherwise 409, and nothing is written. Resolves with the new model, without the contents.
 */
export function saveFile(
  path: string,
  model: Json,
  { served, words, write = writeAtomically }: SaveOptions,
): ContentModel {
  const file = served.locate(path, words);
  return onFile(path, words, () => {
    const before = existsSync(file) ? readFileSync(file) : undefined;
    refuseConflict(path, file, before, model, words);
    const bytes = bytesOf(path, model, before, words);
    if (before === undefined || !before.equals(bytes)) replace(file, bytes, before !== undefined, write);
    return describe(served, file, { content: false }, words);
  });
}

function refuseConflict(path: string, file: string, before: Buffer | undefined, model: Json, words: Words): void {
  const { hash, last_modified: modified } = model;
  // A date is taken for the file's own only when there is no hash: a copy made elsewhere may keep its date.
  const expectsHash = typeof hash === "string";
  const expectsDate = !expectsHash && typeof modified === "string";
  if (!expectsHash && !expectsDate) return;
  const now = before && { hash: hashOf(before), last_modified: statSync(file).mtime.toISOString() };
  if (now !== undefined && (expectsHash ? now.hash === hash : now.last_modified === modified)) return;
  throw new HttpFault(409, "changed-on-disk", words.changedOnDisk(path), {
    path,
    ...(now ?? { hash: null, last_modified: null }),
  });
}

function bytesOf(path: string, model: Json, before: Buffer | undefined, words: Words): Buffer {
  const { content, format, type } = model;
  if (type === "notebook" || path.endsWith(".ipynb")) {
    if (isNotebook(content)) return Buffer.from(notebookText(content, before?.toString("utf8")));
  } else if (typeof content === "string") return Buffer.from(content, format === "base64" ? "base64" : "utf8");
  throw new HttpFault(400, "bad-content", words.badContent(path));
}

function notebookText(content: Json, before: string | undefined): string {
  const old = before === undefined ? undefined : parse(before);
  if (before === undefined || !isNotebook(old)) return layOutAnew(contentFor(content, undefined));
  return layOutLike(contentFor(content, old), before);
}

/** Undefined for what is no JSON: who saves over such a file has seen what is wrong with it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

/** A file that may not be written is not replaced either, though its folder would let us; it keeps its rights. */
function replace(file: string, bytes: Buffer, isThere: boolean, write: typeof writeAtomically): void {
  if (isThere) accessSync(file, constants.W_OK);
  const mode = isThere ? statSync(file).mode & 0o777 : undefined;
  write(file, bytes);
  if (mode !== undefined && process.platform !== "win32") chmodSync(file, mode);
}
