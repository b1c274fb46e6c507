import { expect, test } from "vitest";
import { nameApart } from "../submission/own-names.js";
import { faultMessage } from "./fault-verdict.js";
import { StudentFault } from "./student-fault.js";

test("a message names a helper as its author does, though two cells each have one of that name", () => {
  const detail = { name: "TypeError", message: `${nameApart("rows", 12)} is not a function` };
  const { message } = faultMessage(new StudentFault("threw", detail), exercise, "visible");
  expect(message).toContain("TypeError : rows is not a function");
});

const exercise = { id: "tp1.softmax", title: "Softmax", name: "softmax" };
