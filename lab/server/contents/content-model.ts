// Files and folders as Jupyter's contents API describes them.
// https://jupyter-server.readthedocs.io/en/latest/developers/contents.html#data-model
import { createHash } from "node:crypto";
import { accessSync, constants, type Dirent, readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { ServedFolder } from "../guard/served-folder.js";
import { HttpFault } from "../http/http-fault.js";
import type { Words } from "../words.js";
import { contentForPage } from "./notebook-content.js";
import { readNotebook } from "./read-notebook.js";

/** The largest file that is read or written; in bytes. */
export const largestFile = 50 * 1024 * 1024;

export interface ContentModel {
  readonly name: string;
  readonly path: string;
  readonly type: "notebook" | "file" | "directory";
  readonly writable: boolean;
  readonly created: string;
  readonly last_modified: string;
  readonly size: number | null;
  readonly mimetype: string | null;
  readonly format: "json" | "text" | "base64" | null;
  readonly content: unknown;
  /** Of the file's bytes: sent back with what is saved, it says which file was meant to be replaced. */
  readonly hash?: string;
  readonly hash_algorithm?: "sha256";
}

export interface Wanted {
  readonly content: boolean;
  /** A notebook may be read as a plain file. */
  readonly type?: string | undefined;
  readonly format?: string | undefined;
}

/** Describes `file`, with its contents when they are wanted. A file always comes with its hash. */
export function describe(served: ServedFolder, file: string, wanted: Wanted, words: Words): ContentModel {
  const stats = statSync(file);
  const path = served.pathOf(file);
  if (stats.isDirectory()) {
    if (wanted.type !== undefined && wanted.type !== "directory") throw wrongType(words.isFolder(path));
    return {
      ...common(file, path, stats),
      ...listing(served, file, wanted.content, words),
      type: "directory",
      size: null,
    };
  }
  if (wanted.type === "directory") throw wrongType(words.isFile(path));
  if (stats.size > largestFile) throw new HttpFault(413, "too-large", words.tooLarge(largestFile / 1024 / 1024));
  const bytes = readFileSync(file);
  const asNotebook = extname(file) === ".ipynb" && wanted.type !== "file";
  return {
    ...common(file, path, stats),
    type: asNotebook ? "notebook" : "file",
    size: stats.size,
    hash: hashOf(bytes),
    hash_algorithm: "sha256",
    ...(wanted.content ? contentsOf(bytes, path, asNotebook, wanted, words) : empty),
  };
}

export const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const empty = { mimetype: null, format: null, content: null } as const;

const wrongType = (message: string): HttpFault => new HttpFault(400, "wrong-type", message);

function common(file: string, path: string, { birthtime, mtime }: Stats) {
  return {
    name: path === "" ? "" : basename(file),
    path,
    writable: isWritable(file),
    created: birthtime.toISOString(),
    last_modified: mtime.toISOString(),
  };
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function listing(served: ServedFolder, folder: string, wanted: boolean, words: Words) {
  if (!wanted) return empty;
  const shown = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => isListed(entry) && served.isShown(folder, entry.name, words),
  );
  return {
    mimetype: null,
    format: "json" as const,
    content: shown.map(({ name }) => summary(served, join(folder, name))),
  };
}

/** Sockets and devices are not for reading. */
const isListed = (entry: Dirent): boolean => entry.isFile() || entry.isDirectory() || entry.isSymbolicLink();

function summary(served: ServedFolder, file: string): ContentModel {
  const stats = statSync(file);
  const type = stats.isDirectory() ? "directory" : extname(file) === ".ipynb" ? "notebook" : "file";
  return { ...common(file, served.pathOf(file), stats), type, size: stats.isDirectory() ? null : stats.size, ...empty };
}

function contentsOf(bytes: Buffer, path: string, asNotebook: boolean, { format }: Wanted, words: Words) {
  if (asNotebook) {
    const content = contentForPage(readNotebook(bytes.toString("utf8"), path, words));
    return { mimetype: null, format: "json" as const, content };
  }
  const text = format === "base64" ? undefined : textOf(bytes);
  return text === undefined
    ? { mimetype: "application/octet-stream", format: "base64" as const, content: bytes.toString("base64") }
    : { mimetype: "text/plain", format: "text" as const, content: text };
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
