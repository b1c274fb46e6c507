import { expect, test } from "vitest";
import { tps } from "../../course/manifest.js";
import { questionStatements } from "./question-statements.js";

test.each(tps)("every question of $name has the text that students read, without its title", ({ name, questions }) => {
  const statements = questionStatements(name);
  expect([...statements.keys()]).toEqual(questions.map(({ id }) => id));
  for (const statement of statements.values()) expect(statement).toMatch(/^[^#\s].{20,}[?.]/);
  if (name === "tp1") expect(statements.get("tp1.q1")).toMatch(/^Avant tout apprentissage, la perte vaut/);
});
