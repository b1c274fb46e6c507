import { describe, expect, it } from "vitest";
import { findPerson } from "./find-person.js";
import { readRoster } from "./roster.js";

const roster = (text: string) => readRoster(Buffer.from(text, "utf8"));

const people = roster(
  [
    "Nom;Prénom;N° étudiant;Adresse de courriel;Groupe;Absence",
    "NOËL;Émilie;00123;emilie.noel@univ.example;A;",
    "N'Guyen;Jean-Pierre;00124;jp@univ.example;A;ABJ",
    "Martin;Jean;20011;j1@univ.example;B;abi",
    "Martin;Jean;20012;j2@univ.example;B;",
    "Martin;Jean-Marie;20013;;B;Présent",
    "Œuvrard;Lætitia;20014;;B;",
  ].join("\r\n"),
);

describe("a roster", () => {
  it("keeps numbers as text, with their zeros, and tells absences apart", () => {
    expect(people[0]).toEqual({ name: "NOËL Émilie", number: "00123", email: "emilie.noel@univ.example", group: "A" });
    expect(people.map(({ absence }) => absence)).toEqual([undefined, "ABJ", "ABI", undefined, undefined, undefined]);
  });

  it("may have one column of names, in English, with commas", () => {
    expect(roster('Full name,Student ID\n"Doe, Jane",007')).toEqual([{ name: "Doe, Jane", number: "007" }]);
  });

  it.each([
    [
      "Numéro;Mail\n1;x",
      "no column of names: expected « Nom » and « Prénom », or « Nom complet »; received Numéro, Mail",
    ],
    ["Nom\n", "names nobody"],
    ["Nom;Absence\nNoël;peut-être", "student 1: absence expects ABJ, ABI or nothing; received « peut-être »"],
    ["Nom;Absence\nNoël;constructor", "received « constructor »"],
    ["Nom;Prénom\nNoël;Émilie\nNOEL;emilie", "names NOEL emilie twice"],
  ])("%j is refused with what to do", (text, message) => {
    expect(() => roster(text)).toThrow(message);
  });
});

describe("a name", () => {
  it.each([
    "Émilie Noël",
    "noel_emilie",
    "NoelEmilie",
    "NOËL Émilie tp1.ipynb",
    "tp1-emilie.noel.ts",
    "00123",
    "rendu 00123",
    "Emilie.Noel@univ.example",
    "Émilie NOËL_456_assignsubmission_file_",
    "emilie noel_456_assignsubmission_file_tp1.ipynb",
  ])("written %j is Émilie Noël", (text) => {
    const found = findPerson(text, people);
    expect(found).toEqual({ person: people[0], loosely: false });
  });

  it("is found without its apostrophe, its hyphen or its ligatures", () => {
    expect(findPerson("Jean Pierre NGuyen", people)).toMatchObject({ person: people[1] });
    expect(findPerson("Laetitia OEUVRARD", people)).toMatchObject({ person: people[5] });
  });

  it("among other words is found, and said to be so", () => {
    expect(findPerson("projet de Noël Émilie groupe A", people)).toEqual({ person: people[0], loosely: true });
  });

  it("that two share is theirs by number or e-mail only", () => {
    expect(findPerson("Jean Martin", people)).toEqual({ candidates: [people[2], people[3]] });
    expect(findPerson("Jean Martin 20012", people)).toEqual({ person: people[3], loosely: false });
    expect(findPerson("j1@univ.example", people)).toEqual({ person: people[2], loosely: false });
  });

  it("with another's number, or another's e-mail, is nobody's", () => {
    expect(findPerson("Émilie Noël 20012", people)).toEqual({ candidates: [people[3], people[0]] });
    expect(findPerson("tp1 de Noël Émilie (j1@univ.example)", people)).toEqual({ candidates: [people[2], people[0]] });
  });

  it("that is nobody's, or only half of one, is not guessed", () => {
    for (const text of [
      "Émilie",
      "Noel",
      "Martin",
      "tp1",
      "",
      "Participant_12_assignsubmission_file_",
      "Emilie Noelle",
    ]) {
      expect(findPerson(text, people), text).toEqual({ candidates: [] });
    }
  });
});
