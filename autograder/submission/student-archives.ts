// The archives that lie among a student's files: what in them is work, as if it lay beside the rest.
import { type ArchiveLimits, openArchive, type SafeEntry } from "./archive/open-archive.js";
import { addFile, type Bundle, baseOf, isCandidate, leaveOut } from "./bundle.js";
import { collectorFor } from "./collect-bytes.js";
import { likeliest, type WorkFile } from "./hand-in.js";
import { IntakeError, reasonOf } from "./intake-error.js";
import { bomb, emptyArchive, nestedArchive, tooMuchWork, twiceInArchive } from "./messages.fr.js";
import { isArchiveName, isWorkName } from "./work-names.js";

/** Enough for a student who hands in the whole folder of the TP. */
export const ofStudent: ArchiveLimits = { entries: 50_000, unpackedMb: 1_000, ratio: 300 };
/** What is kept of one student. */
const maxWorkMb = 16;
export const maxArchives = 3;

/** Of one student's. */
export const toOpen = <F extends { readonly name: string }>(archives: readonly F[]): F[] =>
  likeliest(archives).slice(0, maxArchives);

/** Puts what lies in a student's archives beside the rest; those that stay closed are named. */
export async function openArchivesOf(bundle: Bundle): Promise<void> {
  const archives = bundle.archives.splice(0);
  const opened = new Set(toOpen(archives));
  bundle.archives.push(...archives.filter((archive) => !opened.has(archive)));
  for (const archive of opened) {
    bundle.others.push(archive.name);
    const reason = await addArchive(bundle, archive);
    if (reason !== undefined) bundle.faults.push({ reason, isFatal: true });
  }
}

/** Why nothing of the archive can be taken; undefined when something was, or when it has nothing to take. */
export async function addArchive(bundle: Bundle, archive: WorkFile): Promise<string | undefined> {
  const content = new Map<string, Uint8Array>();
  const before = bundle.work.length + bundle.perhaps.length;
  try {
    for await (const entry of openArchive(archive, baseOf(archive.name), ofStudent)) {
      if ("fault" in entry) return entry.fault;
      if ("leftOut" in entry) leaveOut(bundle, entry.leftOut);
      else await addEntry(bundle, `${archive.name}/`, entry, content);
    }
  } catch (error) {
    return reasonOf(error);
  }
  const isNothing = bundle.work.length + bundle.perhaps.length === before;
  if (isNothing && bundle.faults.length === 0 && bundle.leftOut.length === 0)
    bundle.faults.push({ reason: emptyArchive(baseOf(archive.name)), isFatal: false });
  return undefined;
}

export type OpenEntry = Extract<SafeEntry, { collect: unknown }>;

export async function addEntry(bundle: Bundle, folder: string, entry: OpenEntry, content: Map<string, Uint8Array>) {
  const { name } = entry;
  if (isArchiveName(name)) bundle.faults.push({ reason: nestedArchive(name), isFatal: false });
  if (!isCandidate(name)) return;
  const bytes = await workIn(bundle, entry);
  if (bytes === undefined) return;
  const twin = content.get(name);
  if (twin !== undefined && Buffer.compare(twin, bytes) !== 0) throw new IntakeError(twiceInArchive(name));
  if (twin !== undefined) return;
  if (bundle.keptBytes + bytes.length > maxWorkMb * 2 ** 20) {
    if (isWorkName(baseOf(name))) throw new IntakeError(tooMuchWork(maxWorkMb));
    return void bundle.faults.push({ reason: tooMuchWork(maxWorkMb), isFatal: false });
  }
  content.set(name, bytes);
  addFile(bundle, { name: folder + name, bytes });
}

/** What only may be work, and is too big to be, is data that lies beside it. */
async function workIn(bundle: Bundle, { name, collect }: OpenEntry): Promise<Uint8Array | undefined> {
  try {
    return await collect(collectorFor(name));
  } catch (error) {
    if (isWorkName(baseOf(name)) || !(error instanceof IntakeError) || error.message === bomb) throw error;
    bundle.faults.push({ reason: error.message, isFatal: false });
    return undefined;
  }
}
