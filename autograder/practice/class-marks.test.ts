import { describe, expect, it } from "vitest";
import { readAdjustments } from "./adjustments.js";
import { type Practice, settleClass } from "./class-marks.js";
import { fingerprint } from "./fingerprint.js";
import { refusedReport, staffReport, staffTest, twoQuestions } from "./fixtures/reports.js";
import type { Team } from "./teams.js";

const roster = [
  { name: "NOËL Émilie", number: "00123" },
  { name: "DUPONT Jean" },
  { name: "MARTIN Léa", absence: "ABJ" },
  { name: "PETIT Luc", absence: "ABI" },
] as const;

const adjusted = (value: object) => ({ adjustments: readAdjustments(JSON.stringify(value)) });
const decided = (...adjustments: object[]) => adjusted({ adjustments });
const one = (report: Parameters<typeof settleClass>[0][number], practice: Practice = {}) =>
  settleClass([report], practice).marks[0]!;
const kinds = (practice: ReturnType<typeof settleClass>) => practice.issues.map(({ kind }) => kind);

describe("who is in the class", () => {
  it("a mark, a justified absence, an absence that is 0, and who is missing are four things", () => {
    const { marks, issues } = settleClass([staffReport("noel_emilie", [10, 5])], { roster });
    expect(marks.map(({ state, mark }) => [state, mark])).toEqual([
      ["graded", 15],
      ["missing", undefined],
      ["ABJ", undefined],
      ["ABI", 0],
    ]);
    expect(issues).toEqual([]);
  });

  it("is told by what the platform or the student called the hand-in, never by a name inside of it", () => {
    const inside = {
      handedInAs: "Luc PETIT.zip",
      files: ["Luc PETIT.zip/Émilie NOËL_456_assignsubmission_file_/tp1.ts"],
    };
    const moodle = {
      handedInAs: "Jean DUPONT_457_assignsubmission_file_",
      files: ["class.zip/x/Luc PETIT_9_assignsubmission_file_/a.ts"],
    };
    const reports = [staffReport("Luc PETIT", [10, 5], inside), staffReport("Jean DUPONT", [10, 5], moodle)];
    const { marks } = settleClass(reports, { roster });
    expect(marks.map(({ submission }) => submission)).toEqual([undefined, "Jean DUPONT", undefined, "Luc PETIT"]);
  });

  it("whoever is on no list is reported, keeps a mark, and is nobody else", () => {
    const result = settleClass([staffReport("Inconnue", [10, 10])], { roster });
    expect(result.marks.at(-1)).toMatchObject({ person: { name: "Inconnue" }, mark: 20, state: "graded" });
    expect(kinds(result)).toEqual(["unknown-submitter"]);
    expect(result.marks.slice(0, 2).map(({ state }) => state)).toEqual(["missing", "missing"]);
  });

  it("an absence of somebody who handed in is reported, and the work counts until staff say otherwise", () => {
    const reports = [staffReport("Martin Léa", [10, 0])];
    const result = settleClass(reports, { roster });
    expect(result.marks[2]).toMatchObject({ state: "graded", mark: 10 });
    expect(kinds(result)).toEqual(["absent-but-handed-in"]);
    const said = settleClass(reports, { roster, ...decided({ student: "Martin Léa", absence: "ABJ" }) });
    expect(said.marks[2]).toMatchObject({ state: "ABJ" });
    expect(said.issues).toEqual([]);
  });

  it("two submissions of one person are a conflict without a mark, until staff say which counts", () => {
    const reports = [staffReport("Emilie Noel", [10, 0]), staffReport("00123 v2", [10, 10])];
    const result = settleClass(reports, { roster });
    expect(result.marks[0]).toMatchObject({ state: "conflict" });
    expect(result.marks[0]!.mark).toBeUndefined();
    expect(kinds(result)).toEqual(["several-submissions"]);
    const said = settleClass(reports, { roster, ...decided({ student: "Noël Émilie", submission: "00123 v2" }) });
    expect(said.marks[0]).toMatchObject({ state: "graded", mark: 20, submission: "00123 v2" });
    expect(said.issues).toEqual([]);
  });

  it("a submission refused or not graded has no mark, and is no zero", () => {
    const ours = staffReport("Dupont Jean", [10, 0]);
    const exercises = [ours.exercises[0]!, { ...ours.exercises[1]!, tests: [staffTest("not-graded", 0)] }];
    const { marks } = settleClass([refusedReport("Noel Emilie"), { ...ours, exercises }], { roster });
    expect(marks.slice(0, 2).map(({ state, mark }) => [state, mark])).toEqual([
      ["refused", undefined],
      ["not-graded", undefined],
    ]);
  });
});

