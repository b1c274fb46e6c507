// One run at a time in the folder of a report: a file that says which process has it, taken over when that one is dead.
import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { renameOver } from "../../kernel/client/rename-over.js";
import { CliError } from "../command.js";
import { mayBeAlive, thisProcess } from "./process-identity.js";

export const lockName = "lock";

/** Two who take over the same dead run write one after the other within this time: the last one has it. */
const settleMs = 60;

/** Resolves with what gives the folder back. @throws CliError when another run has it */
export async function lockFolder(folder: string): Promise<() => void> {
  const path = join(folder, lockName);
  const mine = JSON.stringify({
    ...thisProcess(),
    since: new Date().toISOString(),
    id: randomBytes(8).toString("hex"),
  });
  if (!create(path, mine)) await takeOver(path, mine);
  const release = (): void => {
    process.off("exit", release);
    if (read(path) === mine) rmSync(path, { force: true });
  };
  process.on("exit", release);
  return release;
}

function create(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function takeOver(path: string, mine: string): Promise<void> {
  refuseIfAlive(path, await ownerIn(path));
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, mine, { mode: 0o600 });
  renameOver(beside, path);
  await wait(settleMs);
  if (read(path) !== mine) refuseIfAlive(path, await ownerIn(path));
}

const owner = z.object({
  pid: z.number(),
  host: z.string(),
  startedAt: z.string().exactOptional(),
  since: z.string(),
});

type Owner = z.infer<typeof owner>;

/** Undefined when the file says nothing, even after the moment that whoever made it needs to write it. */
async function ownerIn(path: string): Promise<Owner | undefined> {
  const first = parse(read(path));
  if (first !== undefined) return first;
  await wait(settleMs);
  return parse(read(path));
}

function parse(text: string): Owner | undefined {
  try {
    return owner.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function refuseIfAlive(path: string, owner: Owner | undefined): void {
  if (owner === undefined || !mayBeAlive(owner)) return;
  throw new CliError(
    `another run grades into this folder: process ${owner.pid} on ${owner.host}, since ${owner.since}; ` +
      `wait for its end, name another --out, or, if there is no such run any more, delete ${path}`,
  );
}
