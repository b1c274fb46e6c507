// Puts a release into a folder, never over somebody's work: the folder is new, empty, or an earlier release untouched.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Tp } from "../manifest.js";
import { replaceFolder } from "./edition/replace-folder.js";
import { type ReleaseFiles, releaseFiles } from "./release.js";

/** The folder asked for holds something that a release may not replace. */
export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
}

export interface ReleaseResult {
  readonly files: number;
  readonly bytes: number;
  readonly replaced: boolean;
}

/** @throws FolderInUse before anything is computed */
export function writeRelease(root: string, tp: Tp, folder: string): ReleaseResult {
  const replaced = checkFolder(folder, tp);
  const files = releaseFiles(root, tp);
  replaceFolder(folder, new Map([...files, [listFile, listOf(tp, files)]]));
  const bytes = [...files.values()].reduce((sum, content) => sum + Buffer.byteLength(content), 0);
  return { files: files.size + 1, bytes, replaced };
}

/** What a release says of itself: its TP, and the sha256 of each file as it was handed out. */
const listFile = "release.json";

interface ReleaseList {
  readonly tp: string;
  readonly files: Readonly<Record<string, string>>;
}

const listOf = ({ name }: Tp, files: ReleaseFiles): string => {
  const list: ReleaseList = {
    tp: name,
    files: Object.fromEntries([...files].map(([file, content]) => [file, sha256(content)])),
  };
  return `${JSON.stringify(list, undefined, 2)}\n`;
};

/** Whether there is an earlier release to replace. */
function checkFolder(folder: string, { name }: Tp): boolean {
  if (!existsSync(folder)) return false;
  if (!statSync(folder).isDirectory()) throw new FolderInUse(`${folder} is a file: name a folder`);
  const present = filesIn(folder);
  if (present.length === 0) return false;
  const list = readList(folder);
  if (list?.tp !== name) throw new FolderInUse(`${folder} is not empty: name a new folder`);
  const foreign = present.find((file) => file !== listFile && !isAsReleased(folder, file, list));
  if (foreign === undefined) return true;
  throw new FolderInUse(`${folder} holds ${foreign}, which is not as it was released: name a new folder`);
}

function isAsReleased(folder: string, file: string, { files }: ReleaseList): boolean {
  return files[file] === sha256(readFileSync(join(folder, file)));
}

function readList(folder: string): ReleaseList | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, listFile), "utf8"));
  } catch {
    return undefined;
  }
}

/** Every file under a folder; an installed node_modules counts as one that nobody released. */
function filesIn(folder: string, inside = ""): string[] {
  return readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
    return entry.isDirectory() && entry.name !== "node_modules" ? filesIn(folder, path) : [path];
  });
}

const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
