// Who handed in what, on the disk: a folder is a class, each file or sub-folder in it one student's; a file is one submission.
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { addFile, type Bundle, close, newBundle } from "./bundle.js";
import { type HandIn, refuse, type WorkFile } from "./hand-in.js";
import { codeOf } from "./intake-error.js";
import { emptyFolder, onlyHidden, symbolicLink, tooDeepFolder, unreadable } from "./messages.fr.js";
import { type GradescopeNames, gradescopeList, type Owner, ownerOf, readGradescopeNames } from "./owner.js";
import type { Refusal } from "./submission.js";
import { isArchiveName, isClutter, isWorkName, namesNobody, stemOf } from "./work-names.js";

export type { HandIn };

/** All hand-ins under `paths`, in the order of the paths and, in a folder, of the names. Reads no file, opens no archive. */
export function findHandIns(paths: readonly string[]): (HandIn | Refusal)[] {
  return withDistinctNames(paths.flatMap((path) => findBundles(path)).map(closeFound));
}

/** What stands in a class, before its archives are opened. */
export type Found = Bundle | Refusal;

export const closeFound = (found: Found): HandIn | Refusal => ("refused" in found ? found : close(found));

export function findBundles(path: string): Found[] {
  const full = resolve(path);
  const name = basename(full);
  const kind = kindOf(full, statSync);
  if (kind !== "folder") return [ofFile(newBundle(ownerOf(name, false), name, true), { name, path: full }, kind)];
  const names = entriesOf(full);
  if (!Array.isArray(names)) return [refuse({ student: name, handedInAs: name }, unreadable(names.reason))];
  if (names.length === 0) return [refuse({ student: name, handedInAs: name }, emptyFolder)];
  if (isOneStudents(name, names)) return [ofFolder(newBundle(ownerOf(name, true), name, false), name, full)];
  return [...ofClass(full, names).values()];
}

/**
 * `alice` with `tp1.ipynb` in it, as `submissions/*` gives them: what lies there is named after the work only. With
 * `tp1 (1).ipynb` beside it, it is what somebody downloaded of two.
 */
function isOneStudents(folder: string, names: readonly string[]): boolean {
  const work = names.filter((name) => isWorkName(name) || isArchiveName(name));
  const kinds = new Set(work.map((name) => extname(name)));
  const isNobodys = work.length > 0 && work.every((name) => namesNobody(stemOf(name)));
  return isNobodys && kinds.size === work.length && !namesNobody(folder);
}

/** By the keys of their owners. */
function ofClass(folder: string, names: readonly string[], found = new Map<string, Found>()): Map<string, Found> {
  const list = gradescopeNames(join(folder, gradescopeList));
  const groups = groupsIn(folder, names);
  for (const name of names.filter((name) => name !== gradescopeList)) {
    const path = join(folder, name);
    const group = groups.get(name);
    if (group !== undefined) {
      ofClass(path, group, found);
      continue;
    }
    const kind = kindOf(path, lstatSync);
    const owner = ownerOf(name, kind === "folder", list);
    const before = found.get(owner.key);
    const bundle = before !== undefined && "owner" in before ? before : newBundle(owner, name, kind !== "folder");
    found.set(owner.key, kind === "folder" ? ofFolder(bundle, name, path) : ofFile(bundle, { name, path }, kind));
  }
  return found;
}

/**
 * Groups of the class, each in a folder of its own, with the names in it. Among works that students have named, a folder that
 * looks like a group is a student's too, and so is one that has work beside such folders: nobody hands in another's work.
 */
function groupsIn(folder: string, names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, readonly string[]>();
  let others = 0;
  for (const name of names) {
    const path = join(folder, name);
    if (isPlatforms(name)) continue;
    const kind = kindOf(path, lstatSync);
    const inside = kind === "folder" ? entriesOf(path) : [];
    if (Array.isArray(inside) && inside.some(isPlatforms) && !inside.some(isWorkName)) groups.set(name, inside);
    else if (kind === "folder" || isWorkName(name)) others++;
  }
  return groups.size > others ? groups : new Map();
}

