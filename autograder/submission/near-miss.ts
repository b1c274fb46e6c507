// The name a student may have given to an exercise that is not found under its own.
import { foreignLetters, nearMiss, notFound, pythonName } from "./messages.fr.js";
import type { ExpectedExercise } from "./submission.js";

/** What to say of an exercise that nothing declares; `declared` are the names there are, each with its place. */
export function explainAbsence({ name, python }: ExpectedExercise, declared: ReadonlyMap<string, string>): string {
  const found = [...declared.keys()].find((other) => other === python) ?? nearest(name, [...declared.keys()]);
  const where = found === undefined ? undefined : declared.get(found);
  if (found === undefined || where === undefined) return notFound(name);
  if (found === python) return pythonName(name, found, where);
  return (/^[\w$]+$/.test(found.normalize("NFKD").replace(/\p{M}/gu, "")) ? nearMiss : foreignLetters)(
    name,
    found,
    where,
  );
}

/** Whether a statement holds a function of this name where nothing outside of it sees one: in a class, in a block. */
export function declaresInside(text: string, name: string): boolean {
  const method = new RegExp(`^[ \\t]*(?:(?:public|static|async)[ \\t]+)*${name}\\s*[(<=]`, "m");
  return (
    new RegExp(`\\bfunction\\s+${name}\\b`).test(text) || (/^(?:abstract\s+)?class\b/.test(text) && method.test(text))
  );
}

/** Case and underscores aside, the name at the smallest distance: at most 2, and less than a third of it changed. */
function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = fold(name);
  return candidates
    .filter((candidate) => candidate !== name)
    .map((candidate) => ({ candidate, distance: editDistance(wanted, fold(candidate)) }))
    .filter(({ distance }) => distance <= Math.min(2, name.length / 3))
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** As one reads it: without case, underscores, accents or joiners, and letters of other alphabets as those they look like. */
const fold = (name: string): string =>
  Array.from(name.slice(0, 80).normalize("NFKD").toLowerCase(), (letter) => lookAlikes.get(letter) ?? letter)
    .join("")
    .replace(/[_\p{M}\p{Cf}]/gu, "");

const foreign = "аеорсухіјѕһԁԛԝвкмнтοαενικρτυχωɡɑıℓ";
const latin = "aeopcyxijshdqwbkmhtoaevikptuxwgail";
const lookAlikes = new Map(Array.from(foreign, (letter, i) => [letter, latin[i] ?? letter]));

/** Levenshtein's distance: how many letters to insert, remove or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + Number(a[i - 1] !== b[j - 1])));
    }
    row = next;
  }
  return row[b.length]!;
}