describe("a team", () => {
  const team = (...members: string[]): Team => ({ members });

  it("is graded once, a mark each", () => {
    const teams = new Map([["equipe-1", team("Noël Émilie", "Jean Dupont")]]);
    const { marks, issues } = settleClass([staffReport("equipe-1", [10, 8])], { roster, teams });
    expect(marks.slice(0, 2).map(({ mark, submission }) => [mark, submission])).toEqual([
      [18, "equipe-1"],
      [18, "equipe-1"],
    ]);
    expect(issues).toEqual([]);
  });

  it("whose members each hand in the same work is graded once; another work is a conflict", () => {
    const teams = new Map(["Emilie Noel", "Jean Dupont"].map((name) => [name, team("Noël Émilie", "Dupont Jean")]));
    const reports = [staffReport("Emilie Noel", [10, 8]), staffReport("Jean Dupont", [10, 8])];
    const same = settleClass(reports, { roster, teams });
    expect(same.marks.slice(0, 2).map(({ mark }) => mark)).toEqual([18, 18]);
    expect(new Set(kinds(same))).toEqual(new Set(["read-as"]));
    const other = settleClass([reports[0]!, staffReport("Jean Dupont", [0, 8])], { roster, teams });
    expect(other.marks.slice(0, 2).map(({ state }) => state)).toEqual(["conflict", "conflict"]);
  });

  it("of which a member is in another team, or hands in alone, is reported, without a mark for that member", () => {
    const teams = new Map([["equipe-1", team("Noël Émilie", "Dupont Jean")]]);
    const result = settleClass([staffReport("equipe-1", [10, 8]), staffReport("Jean Dupont", [10, 10])], {
      roster,
      teams,
    });
    expect(result.marks.slice(0, 2).map(({ state }) => state)).toEqual(["graded", "conflict"]);
    expect(kinds(result)).toEqual(["several-teams"]);
    const withoutRoster = settleClass([staffReport("equipe-1", [10, 8]), staffReport("Jean Dupont", [10, 10])], {
      teams,
    });
    expect(withoutRoster.marks.map(({ person, state }) => [person.name, state])).toEqual([
      ["Noël Émilie", "graded"],
      ["Dupont Jean", "conflict"],
    ]);
    expect(kinds(withoutRoster)).toEqual(["several-teams"]);
  });

  it("keeps its other members' marks when staff say which submission of one member counts", () => {
    const teams = new Map([["equipe-1", team("Noël Émilie", "Dupont Jean")]]);
    const reports = [staffReport("equipe-1", [10, 8]), staffReport("Jean Dupont", [10, 10])];
    const ofTeam = decided({ student: "Jean Dupont", submission: "equipe-1" });
    const settled = settleClass(reports, { roster, teams, ...ofTeam });
    expect(settled.marks.slice(0, 2).map(({ mark }) => mark)).toEqual([18, 18]);
    expect(settled.issues).toEqual([]);
    const withoutRoster = settleClass(reports, { teams, ...ofTeam });
    expect(withoutRoster.marks.map(({ mark, submission }) => [mark, submission])).toContainEqual([18, "equipe-1"]);
    const ownWork = decided({ student: "Jean Dupont", submission: "Jean Dupont" });
    const apart = settleClass(reports, { roster, teams, ...ownWork });
    expect(apart.marks.slice(0, 2).map(({ mark }) => mark)).toEqual([18, 20]);
  });

  it("takes in whoever staff say belongs to it, whom its file forgot", () => {
    const teams = new Map([["equipe-1", team("Noël Émilie", "Dupont Jean")]]);
    const practice = decided({ student: "Luc Petit", submission: "equipe-1" });
    const { marks } = settleClass([staffReport("equipe-1", [10, 8])], { roster, teams, ...practice });
    expect(marks.map(({ submission }) => submission)).toEqual(["equipe-1", "equipe-1", undefined, "equipe-1"]);
  });

  it("that its submitter is not in, or whose file cannot be read, is reported", () => {
    const teams = new Map<string, Team>([
      ["Jean Dupont", team("Noël Émilie", "Martin Léa")],
      ["Luc Petit", { refused: "equipe.json : ce n'est pas du JSON." }],
    ]);
    const result = settleClass([staffReport("Jean Dupont", [10, 8]), staffReport("Luc Petit", [1, 1])], {
      roster,
      teams,
    });
    expect(result.issues.filter(({ kind }) => kind === "bad-team")).toHaveLength(2);
    expect(result.marks.map(({ state }) => state)).toEqual(["graded", "missing", "graded", "graded"]);
  });
});

