import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { generate } from "./build/generate.js";
import { tps } from "./manifest.js";

it.each(tps)("what is generated of $name is what its sources give: if not, run `retroprop build`", (tp) => {
  const { files } = generate(".", tp);
  const outdated = [...files.keys()].filter(
    (file) => !existsSync(file) || readFileSync(file, "utf8") !== files.get(file),
  );
  expect(outdated).toEqual([]);
});
