// Everything the server says to a student, in both languages: one catalogue each, of this shape.
import type { Language } from "./language.js";
import { english } from "./words.en.js";
import { french } from "./words.fr.js";

export interface Words {
  // What a request cannot have.
  readonly badRequest: string;
  readonly internal: string;
  readonly noSuchPage: string;
  wrongMethod(method: string): string;
  tooLarge(megabytes: number): string;
  readonly noToken: string;
  readonly otherOrigin: string;
  otherHost(host: string): string;
  readonly outside: string;
  // Files.
  noSuchFile(path: string): string;
  isFolder(path: string): string;
  isFile(path: string): string;
  exists(path: string): string;
  notEmpty(path: string): string;
  readOnly(path: string): string;
  readonly diskFull: string;
  cannotWrite(path: string, reason: string): string;
  emptyNotebook(path: string): string;
  cutNotebook(path: string, line: number, column: number): string;
  badJson(path: string, line: number, column: number): string;
  notNotebook(path: string): string;
  oldNotebook(path: string, version: string): string;
  badContent(path: string): string;
  changedOnDisk(path: string): string;
  readonly newNotebook: string;
  readonly newFile: string;
  readonly newFolder: string;
  // Kernels.
  readonly noKernel: string;
  readonly noSession: string;
  noSuchKernel(name: string): string;
  kernelLeftOut(file: string, reason: string): string;
  kernelNotStarted(name: string): string;
  readonly analysisSuperseded: string;
  readonly analysisSlow: string;
  outputCut(path: string): string;
  readonly outputCutAndLost: string;
  readonly outputFileFull: string;
  readonly kernelEnded: string;
  readonly kernelRestarted: string;
  readonly journalCut: string;
  // Pages.
  readonly homeTitle: string;
  readonly homeLead: string;
  readonly exercisesTitle: string;
  readonly solutionsTitle: string;
  readonly otherTitle: string;
  readonly noNotebooks: string;
  readonly unreadable: string;
  readonly running: string;
  exercisesDone(done: number, all: number): string;
  pointsWon(won: string, all: string): string;
  readonly failing: string;
  readonly states: Readonly<Record<"todo" | "failing" | "passing", string>>;
  labelled(title: string, state: string): string;
  readonly visibleOnly: string;
  readonly start: string;
  readonly goOn: string;
  readonly otherLanguage: { readonly tag: Language; readonly name: string };
  readonly stopHint: string;
  readonly loading: string;
  readonly needsScript: string;
  readonly noBundle: string;
  readonly faultTitle: string;
  readonly backHome: string;
  number(value: number): string;
}

export const wordsIn = (language: Language): Words => (language === "fr" ? french : english);
