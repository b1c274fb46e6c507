// Who handed in what: a folder is a class, each file or sub-folder in it one student's; a file is one submission.
import { lstatSync, readdirSync, statSync } from "node:fs";
import { basename, extname, join, relative, resolve, sep } from "node:path";
import { emptyFolder, neitherKind, symbolicLink, unreadable } from "./messages.fr.js";
import type { Refusal } from "./submission.js";

export interface HandIn {
  readonly student: string;
  /** The folder that names in messages and reports are relative to. */
  readonly folder: string;
  /** Paths of the candidates, from `folder`, with `/`; most often one. */
  readonly files: readonly string[];
}

/** All hand-ins under `paths`, in the order of the paths and, in a folder, of the names. Reads no file. */
export function findHandIns(paths: readonly string[]): (HandIn | Refusal)[] {
  return withDistinctNames(paths.flatMap((path) => handInsAt(resolve(path))));
}

type Found = HandIn | Refusal;

function handInsAt(path: string): Found[] {
  const kind = kindOf(path, statSync);
  if (kind !== "folder") return [handInOfFile(resolve(path, ".."), basename(path), kind)];
  const names = entriesOf(path);
  if (!Array.isArray(names)) return [refuse(basename(path), [], names.reason)];
  if (names.length === 0) return [refuse(basename(path), [], emptyFolder)];
  return names.map((name) => handInOf(path, name));
}

function handInOf(folder: string, name: string): Found {
  const kind = kindOf(join(folder, name), lstatSync);
  return kind === "folder" ? handInOfFolder(folder, name) : handInOfFile(folder, name, kind);
}

function handInOfFile(folder: string, name: string, kind: Kind): Found {
  const student = name.replace(/\.(ipynb|ts)$/i, "") || name;
  if (kind === "link") return refuse(student, [name], symbolicLink);
  if (typeof kind === "object") return refuse(student, [name], unreadable(kind.reason));
  return isCode(name) && kind === "file" ? { student, folder, files: [name] } : refuse(name, [name], neitherKind(name));
}

function handInOfFolder(folder: string, student: string): Found {
  const files: string[] = [];
  const links: string[] = [];
  collect(join(folder, student), 0, files, links);
  const names = files.map((file) => relative(folder, file).split(sep).join("/"));
  if (names.length > 0) return { student, folder, files: names };
  return refuse(student, [], links.length > 0 ? symbolicLink : emptyFolder);
}

/** Enough for a student who hands in the whole folder of the TP; more is not searched. */
const maxDepth = 3;
const maxFiles = 20;

function collect(folder: string, depth: number, files: string[], links: string[]): void {
  const names = entriesOf(folder);
  if (!Array.isArray(names)) return;
  for (const name of names) {
    const path = join(folder, name);
    const kind = kindOf(path, lstatSync);
    if (kind === "folder" && depth < maxDepth) collect(path, depth + 1, files, links);
    if (kind === "link" && isCode(name)) links.push(path);
    if (kind === "file" && isCode(name) && files.length < maxFiles) files.push(path);
  }
}

const isCode = (name: string): boolean => /^\.(ipynb|ts)$/i.test(extname(name)) && !/\.d\.ts$/i.test(name);

/** What editors, systems and npm leave in a folder is nobody's work. */
const isClutter = (name: string): boolean =>
  name.startsWith(".") || ["__MACOSX", "node_modules", "dist"].includes(name);

type Kind = "file" | "folder" | "link" | "other" | { readonly reason: string };

function kindOf(path: string, stat: typeof lstatSync): Kind {
  try {
    const stats = stat(path);
    if (stats.isSymbolicLink()) return "link";
    if (stats.isDirectory()) return "folder";
    return stats.isFile() ? "file" : "other";
  } catch (error) {
    return { reason: codeOf(error) };
  }
}

function entriesOf(folder: string): string[] | { reason: string } {
  try {
    return readdirSync(folder)
      .filter((name) => !isClutter(name))
      .sort();
  } catch (error) {
    return { reason: unreadable(codeOf(error)) };
  }
}

/** `EACCES`, `ENOENT`: the same in every language, and no path of the machine in it. */
export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "?";

const refuse = (student: string, files: readonly string[], refused: string): Refusal => ({ student, files, refused });

/** `alice.ts` beside `alice.ipynb` are two submissions: each takes its whole file name. */
function withDistinctNames(found: readonly Found[]): Found[] {
  const count = new Map<string, number>();
  for (const { student } of found) count.set(student, (count.get(student) ?? 0) + 1);
  const taken = new Set<string>();
  return found.map((one) => {
    const base = (count.get(one.student) ?? 0) > 1 ? (one.files[0] ?? one.student) : one.student;
    let student = base;
    for (let n = 2; taken.has(student); n++) student = `${base} (${n})`;
    taken.add(student);
    return { ...one, student };
  });
}
