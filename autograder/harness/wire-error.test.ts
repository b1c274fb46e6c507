import { expect, test } from "vitest";
import { toWireError } from "./wire-error.js";

test("an error keeps its name, its message and its innermost place in the program", () => {
  const error = new RangeError("oh");
  error.stack = "RangeError: oh\n  at lib (library.js:1:1)\n  at f (submission.js:12:7)\n  at g (submission.js:90:1)";
  expect(toWireError(error)).toEqual({ name: "RangeError", message: "oh", line: 12, column: 7 });
});

test("a syntax error has a line without a column", () => {
  const error = Object.assign(new SyntaxError("oh"), { stack: "submission.js:4\nlet let\n" });
  expect(toWireError(error)).toEqual({ name: "SyntaxError", message: "oh", line: 4 });
});

test("what is thrown need not be an error", () => {
  expect(toWireError("oh")).toEqual({ name: "Error", message: "oh" });
  expect(toWireError(null)).toEqual({ name: "Error", message: "null" });
  expect(toWireError(Object.create(null))).toEqual({ name: "Error", message: "" });
});

test("an error that throws when it is read, or is endless, is still told in short", () => {
  const hostile = {
    get message(): string {
      throw new Error("again");
    },
  };
  expect(toWireError(hostile)).toEqual({ name: "Error", message: "" });
  expect(toWireError(new Error("x".repeat(10_000))).message).toHaveLength(500);
});
