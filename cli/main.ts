// `retroprop` for the people who make, run and grade the course. To add a command: a file in commands/, a line here.
import { runCommandLine } from "./run-command-line.js";

const commands = {
  start: async () => (await import("./commands/start.js")).start,
  run: async () => (await import("./commands/run.js")).run,
  check: async () => (await import("./commands/check.js")).check,
  grade: async () => (await import("./commands/grade.js")).grade,
  gradescope: async () => (await import("./commands/gradescope.js")).gradescope,
  similar: async () => (await import("./commands/similar.js")).similar,
  build: async () => (await import("./commands/build.js")).build,
  release: async () => (await import("./commands/release.js")).release,
  data: async () => (await import("./commands/data.js")).data,
  kernel: async () => (await import("./commands/kernel.js")).kernel,
  doctor: async () => (await import("./commands/doctor.js")).doctor,
};

process.exitCode = await runCommandLine(commands, process.argv.slice(2));