/** Named as Moodle and Gradescope name what one student handed in. */
const isPlatforms = (name: string): boolean => ownerOf(name, true).number !== undefined;

function gradescopeNames(path: string): GradescopeNames {
  try {
    return statSync(path).size > 16 * 2 ** 20 ? new Map() : readGradescopeNames(readFileSync(path, "utf8"));
  } catch {
    return new Map(); // it is there in Gradescope's exports only
  }
}

function ofFile(bundle: Bundle, file: { name: string; path: string }, kind: Kind): Found {
  const who = { student: bundle.owner.student, handedInAs: file.name, files: [file.name] };
  if (kind === "link") return refuse(who, symbolicLink);
  if (typeof kind === "object") return refuse(who, unreadable(kind.reason));
  if (kind === "file") addFile(bundle, file);
  const isNothing = bundle.work.length + bundle.perhaps.length + bundle.archives.length === 0;
  return isNothing && bundle.isFile ? { ...bundle, owner: asItIs(bundle, file.name) } : bundle;
}

/** `notes.pdf` is nobody's work: it is called by its whole name. */
const asItIs = ({ owner }: Bundle, name: string): Owner =>
  owner.number === undefined ? { ...owner, student: name } : owner;

/** Enough for a student who hands in the whole folder of the TP; more is not searched. */
const maxDepth = 6;
export const maxEntries = 5_000;

/** Adds all that lies in a folder, which is one student's. */
export function ofFolder(bundle: Bundle, name: string, path: string): Bundle {
  const links: string[] = [];
  let left = maxEntries;
  let isDeep = false;
  const collect = (folder: string, below: string, depth: number): void => {
    const names = entriesOf(folder);
    for (const entry of Array.isArray(names) ? names : []) {
      if (--left < 0) return;
      const file: WorkFile = { name: `${below}/${entry}`, path: join(folder, entry) };
      const kind = kindOf(file.path, lstatSync);
      if (kind === "folder" && depth >= maxDepth) isDeep = true;
      if (kind === "folder" && depth < maxDepth) collect(file.path, file.name, depth + 1);
      if (kind === "link" && (isWorkName(entry) || isArchiveName(entry))) links.push(file.name);
      if (kind === "file") addFile(bundle, file);
    }
  };
  collect(path, name, 0);
  if (isDeep) bundle.faults.push({ reason: tooDeepFolder(maxDepth), isFatal: false });
  if (hasPlaceholder(path)) bundle.faults.push({ reason: onlyHidden, isFatal: false });
  if (links.length > 0) bundle.faults.push({ reason: symbolicLink, isFatal: false });
  return bundle;
}

/** What a cloud or an editor leaves in the place of a file: `.tp1.ipynb.icloud`, `.ipynb_checkpoints`. */
function hasPlaceholder(path: string): boolean {
  try {
    return readdirSync(path).some((name) => /\.icloud$|^\.ipynb_checkpoints$/.test(name));
  } catch {
    return false;
  }
}

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
    return { reason: codeOf(error) };
  }
}

/** Two students of one name are told apart by their number, two submissions of one name by their whole file name. */
export function withDistinctNames(found: readonly (HandIn | Refusal)[]): (HandIn | Refusal)[] {
  const count = new Map<string, number>();
  for (const { student } of found) count.set(student, (count.get(student) ?? 0) + 1);
  const taken = new Set<string>();
  return found.map((one) => {
    const base = (count.get(one.student) ?? 0) > 1 ? longerName(one) : one.student;
    let student = base;
    for (let n = 2; taken.has(student); n++) student = `${base} (${n})`;
    taken.add(student);
    return { ...one, student };
  });
}

function longerName({ student, handedInAs = student }: HandIn | Refusal): string {
  const number = /_(\d+)(?:_assignsubmission_.*)?$/s.exec(handedInAs)?.[1];
  if (number !== undefined && handedInAs !== student) return `${student} (${number})`;
  return handedInAs.normalize("NFC");
}
