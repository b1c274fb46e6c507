// What a second start must know of the first: where it listens and by what secret, in a file that its owner alone may read.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, writeAtomically } from "../../kernel/client/write-atomically.js";
import { keepOutOfGit } from "./contents/own-folder.js";
import { isProof } from "./guard/proof.js";

export interface ServerRecord {
  readonly port: number;
  readonly token: string;
}

/** The server that last served `folder`; it may be gone. */
export function readRecord(folder: string): ServerRecord | undefined {
  try {
    const { port, token } = JSON.parse(readFileSync(recordFile(folder), "utf8")) as Partial<ServerRecord>;
    const isWhole = Number.isInteger(port) && typeof token === "string" && /^[\w-]{32}$/.test(token);
    return isWhole ? { port: port!, token: token! } : undefined;
  } catch {
    return undefined;
  }
}

/** Stays when the server ends: the next one takes up its port. In a folder that cannot be written nothing is left. */
export function leaveRecord(folder: string, record: ServerRecord): void {
  try {
    makeFolder(join(folder, ".retroprop"));
    keepOutOfGit(folder);
    writeAtomically(recordFile(folder), JSON.stringify(record), 0o600);
  } catch {
    // A read-only folder can be read all the same.
  }
}

/** True when that very server answers there. Whoever else has taken the port since does not get to see the secret. */
export async function answers({ port, token }: ServerRecord): Promise<boolean> {
  const challenge = randomBytes(16).toString("hex");
  const reply = await ask(port, `/api/retroprop/proof?challenge=${challenge}`, {});
  return reply !== undefined && isProof(String(reply["proof"]), token, challenge);
}

/** An address of that server, good once, to open a browser with. */
export async function askTicket({ port, token }: ServerRecord): Promise<string | undefined> {
  const headers = { authorization: `token ${token}` };
  const reply = await ask(port, "/api/retroprop/ticket", { method: "POST", headers });
  return typeof reply?.["ticket"] === "string" ? reply["ticket"] : undefined;
}

/** A server that computes is still there; a port that nobody serves refuses at once. */
const patienceMs = 10_000;

async function ask(
  port: number,
  path: string,
  init: RequestInit,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      ...init,
      signal: AbortSignal.timeout(patienceMs),
    });
    return response.ok ? ((await response.json()) as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const recordFile = (folder: string): string => join(folder, ".retroprop", "server.json");
