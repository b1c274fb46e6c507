// A whole class in one archive: whose each entry is, and what is kept of it.
import { basename } from "node:path";
import { type ArchiveLimits, openArchive, type SafeEntry } from "./archive/open-archive.js";
import { addFile, type Bundle, isCandidate, leaveOut, newBundle } from "./bundle.js";
import { type Collector, wholeCollector } from "./collect-bytes.js";
import { refuse } from "./hand-in.js";
import { type Found, maxEntries } from "./hand-ins.js";
import { IntakeError, reasonOf } from "./intake-error.js";
import { bigArchive, bigClass, bomb, emptyArchive } from "./messages.fr.js";
import { type GradescopeNames, gradescopeList, type Owner, ownerOf, readGradescopeNames } from "./owner.js";
import { addArchive, addEntry, maxArchives, type OpenEntry, ofStudent, toOpen } from "./student-archives.js";
import { isArchiveName, namesNobody, stemOf } from "./work-names.js";

/** A student of a class has limits of his own: nobody's work may have the others' refused. */
const ofClass: ArchiveLimits = { entries: 1_000_000, unpackedMb: 16_000, ratio: Number.POSITIVE_INFINITY };
/** An archive in an archive is whole in memory while it is read. */
const maxInnerMb = 100;
/** What is kept of a class in one archive: a thousand notebooks without their outputs take half of it. */
const maxKeptMb = 128;

/** The class that an archive holds: looked through once for its folders, once for what is in them. */
export async function classIn(path: string): Promise<Found[]> {
  const name = basename(path);
  try {
    const names: string[] = [];
    // Of a link too, which may be all that a student handed in; not a name that leads out of the archive.
    for await (const entry of openArchive({ path }, name, ofClass)) if (!("leftOut" in entry)) names.push(entry.name);
    const list = listIn(wrapperOf(names));
    const works = names.filter((one) => one !== list);
    const wrapper = wrapperOf(works);
    const known = works.length < names.length ? await gradescopeNamesIn(path, list) : undefined;
    const ownerIn = ownersIn(works, wrapper, stemOf(name), known);
    return await bundlesIn(path, { list, wrapper, ownerIn, archives: archivesToOpen(works, ownerIn) });
  } catch (error) {
    return [refuse({ student: stemOf(name), handedInAs: name, files: [name] }, reasonOf(error))];
  }
}

/** Where Gradescope's list of names stands. A file of its name that lies deeper is a student's. */
const listIn = (wrapper: string): string => wrapper + gradescopeList;

async function gradescopeNamesIn(path: string, list: string): Promise<GradescopeNames> {
  for await (const entry of openArchive({ path }, basename(path), ofClass)) {
    if (entry.name !== list || !("collect" in entry)) continue;
    return readGradescopeNames(Buffer.from(await entry.collect(wholeCollector(16, bigArchive))).toString("utf8"));
  }
  return new Map();
}

/** The folders that everything lies in: `tp1-rendus/` of `tp1-rendus/alice/tp1.ipynb`, `tp1-rendus/bob/…`. */
function wrapperOf(names: readonly string[]): string {
  const [first = ""] = names;
  let wrapper = "";
  for (const folder of first.split("/").slice(0, -1)) {
    const longer = `${wrapper}${folder}/`;
    const isPlatforms = ownerOf(folder, true).number !== undefined;
    if (isPlatforms || !names.every((name) => name.startsWith(longer))) break;
    wrapper = longer;
  }
  return wrapper;
}

type OwnerIn = (name: string) => { owner: Owner; handedInAs: string; isFile: boolean };

/** Who owns a file of the class; one student all of it, where its folders and files are named after the work only. */
function ownersIn(names: readonly string[], wrapper: string, archive: string, list?: GradescopeNames): OwnerIn {
  const topOf = (name: string) => name.slice(wrapper.length).split("/");
  const tops = names.filter((name) => isCandidate(name) || isArchiveName(name)).map(topOf);
  const isNobodys = ([top = "", ...below]: readonly string[]) => namesNobody(below.length > 0 ? top : stemOf(top));
  if (tops.length > 0 && tops.every(isNobodys)) {
    const folder = wrapper.split("/").at(-2) ?? "";
    const student = folder === "" || namesNobody(folder) ? archive : folder;
    return () => ({ owner: { student, key: "all" }, handedInAs: student, isFile: false });
  }
  return (name) => {
    const [top = "", ...below] = topOf(name);
    // Of a name that leads out of the archive, nobody can be told.
    if (/^(?:|\.\.?|[a-z]:.*|.*\\.*)$/i.test(top))
      return { owner: { student: archive, key: "" }, handedInAs: archive, isFile: true };
    return { owner: ownerOf(top, below.length > 0, list), handedInAs: top, isFile: below.length === 0 };
  };
}

