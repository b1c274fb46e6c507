import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { classOf, removeClasses } from "./fixtures/class-folder.js";
import { findHandIns } from "./hand-ins.js";

afterAll(removeClasses);

const code = "export function softmax(x) { return x; }\n";

function studentsOf(files: Readonly<Record<string, string>>, paths: readonly string[] = ["."]): string[] {
  const folder = classOf(files);
  return findHandIns(paths.map((path) => join(folder, path))).map(({ student }) => student);
}

describe("whose work it is", () => {
  it("is told by the folder where the files are named after the work: `submissions/*`", () => {
    const files = {
      "alice/tp1.ts": code,
      "bob/tp1.ts": code,
      "bob/tp1.ipynb": "{}",
      "Zoé/rendu.zip": "",
      "eve/eve.ts": code,
    };
    expect(studentsOf(files, ["alice", "bob", "Zoé", "eve"])).toEqual(["alice", "bob", "Zoé", "eve"]);
  });

  it("is told by the files where a folder holds several of one kind, or is named after the work too", () => {
    expect(studentsOf({ "class/tp1.ts": code, "class/tp1 (1).ts": code }, ["class"])).toEqual(["tp1 (1)", "tp1"]);
    expect(studentsOf({ "solutions/tp1.ts": code }, ["solutions"])).toEqual(["tp1"]);
  });

  it("is not a student's to say: what a folder among works holds is its owner's, whoever it is named after", () => {
    const evil = { "mallory/tp1.ts": code, "mallory/Alice Roux_77_assignsubmission_file_/tp1.ts": code };
    expect(studentsOf({ "alice-roux.ts": code, "bob.ts": code, ...evil })).toEqual(["alice-roux", "bob", "mallory"]);
    expect(studentsOf({ ...evil })).toEqual(["mallory"]);
    const hidden = { "mallory/Alice Roux_77_assignsubmission_file_/tp1.ts": code };
    expect(studentsOf({ "alice-roux.ts": code, ...hidden })).toEqual(["alice-roux", "mallory"]);
  });

  it("is told by a platform's folders in whatever folder they lie: groups of a class", () => {
    const files = {
      "groupe A/Dupont Zoé_1_assignsubmission_file_/tp1.ts": code,
      "groupe A/Roy Jean_2_assignsubmission_file_/tp1.ts": code,
      "groupe B/Le Gall Anne_3_assignsubmission_file_/tp1.ts": code,
      "groupe B/Dupont Zoé_1_assignsubmission_onlinetext_/onlinetext.html": "voilà",
    };
    expect(studentsOf(files)).toEqual(["Dupont Zoé", "Roy Jean", "Le Gall Anne"]);
    const late = {
      "Roy Jean_2_assignsubmission_file_/tp1.ts": code,
      "retard/Dupont Zoé_1_assignsubmission_file_/tp1.ts": code,
    };
    expect(studentsOf(late)).toEqual(["Roy Jean", "Dupont Zoé"]);
  });

  it("is not told by a folder that a student hands in under another's name", () => {
    const files = {
      "alice/tp1.ts": code,
      "mallory/Alice Martin_222_assignsubmission_file_/tp1.ts": code,
      "zoe/tp1.ts": code,
    };
    expect(studentsOf(files)).toEqual(["alice", "mallory", "zoe"]);
  });
});
