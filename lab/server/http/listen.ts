// A server that listens on this machine alone, on the first port that can be had.
import { createServer, type Server, type ServerOptions } from "node:http";
import type { AddressInfo } from "node:net";

const usualLimits: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 5000,
};

/** Nobody holds a connection by sending slowly: headers and bodies come from this machine. */
export const createLocalServer = (limits = usualLimits): Server => createServer(limits);

/** Tries the ports in their order, 0 being any that is free; resolves with the one it has got. */
export async function listen(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    try {
      await tryPort(server, port);
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // On Windows a port may be reserved, which is EACCES.
      if (port === ports.at(-1) || (code !== "EADDRINUSE" && code !== "EACCES")) throw error;
    }
  }
  throw new Error("internal: no port to listen on");
}

function tryPort(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}
