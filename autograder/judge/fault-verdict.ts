// What a fault is worth and what is said of it: a hidden test repeats neither the text nor the place of a student's own error.
import { asHandedIn } from "../submission/own-names.js";
import { commonMistakes, faults, unfinished } from "./messages.fr.js";
import { printable } from "./printable.js";
import type { ExerciseHead, Visibility } from "./spec.js";
import type { FaultDetail, StudentFault } from "./student-fault.js";
import type { Verdict } from "./verdict.js";

export function faultVerdict(fault: StudentFault): Verdict {
  switch (fault.kind) {
    case "threw":
      return unfinishedName(fault) === undefined ? "runtime-error" : "missing";
    case "ended":
      return "runtime-error";
    case "unreadable":
      return "wrong";
    case "ours":
      return "not-graded";
    default:
      return fault.kind;
  }
}

export function faultMessage(
  fault: StudentFault,
  exercise: ExerciseHead,
  visibility: Visibility,
  locate?: (line: number) => string,
): { readonly message: string; readonly mistake?: string } {
  switch (fault.kind) {
    case "threw":
      return { message: thrownMessage(fault, exercise, visibility, locate) };
    case "missing":
      return missingMessage(fault, exercise);
    case "does-not-compile":
      return { message: compilerMessage(fault, locate) };
    default:
      return { message: endings[fault.kind] };
  }
}

const endings = {
  ended: faults.ended,
  "time-limit": faults.timeLimit,
  "memory-limit": faults.memoryLimit,
  "output-limit": faults.outputLimit,
  unreadable: faults.unreadable,
  ours: faults.ours,
};

function thrownMessage(
  fault: StudentFault,
  exercise: ExerciseHead,
  visibility: Visibility,
  locate?: (line: number) => string,
): string {
  const name = unfinishedName(fault);
  if (name === exercise.name || name === "") return faults.unfinished(exercise.name);
  if (name !== undefined) return faults.unfinishedElsewhere(visibility === "visible" ? name : undefined);
  const detail = cleaned(fault);
  if (visibility === "hidden") return faults.threwHidden(usualName(detail.name));
  return faults.threw(detail, placeOf(detail, locate));
}

/** `softmax` of « À compléter : softmax », `SGD` of « … : SGD.step »; "" when no name follows, or one that is no name. */
function unfinishedName({ kind, detail }: StudentFault): string | undefined {
  if (kind !== "threw" || detail?.message.startsWith(unfinished) !== true) return undefined;
  return /^[\s:\u00a0]*([A-Za-z]{1,40})(?:\.[A-Za-z]{1,40})?$/.exec(detail.message.slice(unfinished.length))?.[1] ?? "";
}

/** The harness lists what is exported, so that a name written as in Python can be pointed at. */
function missingMessage({ detail }: StudentFault, { name }: ExerciseHead): { message: string; mistake?: string } {
  const python = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const exported = detail?.message.split(/[^A-Za-z0-9_$]+/) ?? [];
  if (python === name || !exported.includes(python)) return { message: faults.missing(name) };
  return { message: faults.missingPython(name, python), mistake: commonMistakes.pythonName };
}

function compilerMessage(fault: StudentFault, locate?: (line: number) => string): string {
  const detail = cleaned(fault);
  return faults.doesNotCompile(detail, placeOf(detail, locate));
}

function placeOf({ line }: FaultDetail, locate?: (line: number) => string): string {
  if (line === undefined) return "";
  return locate === undefined ? faults.line(line) : faults.locatedAt(locate(line));
}

function cleaned({ detail }: StudentFault): FaultDetail {
  const { name = "Error", message = "", line } = detail ?? {};
  return {
    name: printable(name, 40),
    message: printable(asHandedIn(message)),
    ...(line === undefined ? {} : { line }),
  };
}

/** The name of an error class is the student's to choose: only the usual ones are repeated. */
const usualName = (name: string): string =>
  ["TypeError", "RangeError", "ReferenceError", "SyntaxError", "ShapeError"].includes(name) ? name : "Error";
