import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type MiniCourse, miniCourse, tp9 } from "../fixtures/mini-course.js";
import { writeEdition } from "./write-edition.js";

let course: MiniCourse;
beforeEach(() => {
  course = miniCourse();
});
afterEach(() => course.remove());

const write = () => writeEdition(course.root, tp9);
const inPackage = (file: string) => course.read(`dist/editions/tp9/retroprop/${file}`);

it("an edition is a package without the answers, which tells its TP", () => {
  expect(write()).toBe("written");
  expect(JSON.parse(inPackage("package.json"))).toMatchObject({ type: "module", edition: "tp9" });
  expect(inPackage("dist/index.js")).toContain("./vector.js");
  expect(inPackage("dist/steps.d.ts")).toContain("interface WalkOptions");
  expect(inPackage("dist/steps.js")).not.toContain("theSecretOfDoubling");
});

it("one that is up to date is left alone, one whose sources changed is written anew", () => {
  write();
  expect(write()).toBe("unchanged");
  course.replace("src/vector.ts", "Adds two vectors.", "Adds them.");
  expect(write()).toBe("written");
  expect(inPackage("dist/vector.js")).toContain("Adds them.");
});

it("one whose TP has another exercise is written anew", () => {
  write();
  expect(writeEdition(course.root, { ...tp9, exercises: tp9.exercises.slice(1) })).toBe("written");
  expect(inPackage("dist/steps.js")).toContain("theSecretOfDoubling");
});

it("one that is lost in part is written whole", () => {
  write();
  rmSync(join(course.root, "dist/editions/tp9/retroprop"), { recursive: true });
  expect(write()).toBe("written");
});

it("sources that do not compile leave the edition as it was, and nothing beside it", () => {
  write();
  const before = inPackage("dist/vector.js");
  course.replace("src/vector.ts", "b.data[i]!", "b.data[i]");
  expect(write).toThrow(/src\/vector\.ts:\d+: in the student edition of tp9: Object is possibly 'undefined'/);
  expect(inPackage("dist/vector.js")).toBe(before);
  expect(readdirSync(join(course.root, "dist/editions"))).toEqual(["tp9"]);
});

it("what is no longer in the sources is no longer in the edition", () => {
  course.write("src/more.ts", "export const more = 1;\n");
  course.write("src/index.ts", `${course.read("src/index.ts")}export { more } from "./more.js";\n`);
  write();
  course.replace("src/index.ts", 'export { more } from "./more.js";\n', "");
  write();
  expect(existsSync(join(course.root, "dist/editions/tp9/retroprop/dist/more.js"))).toBe(false);
});
