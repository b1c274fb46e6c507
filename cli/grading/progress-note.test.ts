import { expect, it } from "vitest";
import { createProgressNote, duration } from "./progress-note.js";

it("tells how many, how long still and who, of what had to be graded", () => {
  let now = 0;
  const note = createProgressNote(300, () => now);
  expect(note(1, 0, "Émilie Noël")).toBe("1 of 300: Émilie Noël");
  now = 10_000;
  expect(note(100, 0, "Émilie Noël")).toBe("100 of 300, 20 s left: Émilie Noël");
  expect(note(100, 80, "Émilie Noël")).toBe("100 of 300, 2 min left: Émilie Noël");
  expect(note(100, 100, "Émilie Noël")).toBe("100 of 300: Émilie Noël");
});

it("shows of a name what a terminal would obey", () => {
  expect(createProgressNote(1)(1, 0, "a\u001b[2J\nb\u202ec")).toBe("1 of 1: a⟨001b⟩[2J b⟨202e⟩c");
});

it.each([
  [0.2, "1 s"],
  [89, "89 s"],
  [90, "2 min"],
  [3599, "1 h 0 min"],
  [4800, "1 h 20 min"],
])("%d seconds are %s", (seconds, text) => expect(duration(seconds)).toBe(text));
