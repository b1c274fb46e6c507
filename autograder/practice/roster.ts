// Who is in the class: a CSV with a line a student, its columns found by their names in French or in English.
import { nameKey } from "./names.js";
import { PracticeError } from "./practice-error.js";
import { columnOf, plainName, readTable, type Table } from "./table.js";

/** ABJ: justified, no coefficient. ABI: not justified, 0. */
export type Absence = "ABJ" | "ABI";

export interface Person {
  /** As the roster writes it: `NOËL Émilie`. */
  readonly name: string;
  /** Kept as text: `00123` keeps its zeros. */
  readonly number?: string;
  readonly email?: string;
  readonly group?: string;
  readonly absence?: Absence;
}

export type Roster = readonly Person[];

export function readRoster(bytes: Uint8Array): Roster {
  const table = readTable(bytes, "the roster");
  const read = readerOf(table);
  const people = table.rows.map((_, row) => personOf(read, row)).filter(({ name }) => name !== "");
  if (people.length === 0)
    throw new PracticeError("the roster names nobody: expected a line a student under the column names");
  refuseTwins(people);
  return people;
}

/** Spaces and case aside, the names of columns that universities, Moodle and Gradescope write. */
const columns = {
  last: ["nom", "nom de famille", "nom patronymique", "nom d'usage", "last name", "surname", "family name"],
  first: ["prénom", "prénoms", "prénom usuel", "first name", "given name", "firstname"],
  full: [
    "nom complet",
    "nom et prénom",
    "nom prénom",
    "prénom nom",
    "étudiant",
    "étudiante",
    "full name",
    "name",
    "student",
  ],
  number: [
    "numéro",
    "numéro étudiant",
    "n° étudiant",
    "n°",
    "no étudiant",
    "num étudiant",
    "numéro d'étudiant",
    "code étudiant",
    "numéro d'identification",
    "student number",
    "student id",
    "id number",
    "sid",
    "number",
  ],
  email: [
    "e-mail",
    "email",
    "mail",
    "courriel",
    "adresse de courriel",
    "adresse électronique",
    "adresse e-mail",
    "adresse mail",
    "email address",
    "e-mail address",
  ],
  group: ["groupe", "groupes", "group", "groups", "section", "td", "groupe de td", "groupe de tp"],
  absence: ["absence", "absences", "abs", "absent", "absent·e", "justification"],
} as const;

type Column = keyof typeof columns;
type Read = (row: number, column: Column) => string;

function readerOf({ header, rows }: Table): Read {
  const places = Object.fromEntries(
    Object.entries(columns).map(([name, names]) => [name, columnOf(header, names)]),
  ) as Record<Column, number>;
  if (places.last < 0 && places.full < 0) {
    throw new PracticeError(
      `the roster has no column of names: expected « Nom » and « Prénom », or « Nom complet »; received ${header.join(", ")}`,
    );
  }
  return (row, column) => rows[row]?.[places[column]]?.trim() ?? "";
}

function personOf(read: Read, row: number): Person {
  const written = [read(row, "last"), read(row, "first")].filter((part) => part !== "").join(" ");
  const absence = absenceOf(read(row, "absence"), row);
  const optional = (["number", "email", "group"] as const).map((column) => [column, read(row, column)] as const);
  return {
    name: written || read(row, "full"),
    ...Object.fromEntries(optional.filter(([, value]) => value !== "")),
    ...(absence === undefined ? {} : { absence }),
  };
}

const absences: ReadonlyMap<string, Absence | "none"> = new Map([
  ...["", "present", "presente", "non", "no"].map((word) => [word, "none"] as const),
  ...["abj", "justifiee", "justifie", "absence justifiee", "excused"].map((word) => [word, "ABJ"] as const),
  ...["abi", "injustifiee", "non justifiee", "absence injustifiee", "unexcused"].map((word) => [word, "ABI"] as const),
]);

/** An absence that says not which would be a zero, or none, by accident. */
function absenceOf(text: string, row: number): Absence | undefined {
  const absence = absences.get(plainName(text));
  if (absence === undefined) {
    throw new PracticeError(
      `the roster, student ${row + 1}: absence expects ABJ, ABI or nothing; received « ${text} »`,
    );
  }
  return absence === "none" ? undefined : absence;
}

/** Two lines that nothing tells apart would share one mark. */
function refuseTwins(people: Roster): void {
  const seen = new Map<string, Person>();
  for (const person of people) {
    const key = JSON.stringify([person.number ?? "", person.email?.toLowerCase() ?? "", nameKey(person.name)]);
    if (seen.has(key))
      throw new PracticeError(`the roster names ${person.name} twice: remove a line, or give both their numbers`);
    seen.set(key, person);
  }
}