/** Chosen before any is read: the likeliest of a student's may come last. */
function archivesToOpen(names: readonly string[], ownerIn: OwnerIn): Set<string> {
  const ofOwners = new Map<string, { name: string }[]>();
  for (const name of names.filter(isArchiveName)) {
    const { key } = ownerIn(name).owner;
    const archives = ofOwners.get(key) ?? [];
    archives.push({ name });
    ofOwners.set(key, archives);
  }
  return new Set([...ofOwners.values()].flatMap(toOpen).map(({ name }) => name));
}

/** What a first look through the archive of a class tells. */
interface Layout {
  readonly list: string;
  readonly wrapper: string;
  readonly ownerIn: OwnerIn;
  /** Those that are opened. */
  readonly archives: ReadonlySet<string>;
}

/** What of a class has been read of one student. */
interface Opened {
  readonly bundle: Bundle;
  readonly content: Map<string, Uint8Array>;
  archives: number;
  entries: number;
  unpackedBytes: number;
}

const newlyOpened = (bundle: Bundle): Opened => ({
  bundle,
  content: new Map(),
  ...{ archives: 0, entries: 0, unpackedBytes: 0 },
});

async function bundlesIn(path: string, layout: Layout): Promise<Found[]> {
  const { list, ownerIn } = layout;
  const all = new Map<string, Opened>();
  let kept = 0;
  for await (const entry of openArchive({ path }, basename(path), ofClass)) {
    if (entry.name === list) continue;
    const { owner, handedInAs, isFile } = ownerIn(entry.name);
    const opened = all.get(owner.key) ?? newlyOpened(newBundle(owner, handedInAs, isFile));
    all.set(owner.key, opened);
    if (++opened.entries > maxEntries) continue;
    kept -= opened.bundle.keptBytes;
    await addOfClass(opened, "collect" in entry ? countedFor(opened, entry) : entry, layout);
    kept += opened.bundle.keptBytes;
    if (kept > maxKeptMb * 2 ** 20) throw new IntakeError(bigClass(maxKeptMb));
  }
  if (all.size === 0) throw new IntakeError(emptyArchive(basename(path)));
  const bundles = [...all.values()].map(({ bundle }) => bundle);
  return bundles.sort((a, b) => (a.handedInAs < b.handedInAs ? -1 : 1));
}

/** What unpacks to too much costs whoever handed it in, wherever in the archive it stands. */
function countedFor(opened: Opened, { name, collect }: OpenEntry): OpenEntry {
  const count = (chunk: Uint8Array): void => {
    opened.unpackedBytes += chunk.length;
    if (opened.unpackedBytes > ofStudent.unpackedMb * 2 ** 20) throw new IntakeError(bomb);
  };
  const counted = ({ push, end }: Collector): Collector => ({
    end,
    push(chunk) {
      count(chunk);
      push(chunk);
    },
  });
  return { name, collect: (collector) => collect(counted(collector)) };
}

/** One oddity costs its own student, and no other. */
async function addOfClass(opened: Opened, entry: SafeEntry, { wrapper, archives }: Layout): Promise<void> {
  const { bundle, content } = opened;
  const name = entry.name.slice(wrapper.length);
  try {
    if ("fault" in entry) throw new IntakeError(entry.fault);
    if ("leftOut" in entry) leaveOut(bundle, entry.leftOut);
    else if (archives.has(entry.name) && ++opened.archives <= maxArchives) {
      const bytes = await entry.collect(wholeCollector(maxInnerMb, bigArchive));
      const reason = await addArchive(bundle, { name, bytes });
      if (reason !== undefined) throw new IntakeError(reason);
    } else if (isCandidate(name)) await addEntry(bundle, "", { ...entry, name }, content);
    else addFile(bundle, { name, bytes: new Uint8Array(0) });
  } catch (error) {
    bundle.faults.push({ reason: reasonOf(error), isFatal: true });
  }
}
