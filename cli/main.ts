// `retroprop` for the people who make, run and grade the course. To add a command: a file in commands/, a name here.
import { build } from "./commands/build.js";
import { check } from "./commands/check.js";
import { data } from "./commands/data.js";
import { doctor } from "./commands/doctor.js";
import { grade } from "./commands/grade.js";
import { release } from "./commands/release.js";
import { run } from "./commands/run.js";
import { runCommandLine } from "./run-command-line.js";

process.exitCode = await runCommandLine([run, check, grade, build, release, data, doctor], process.argv.slice(2));
