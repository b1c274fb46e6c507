import { expect, it } from "vitest";
import { CliError } from "../command.js";
import { createTerminal } from "../terminal.js";
import { build } from "./build.js";

const run = (...args: string[]) => build.run(args, createTerminal());

it.each([
  [["tp99"], "no TP `tp99`; there are tp1"],
  [["--chek"], "Unknown option '--chek'; see `retroprop build --help`"],
  [["--check", "--execute"], "choose one"],
  [["--matrix", "matrix.html"], "--matrix comes of the runs of --check: give both"],
  [["--check", "--matrix", "no-such-folder/matrix.html"], "--matrix: no folder"],
  [["--check", "--kernel", "python3"], '--kernel: expected retroprop or tslab, got "python3"'],
])("%j is wrong usage", async (args, message) => {
  const error = await run(...args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CliError);
  expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
});

it("its help names every option and file", () => {
  for (const word of ["--check", "--execute", "--matrix", "notebooks/", "exercises/", "solutions/", "ids.lock"]) {
    expect(build.help).toContain(word);
  }
});