describe("a mark", () => {
  it("stays that of the tests, provisional, until every question is marked; then the questions count", () => {
    const report = staffReport("x", [10, 10], { questions: twoQuestions("a", "b") });
    const q1 = { student: "x", question: "tp1.q1", points: 1 };
    expect(one(report)).toMatchObject({ state: "provisional", testMark: 20, mark: 20 });
    expect(one(report, decided(q1))).toMatchObject({ state: "provisional", mark: 20 });
    const all = one(report, decided(q1, { student: "x", question: "tp1.q2", points: 1, comment: "Trop court." }));
    expect(all).toMatchObject({ state: "graded", testMark: 20, mark: 17.6 });
    expect(all.questions).toEqual([
      { id: "tp1.q1", points: 1, earned: 1 },
      { id: "tp1.q2", points: 4, earned: 1, comment: "Trop court." },
    ]);
  });

  it("of an answer that has changed since is not kept, and staff are told", () => {
    const report = staffReport("x", [10, 10], { questions: twoQuestions("new", "") });
    const q1 = { student: "x", question: "tp1.q1", points: 1, answer: fingerprint("old") };
    const result = settleClass([report], decided(q1));
    expect(result.marks[0]!.questions[0]).toEqual({ id: "tp1.q1", points: 1 });
    expect(kinds(result)).toEqual(["stale-adjustment"]);
    const again = settleClass([report], decided(q1, { ...q1, answer: fingerprint("new") }));
    expect(again.marks[0]!.questions[0]!.earned).toBe(1);
    expect(again.issues).toEqual([]);
  });

  it("takes the overrides, then the bonus, then the penalty for being late, then the rounding; each step is told", () => {
    const practice = adjusted({
      rounding: "half",
      late: { deadline: "2026-03-02T18:00:00+01:00", per: "day", points: 2 },
      handedIn: { x: "2026-03-02T19:00:00+01:00" },
      adjustments: [
        { student: "x", exercise: "tp1.e2", points: 4.3, reason: "vu", author: "A" },
        { student: "x", bonus: 1, reason: "aide" },
      ],
    });
    const mark = one(staffReport("x", [10, 0]), practice);
    expect(mark).toMatchObject({ testMark: 10, mark: 13.5 });
    expect(mark.changes).toEqual([
      { kind: "exercise", id: "tp1.e2", from: 0, to: 4.3, reason: "vu", author: "A" },
      { kind: "bonus", from: 14.3, to: 15.3, reason: "aide" },
      { kind: "late", from: 15.3, to: 13.3, reason: "rendu 1 h après la limite" },
    ]);
  });

  it("never passes 20, nor goes under 0; an excuse lifts the penalty; the last word counts alone", () => {
    const late = { deadline: "2026-03-02T18:00:00+01:00", per: "day", points: 2 };
    const handedIn = { x: "2026-03-09T19:00:00+01:00" };
    const of = (...adjustments: object[]) =>
      one(staffReport("x", [2, 0]), adjusted({ late, handedIn, adjustments })).mark;
    expect(of()).toBe(0);
    expect(of({ student: "x", bonus: 30 })).toBe(4);
    expect(of({ student: "x", latePenalty: 0 })).toBe(2);
    expect(of({ student: "x", mark: 11 }, { student: "x", bonus: 3 })).toBe(11);
  });

  it("may be given by staff where the machine has none, whoever is missing included", () => {
    const practice = { roster, ...decided({ student: "Noël Émilie", mark: 8 }, { student: "Dupont Jean", mark: 9 }) };
    const { marks } = settleClass([refusedReport("Noel Emilie")], practice);
    expect(marks.slice(0, 2).map(({ state, mark }) => [state, mark])).toEqual([
      ["graded", 8],
      ["graded", 9],
    ]);
  });

  it("of a team's submission is changed for all its members, of a person for that one", () => {
    const teams = new Map([["equipe-1", { members: ["Noël Émilie", "Dupont Jean"] }]]);
    const practice = decided({ student: "equipe-1", bonus: 1 }, { student: "Dupont Jean", bonus: 1 });
    const { marks } = settleClass([staffReport("equipe-1", [10, 0])], { roster, teams, ...practice });
    expect(marks.slice(0, 2).map(({ mark }) => mark)).toEqual([11, 12]);
  });

  it("names what no adjustment can mean: nobody, no exercise, too many points, another result since", () => {
    const result = settleClass(
      [staffReport("x", [10, 5])],
      decided(
        { student: "y", bonus: 1 },
        { student: "x", exercise: "tp9.e", points: 1 },
        { student: "x", exercise: "tp1.e1", points: 11 },
        { student: "x", exercise: "tp1.e2", points: 6, insteadOf: 2 },
      ),
    );
    expect(kinds(result)).toEqual([
      "useless-adjustment",
      "useless-adjustment",
      "useless-adjustment",
      "stale-adjustment",
    ]);
    expect(result.marks[0]!.mark).toBe(16);
  });

  it("without a known hand-in time takes no penalty, and staff are told", () => {
    const practice = adjusted({ late: { deadline: "2026-03-02T18:00:00+01:00", per: "day", points: 2 } });
    const result = settleClass([staffReport("x", [10, 5])], practice);
    expect(result.marks[0]!.mark).toBe(15);
    expect(kinds(result)).toEqual(["hand-in-time"]);
    const several = settleClass([staffReport("x", [10, 5]), staffReport("y", [10, 5])], practice);
    expect(several.issues.map(({ text }) => text)).toEqual([expect.stringContaining("« x », « y »")]);
    const times = new Map([["x", new Date("2026-03-02T17:01:00Z")]]);
    expect(settleClass([staffReport("x", [10, 5])], { ...practice, handedIn: times }).marks[0]!.mark).toBe(13);
  });

  it("is the same for names that objects have of their own", () => {
    const practice = adjusted({ late: { deadline: "2026-03-02T18:00:00+01:00", per: "day", points: 2 } });
    expect(
      settleClass([staffReport("constructor", [10, 5]), staffReport("__proto__", [10, 5])], practice).marks,
    ).toHaveLength(2);
  });
});
