#!/usr/bin/env node
// `retroprop` as a release gives it to students: what one needs to work on a TP and hand it in.
import { check } from "./commands/check.js";
import { data } from "./commands/data.js";
import { doctor } from "./commands/doctor.js";
import { run } from "./commands/run.js";
import { runCommandLine } from "./run-command-line.js";

process.exitCode = await runCommandLine([run, check, data, doctor], process.argv.slice(2));
