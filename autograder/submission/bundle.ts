// What is found of one student, sorted by what it may be, until it is a hand-in or the reason why not.
import { type HandIn, likeliest, refuse, type WorkFile } from "./hand-in.js";
import {
  archiveBeside,
  archiveClosed,
  documentsBeside,
  emptyFolder,
  foreignArchive,
  neitherKind,
  nothingUsable,
  python,
} from "./messages.fr.js";
import type { Owner } from "./owner.js";
import type { Refusal } from "./submission.js";
import { isArchiveName, isDocumentName, isForeignArchive, isTextName, isWorkName, mayBeWork } from "./work-names.js";

export interface Bundle {
  readonly owner: Owner;
  readonly handedInAs: string;
  /** A file of the class, and no folder. */
  readonly isFile: boolean;
  readonly work: WorkFile[];
  /** Named as work is not. */
  readonly perhaps: WorkFile[];
  /** Of these and of the others: what may hold answers in words. */
  readonly texts: WorkFile[];
  /** Bytes of both that are in memory. */
  keptBytes: number;
  readonly archives: WorkFile[];
  readonly others: string[];
  readonly teams: WorkFile[];
  /** Why entries of an archive were left out, of the first few. */
  readonly leftOut: string[];
  /** Why nothing of it is taken, or would be if nothing else were there. */
  readonly faults: { readonly reason: string; readonly isFatal: boolean }[];
}

export const newBundle = (owner: Owner, handedInAs: string, isFile: boolean): Bundle => {
  return {
    owner,
    handedInAs,
    isFile,
    work: [],
    perhaps: [],
    texts: [],
    keptBytes: 0,
    archives: [],
    others: [],
    teams: [],
    leftOut: [],
    faults: [],
  };
};

const mostLeftOut = 3;

export function leaveOut({ leftOut }: Bundle, reason: string): void {
  if (leftOut.length < mostLeftOut) leftOut.push(reason);
}

/** Where a file belongs, by its name alone. */
export function addFile(bundle: Bundle, file: WorkFile): void {
  const base = baseOf(file.name);
  if (isTextName(base)) bundle.texts.push(file);
  if (base === teamFileName) bundle.teams.push(file);
  else if (isWorkName(base)) keep(bundle, bundle.work, file);
  else if (isArchiveName(base)) bundle.archives.push(file);
  else if (isForeignArchive(base)) bundle.faults.push({ reason: foreignArchive(base), isFatal: false });
  else if (mayBeWork(base)) keep(bundle, bundle.perhaps, file);
  else {
    bundle.others.push(file.name);
    if ("bytes" in file) bundle.keptBytes += file.bytes.length;
  }
}

function keep(bundle: Bundle, files: WorkFile[], file: WorkFile): void {
  files.push(file);
  if ("bytes" in file) bundle.keptBytes += file.bytes.length;
}

/** How many of a student's texts are read for answers. */
const mostTexts = 3;

export const isCandidate = (name: string): boolean =>
  isWorkName(baseOf(name)) || mayBeWork(baseOf(name)) || isTextName(baseOf(name)) || baseOf(name) === teamFileName;

const teamFileName = "equipe.json";

/** The student's own name of the file, without folders and what Moodle writes before it. */
export const baseOf = (name: string): string =>
  name.slice(name.lastIndexOf("/") + 1).replace(/^.*_assignsubmission_[a-z]+_(?=.)/, "");

/** A bundle that nothing will be added to. */
export function close(bundle: Bundle): HandIn | Refusal {
  const { owner, handedInAs, work, perhaps, archives, others, leftOut, faults } = bundle;
  const student = owner.student.normalize("NFC");
  const found = work.length > 0 ? work : perhaps;
  const fatal = faults.find(({ isFatal }) => isFatal);
  if (fatal === undefined && found.length > 0) {
    const beside = archives.length > 0 ? [archiveBeside(archives.map(({ name }) => name))] : [];
    const documents = others.filter(isDocumentName).slice(0, mostLeftOut);
    const unread = documents.length > 0 ? [documentsBeside(documents)] : [];
    const notices = [...leftOut, ...beside, ...unread];
    const [team] = bundle.teams.sort((a, b) => a.name.length - b.name.length);
    const texts = likeliest(bundle.texts.filter((file) => !found.includes(file))).slice(0, mostTexts);
    return { student, handedInAs, files: likeliest(found), texts, notices, ...(team === undefined ? {} : { team }) };
  }
  const files = [...found, ...archives].slice(0, 5).map(({ name }) => name);
  const reason =
    (fatal ?? faults[0])?.reason ?? leftOut[0] ?? (archives[0] ? archiveClosed(archives[0].name) : undefined);
  return refuse(
    { student, handedInAs, files: files.length > 0 ? files : others.slice(0, 5) },
    reason ?? whyNothing(bundle),
  );
}

function whyNothing({ isFile, handedInAs, others }: Bundle): string {
  if (isFile) return /\.py$/i.test(handedInAs) ? python : neitherKind(handedInAs);
  return others.length === 0 ? emptyFolder : nothingUsable(others);
}
