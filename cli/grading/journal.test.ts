import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { smallClass } from "../../autograder/report/fixtures/small-class.js";
import { type Entry, holdsJournal, makeJournalFolder, openJournal } from "./journal.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retroprop-journal-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const [first, second] = smallClass.graded.map(
  ({ staff }): Entry => ({ student: staff.student, causes: { seed: "1" }, staff }),
) as [Entry, Entry];
const file = () => join(folder, "graded.jsonl");

/** Opens, adds, and ends without another word, as a killed run does. */
function write(...entries: Entry[]): number {
  const journal = openJournal(folder, { tp: "tp1" });
  for (const entry of entries) journal.add(entry);
  journal.close();
  return journal.seed;
}

describe("the journal of a run", () => {
  it("gives the next run what was found, and the seed", () => {
    const seed = write(first, second);
    const next = openJournal(folder, { tp: "tp1" });
    next.close();
    expect(next.seed).toBe(seed);
    expect([...next.earlier.values()]).toEqual([first, second]);
  });

  it("loses nothing but the line that a kill cut, wherever it was cut", () => {
    write(first, second);
    const whole = statSync(file()).size;
    for (const cut of [1, 2, 40, JSON.stringify(second).length]) {
      truncateSync(file(), whole - cut);
      const journal = openJournal(folder, { tp: "tp1" });
      expect([...journal.earlier.keys()]).toEqual([first.student]);
      journal.add(second); // on a line of its own
      journal.close();
      expect(statSync(file()).size).toBe(whole);
    }
  });

  it("passes over a line that is no entry", () => {
    write(first);
    appendFileSync(file(), '{"student":3}\nnull\n\u0000\u0000\n');
    write(second);
    const { earlier, close } = openJournal(folder, { tp: "tp1" });
    close();
    expect([...earlier.keys()]).toEqual([first.student, second.student]);
  });

  it("holds the latest result of each student, once", () => {
    write(first);
    write({ ...first, causes: { seed: "2" } });
    const { earlier, close } = openJournal(folder, { tp: "tp1" });
    close();
    expect(earlier.get(first.student)?.causes).toEqual({ seed: "2" });
    expect(readFileSync(file(), "utf8").split("\n")).toHaveLength(3);
  });

  it("starts anew for another TP, when asked to, and from a file that is no journal", () => {
    const seed = write(first);
    for (const options of [{ tp: "tp2" }, { tp: "tp1", fresh: true }]) {
      const journal = openJournal(folder, options);
      journal.close();
      expect(journal.earlier.size).toBe(0);
      expect(journal.seed).not.toBe(seed);
      writeFileSync(file(), "hello\n");
    }
  });

  it("takes the seed that is told", () => {
    write(first);
    const journal = openJournal(folder, { tp: "tp1", seed: 7 });
    journal.close();
    expect([journal.seed, journal.earlier.size]).toEqual([7, 1]);
  });

  it("writes nothing once it is closed: of processes that an interrupt ended, no result may come", () => {
    const journal = openJournal(folder, { tp: "tp1" });
    journal.close();
    journal.add(first);
    journal.close();
    expect(readFileSync(file(), "utf8")).not.toContain(first.student);
  });

  it("is made in a folder that nobody else may read, where the system knows that", () => {
    const report = join(folder, "deep", "report");
    const made = makeJournalFolder(report);
    expect(holdsJournal(report)).toBe(false);
    openJournal(made, { tp: "tp1" }).close();
    expect(holdsJournal(report)).toBe(true);
    const modes = [report, made].map((path) => statSync(path).mode & 0o777);
    if (process.platform !== "win32") expect(modes).toEqual([0o700, 0o700]);
    mkdirSync(join(folder, "other"));
    makeJournalFolder(join(folder, "other")); // one that is there is taken as it is
  });
});
