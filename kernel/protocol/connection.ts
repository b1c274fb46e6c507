// Where a kernel listens: five free ports of this machine and a key, in a file only its owner may read.
import { randomUUID } from "node:crypto";
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The contents of a Jupyter connection file. */
export interface Connection {
  readonly transport: "tcp";
  readonly ip: "127.0.0.1";
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  readonly signature_scheme: "hmac-sha256";
  readonly key: string;
}

/** Ports are free when this returns, not later: whoever starts a kernel on them must be ready to try again. */
export async function proposeConnection(): Promise<Connection> {
  const [shell = 0, iopub = 0, stdin = 0, control = 0, heartbeat = 0] = await findFreePorts(5);
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: heartbeat,
    signature_scheme: "hmac-sha256",
    key: randomUUID(),
  };
}

/** Writes the connection file and returns its path. Its key lets anyone run code: hence the mode. */
export function writeConnectionFile(connection: Connection): string {
  const path = join(tmpdir(), `retroprop-kernel-${process.pid}-${randomUUID()}.json`);
  writeFileSync(path, JSON.stringify(connection), { mode: 0o600, flag: "wx" });
  return path;
}

/** A connection file that we do not listen to, and why. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
}

/** Reads the file a front end wrote for us, and makes it readable by its owner alone. */
export function readConnectionFile(path: string): Connection {
  const connection = readJson(path);
  for (const [field, expected] of Object.entries(onlyAccepted)) {
    const value = connection[field];
    if (!expected.includes(value)) throw refusal(path, field, expected.map((one) => `"${one}"`).join(" or "), value);
  }
  for (const field of ports) if (!isPort(connection[field])) throw refusal(path, field, "a port", connection[field]);
  const { key } = connection;
  if (typeof key !== "string" || key === "") throw refusal(path, "key", "a secret, which signs the messages", key);
  closeToOthers(path);
  return { ...(connection as unknown as Connection), ip: "127.0.0.1" };
}

export function removeConnectionFile(path: string): void {
  rmSync(path, { force: true });
}

const ports = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"];

/** Who reaches our ports runs code as the user: they are not for the network. */
const onlyAccepted: Readonly<Record<string, readonly unknown[]>> = {
  transport: ["tcp"],
  ip: ["127.0.0.1", "localhost"],
  signature_scheme: ["hmac-sha256"],
};

const isPort = (value: unknown): boolean => Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536;

function readJson(path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch (cause) {
    throw new ConnectionError(`${path}: cannot be read as a Jupyter connection file (${(cause as Error).message})`);
  }
  throw new ConnectionError(`${path}: expected a Jupyter connection file, an object with ports and a key`);
}

function refusal(path: string, field: string, expected: string, value: unknown): ConnectionError {
  return new ConnectionError(`${path}: \`${field}\` must be ${expected}, got ${JSON.stringify(value)}`);
}

/** Windows has no such mode; there the user's folder is closed to others. */
function closeToOthers(path: string): void {
  if (process.platform === "win32" || (statSync(path).mode & 0o077) === 0) return;
  try {
    chmodSync(path, 0o600);
  } catch (cause) {
    throw new ConnectionError(`${path}: other users can read its key, and it is not ours to close: chmod 600 it`, {
      cause,
    });
  }
}

/** All are held open together, so that no two are the same. */
async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listenAnywhere));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

function listenAnywhere(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
