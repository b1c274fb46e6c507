// Where a kernel listens: five free ports of this machine and a key, in a file only its owner may read.
import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
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

export function removeConnectionFile(path: string): void {
  rmSync(path, { force: true });
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
