// `npm run demo`: executes TP1's solution notebook, then grades a small class of good, wrong and hostile submissions.
// The reference and the stub are those of the course, copied in; the others stand in class/.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = join("executed", "demo");
const students = join(folder, "class");

process.chdir(root);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(join("test", "demo", "class"), students, { recursive: true });
cpSync(join("solutions", "tp1.ipynb"), join(students, "reference.ipynb"));
cpSync(join("solutions", "tp1.ts"), join(students, "reference.ts"));
cpSync(join("exercises", "tp1.ts"), join(students, "stub.ts"));

retroprop("run", "solutions/tp1.ipynb", "--out", join(folder, "tp1.ipynb"), "--html", join(folder, "tp1.html"));
retroprop("grade", "tp1", students, "--out", join(folder, "report"), "--require-isolation", "L1");

function retroprop(...args) {
  console.log(`\n$ retroprop ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, [join("cli", "retroprop.js"), ...args], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 3);
}
