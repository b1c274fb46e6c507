#!/usr/bin/env node
// `retroprop` as a release gives it to students: what one needs to work on a TP and hand it in.
import { runCommandLine } from "./run-command-line.js";

const commands = {
  start: async () => (await import("./commands/start.js")).start,
  run: async () => (await import("./commands/run.js")).run,
  check: async () => (await import("./commands/check.js")).check,
  data: async () => (await import("./commands/data.js")).data,
  kernel: async () => (await import("./commands/kernel.js")).kernel,
  doctor: async () => (await import("./commands/doctor.js")).doctor,
};

process.exitCode = await runCommandLine(commands, process.argv.slice(2));
