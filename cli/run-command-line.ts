// `retroprop COMMAND …`: finds the command, runs it, turns what it throws into one line and an exit code.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CliError, type Command, type ExitCode } from "./command.js";
import { courseRoot } from "./course-root.js";
import { createTerminal, type Terminal } from "./terminal.js";

/** Commands by name. Each is loaded when it is asked for: some bring the compiler, others need to start at once. */
export type Commands = Readonly<Record<string, () => Promise<Command>>>;

/** What `args` ask of one of the commands; resolves with the code to end the process with. */
export async function runCommandLine(commands: Commands, args: readonly string[]): Promise<ExitCode> {
  forgiveClosedPipe();
  const terminal = createTerminal();
  // `retroprop help grade` is `retroprop grade --help`.
  const [name, ...rest] = args[0] === "help" && args.length > 1 ? [...args.slice(1), "--help"] : args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    terminal.print(overview(await Promise.all(Object.values(commands).map((load) => load()))));
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    terminal.print(version());
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    terminal.warn(`retroprop: no command \`${name}\`. Commands: ${Object.keys(commands).join(", ")}.`);
    return 2;
  }
  const command = await load();
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.print(command.help);
    return 0;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    return explain(error, name, terminal);
  }
}

function version(): string {
  return JSON.parse(readFileSync(join(courseRoot, "package.json"), "utf8")).version;
}

const overview = (commands: readonly Command[]): string =>
  [
    "retroprop: a deep-learning course that runs on Node alone",
    "",
    "Usage: retroprop COMMAND [ARGUMENTS]",
    "",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`),
    "",
    "`retroprop COMMAND --help` tells the rest.",
    "Exit codes: 0 done, 1 a check failed, 2 wrong usage or unusable input, 3 our own fault.",
  ].join("\n");

function explain(error: unknown, name: string, terminal: Terminal): ExitCode {
  if (error instanceof CliError) {
    terminal.warn(`retroprop ${name}: ${error.message}`);
    return error.exitCode;
  }
  terminal.warn(`retroprop ${name}: internal: ${error instanceof Error ? error.stack : String(error)}`);
  return 3;
}

/** A reader that closed the pipe (`retroprop data list | head`) has seen enough. */
function forgiveClosedPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}
