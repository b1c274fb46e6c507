import { describe, expect, it } from "vitest";
import { conflictSides } from "./merge-conflict.js";

const text = ["a", "<<<<<<< HEAD", "b", "||||||| base", "o", "=======", "c", ">>>>>>> autre", "d"].join("\n");

describe("the sides of a conflict", () => {
  it("are what each had, every line at its place", () => {
    expect(conflictSides(text)).toEqual({ ours: "a\n\nb\n\n\n\n\n\nd", theirs: "a\n\n\n\n\n\nc\n\nd", line: 2 });
  });

  it.each([
    ["no mark", "a\n=======\nb"],
    ["a mark inside of a line", "a <<<<<<< b\n=======\n>>>>>>> c"],
    ["a mark without its end", "<<<<<<< HEAD\na\n=======\nb"],
  ])("are not seen in a text with %s", (_, other) => {
    expect(conflictSides(other)).toBeUndefined();
  });
});
