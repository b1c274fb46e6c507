// Which submission is whose: names and numbers against the roster, teams, what staff said; conflicts are left to them.
import type { StaffReport } from "../judge/verdict.js";
import type { Adjustments } from "./adjustments.js";
import { findPerson } from "./find-person.js";
import {
  badTeam,
  outsideTeam,
  readAs,
  sameTeamTwice,
  severalPeople,
  severalSubmissions,
  severalTeams,
  unknownSubmitter,
} from "./messages.fr.js";
import { readMoodleName } from "./moodle-name.js";
import type { Issue } from "./practice-error.js";
import type { Person, Roster } from "./roster.js";
import type { Team } from "./teams.js";

export interface Submitted {
  readonly person: Person;
  /** None: nothing came. Several: staff must choose. */
  readonly submissions: readonly StaffReport[];
}

export interface WhoHandedIn {
  /** The roster's people in its order, then whoever else handed in. */
  readonly people: readonly Submitted[];
  readonly issues: readonly Issue[];
}

/** `teams` holds what `equipe.json` says, by submission; without a roster, each name in it is a person. */
export function whoHandedIn(
  reports: readonly StaffReport[],
  roster: Roster | undefined,
  teams: ReadonlyMap<string, Team>,
  { adjustments }: Adjustments,
): WhoHandedIn {
  const issues: Issue[] = [];
  const known = roster ?? [];
  const owned = new Map<string, Owned>(known.map((person) => [keyOf(person), { person, submissions: [] }]));
  const give = (person: Person, submission: StaffReport, key: string): void => {
    const owner = owned.get(key) ?? { person, submissions: [] };
    if (!owner.submissions.includes(submission)) owner.submissions.push(submission);
    owned.set(key, owner);
  };
  const giveStranger = (name: string, report: StaffReport): void => {
    const member = inTeams.find((one) => isExactly(one, { name }));
    // Of whom nothing is known but a submission, two of the same name may be two people.
    if (member === undefined) give({ name }, report, report.student);
    else give({ name: member }, report, keyOf({ name: member }));
  };
  const claimed = claims(adjustments);
  const inTeams = roster === undefined ? membersOf(teams) : [];
  for (const report of reports) {
    const said = claimed.filter(({ submission }) => submission === report.student).map(({ student }) => student);
    const named = ownersOf(report, said, teams, issues);
    const areNames = said.length > 0 || named.length > 1;
    for (const name of named) {
      const person = roster === undefined ? undefined : personIn(roster, name, issues);
      if (person !== undefined) give(person, report, keyOf(person));
      else if (areNames) give({ name }, report, keyOf({ name }));
      else giveStranger(strangerName(report), report);
    }
    if (said.length === 0) checkSubmitter(report, named, known, issues);
  }
  const people = [...owned.values()].map((owner) => choose(owner, claimed));
  return { people: people.map((owner) => settleTwice(owner, teams, issues)), issues: distinct(issues) };
}

const membersOf = (teams: ReadonlyMap<string, Team>): readonly string[] =>
  [...teams.values()].flatMap((team) => ("members" in team ? team.members : []));

interface Owned {
  readonly person: Person;
  readonly submissions: StaffReport[];
}

/** Two of the same name are told apart by their numbers. */
const keyOf = ({ name, number = "", email = "" }: Person): string => JSON.stringify([name, number, email]);

const claims = (adjustments: Adjustments["adjustments"]) =>
  adjustments.flatMap((entry) =>
    "submission" in entry ? [{ student: entry.student, submission: entry.submission }] : [],
  );

/** What staff say of one member leaves the others of a team theirs; of any other submission, it stands for the name. */
function ownersOf(
  report: StaffReport,
  said: readonly string[],
  teams: ReadonlyMap<string, Team>,
  issues: Issue[],
): readonly string[] {
  if (said.length === 0) return namesOf(report, teams, issues);
  const team = teams.get(report.student);
  if (team === undefined || !("members" in team)) return said;
  const isMember = (name: string): boolean => team.members.some((member) => isNamedBy(name, { name: member }));
  return [...team.members, ...said.filter((name) => !isMember(name))];
}

