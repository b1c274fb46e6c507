import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { findTeams } from "./team-files.js";
import { readTeam } from "./teams.js";

it("a team is a list of two to four names, or of their parts", () => {
  expect(readTeam('\ufeff{"membres":["Noël  Émilie","Dupont Jean"]}')).toEqual({
    members: ["Noël Émilie", "Dupont Jean"],
  });
  expect(readTeam('[{"nom":"Noël","prenom":"Émilie","numero":123},"X Y"]')).toEqual({
    members: ["Noël Émilie 123", "X Y"],
  });
});

it.each([
  ["[", "ce n'est pas du JSON"],
  ["7", "il y manque la liste des membres"],
  ["{}", "il y manque la liste des membres"],
  ['["seul"]', "de deux à quatre membres, pas 1"],
  ['["a","b","c","d","e"]', "de deux à quatre membres, pas 5"],
  ['["a","A"]', "nommé deux fois"],
  ['["a",7]', "un membre n'a pas de nom"],
])("%j is no team, and its students read why", (text, reason) => {
  expect(readTeam(text)).toEqual({ refused: expect.stringContaining(reason) });
});

const folder = mkdtempSync(join(tmpdir(), "retroprop-teams-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("a team's file is found beside or above its code, in its own folder only; a link is not followed", () => {
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("equipe.json", '["a","b"]');
  write("one/equipe.json", '["c","d"]');
  write("linked/tp1.ts", "");
  // Windows lets few make a link; there, the folder simply has no file.
  if (process.platform !== "win32") symlinkSync(join(folder, "equipe.json"), join(folder, "linked", "equipe.json"));
  const handIns = ["one/code/tp1.ts", "linked/tp1.ts", "alone.ts"].map((file) => ({
    student: file,
    folder,
    files: [file],
  }));
  expect([...findTeams(handIns)]).toEqual([["one/code/tp1.ts", { members: ["c", "d"] }]]);
});
