// Whom a text names: a file, a folder of Moodle's, a member of a team. One person, several, or nobody; never a guess unsaid.
import { readMoodleName } from "./moodle-name.js";
import { compactName, isFileWord, longestName, nameKey, wordsOf } from "./names.js";
import type { Person, Roster } from "./roster.js";

export type Found =
  | { readonly person: Person /** Words were left aside: staff are told. */; readonly loosely: boolean }
  | { readonly candidates: Roster };

export function findPerson(text: string, roster: Roster): Found {
  const written = read(text);
  const exact = [byEmail, byNumber, byName].map((by) => roster.filter((person) => by(person, written)));
  const within = roster.filter((person) => contains(person, written));
  const first = exact.find((people) => people.length > 0);
  if (first !== undefined) {
    // A file is named by whoever hands it in: its number may be one person's and its name another's.
    const others = [...exact, within].filter((people) => !people.some((person) => first.includes(person)));
    const found = [...new Set([...first, ...others.flat()])];
    return found.length === 1 ? { person: found[0]!, loosely: false } : { candidates: found };
  }
  return within.length === 1 ? { person: within[0]!, loosely: true } : { candidates: within };
}

/** A text taken apart once, for a whole roster. */
interface Written {
  /** What stands between spaces and brackets: an e-mail may be among them. */
  readonly parts: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  /** Without what file names add. */
  readonly keys: ReadonlySet<string>;
  readonly compact: string;
}

function read(text: string): Written {
  const short = text.slice(0, longestName);
  const name = readMoodleName(short)?.name ?? short.replace(/\.(ipynb|ts|zip)$/i, "");
  const bare = wordsOf(name)
    .filter((word) => !isFileWord(word))
    .join(" ");
  return {
    parts: new Set(name.toLowerCase().split(/[\s,;<>()]+/)),
    words: new Set(wordsOf(name)),
    keys: new Set([nameKey(bare), nameKey(name)].filter((key) => key !== "")),
    compact: compactName(bare),
  };
}

/** The ways of writing a name that are the same; kept, since each person is compared with each submission. */
interface Forms {
  readonly words: readonly string[];
  readonly key: string;
  /** Run together, whichever of its words comes first: `noelemilie`, `emilienoel`. */
  readonly compact: ReadonlySet<string>;
}

const known = new WeakMap<Person, Forms>();

function formsOf(person: Person): Forms {
  const kept = known.get(person);
  if (kept !== undefined) return kept;
  const words = wordsOf(person.name);
  const parts = person.name.slice(0, longestName).split(/\s+/);
  const turned = parts.map((_, i) => compactName([...parts.slice(i), ...parts.slice(0, i)].join(" ")));
  const forms = { words, key: nameKey(person.name), compact: new Set(turned) };
  known.set(person, forms);
  return forms;
}

type By = (person: Person, written: Written) => boolean;

const byEmail: By = ({ email }, { parts }) => email !== undefined && parts.has(email.toLowerCase());

/** A short number (`12`) could be a group's or a version's. */
const byNumber: By = ({ number }, { words }) =>
  number !== undefined && number.length >= 4 && words.has(number.toLowerCase());

const byName: By = (person, { keys, compact }) =>
  keys.has(formsOf(person).key) || (compact !== "" && formsOf(person).compact.has(compact));

const contains: By = (person, { words }) => {
  const needed = formsOf(person).words;
  return needed.length > 1 && needed.every((word) => words.has(word));
};