/** A team's members; whoever the file's or folder's name says otherwise. */
function namesOf(report: StaffReport, teams: ReadonlyMap<string, Team>, issues: Issue[]): readonly string[] {
  const team = teams.get(report.student);
  if (team === undefined) return [submitterOf(report)];
  if ("members" in team) return team.members;
  issues.push({ kind: "bad-team", text: badTeam(report.student, team.refused) });
  return [submitterOf(report)];
}

/** What Moodle called it, else its student's name. Whatever names lie inside of it are the student's to choose. */
export const submitterOf = ({ student, handedInAs = "" }: StaffReport): string =>
  readMoodleName(handedInAs) === undefined ? student : handedInAs;

const strangerName = (report: StaffReport): string => readMoodleName(submitterOf(report))?.name || report.student;

function personIn(roster: Roster, name: string, issues: Issue[]): Person | undefined {
  const found = findPerson(name, roster);
  if ("person" in found) {
    if (found.loosely) issues.push({ kind: "read-as", text: readAs(name, found.person.name) });
    return found.person;
  }
  const names = found.candidates.map(nameWithNumber);
  issues.push(
    names.length === 0
      ? { kind: "unknown-submitter", text: unknownSubmitter(name) }
      : { kind: "several-people", text: severalPeople(name, names) },
  );
  return undefined;
}

const nameWithNumber = ({ name, number }: Person): string => (number === undefined ? name : `${name}, ${number}`);

function checkSubmitter(report: StaffReport, named: readonly string[], roster: Roster, issues: Issue[]): void {
  if (named.length < 2) return;
  const submitter = findPerson(submitterOf(report), roster);
  if (!("person" in submitter)) return;
  const members = named.map((name) => findPerson(name, roster));
  if (members.some((member) => "person" in member && member.person === submitter.person)) return;
  issues.push({ kind: "bad-team", text: outsideTeam(report.student, submitter.person.name) });
}

/** What staff said is theirs puts aside what names say. */
function choose(owner: Owned, claimed: ReturnType<typeof claims>): Owned {
  const said = claimed.filter(({ student }) => isNamedBy(student, owner.person));
  const chosen = owner.submissions.filter(({ student }) => said.some(({ submission }) => submission === student));
  return chosen.length > 0 ? { ...owner, submissions: chosen } : owner;
}

/** Without leaving a word of it aside: nobody is taken for a member of a team by a guess. */
function isExactly(text: string, person: Person): boolean {
  const found = findPerson(text, [person]);
  return "person" in found && !found.loosely;
}

export const isNamedBy = (text: string, person: Person): boolean =>
  text === person.name || "person" in findPerson(text, [person]);

/** A team whose members each hand in the same thing is graded once; anything else that comes twice is a conflict. */
function settleTwice(owner: Owned, teams: ReadonlyMap<string, Team>, issues: Issue[]): Submitted {
  const [first, ...others] = owner.submissions;
  if (first === undefined || others.length === 0) return owner;
  const names = owner.submissions.map(({ student }) => student);
  if (others.every((other) => isSameWork(first, other, teams))) {
    issues.push({ kind: "read-as", text: sameTeamTwice(names, first.student) });
    return { ...owner, submissions: [first] };
  }
  const inTeam = names.some((name) => teams.has(name));
  const text = inTeam ? severalTeams(owner.person.name, names) : severalSubmissions(owner.person.name, names);
  issues.push({ kind: inTeam ? "several-teams" : "several-submissions", text });
  return owner;
}

function isSameWork(one: StaffReport, other: StaffReport, teams: ReadonlyMap<string, Team>): boolean {
  const members = ({ student }: StaffReport): string => {
    const team = teams.get(student);
    return team !== undefined && "members" in team ? [...team.members].sort().join("\n") : "";
  };
  const work = ({ exercises, questions }: StaffReport): string =>
    JSON.stringify([exercises.map(({ tests }) => tests.map(({ verdict, earned }) => [verdict, earned])), questions]);
  return members(one) !== "" && members(one) === members(other) && work(one) === work(other);
}

const distinct = (issues: readonly Issue[]): Issue[] => [
  ...new Map(issues.map((issue) => [issue.text, issue])).values(),
];
