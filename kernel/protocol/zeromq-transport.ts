// The five ZeroMQ sockets of a Jupyter kernel. The native module `zeromq` is loaded here and nowhere else in the kernel.
import { setTimeout as delay } from "node:timers/promises";
import type { Publisher, Reply, Router } from "zeromq";
import type { Connection } from "./connection.js";
import { type Channel, type JupyterMessage, MessageError } from "./jupyter-message.js";
import type { Transport, TransportListener } from "./transport.js";
import { decodeFrames, encodeFrames, type Route, SignatureMemory } from "./wire.js";

/** How many messages a slow reader of iopub may have waiting in ZeroMQ; the next ones wait with us. */
const iopubWaiting = 100;
/** How long to wait before asking ZeroMQ again whether there is room. */
const retryMs = 5;

/** Binds the sockets; rejects when a port is taken. */
export async function openZeromq(connection: Connection): Promise<Transport> {
  const { Publisher, Reply, Router } = await loadZeromq();
  const routers = { shell: new Router(), control: new Router(), stdin: new Router() };
  const iopub = new Publisher();
  const heartbeat = new Reply();
  // Without `noDrop`, ZeroMQ lets go of what a slow reader has no room for.
  iopub.noDrop = true;
  iopub.sendHighWaterMark = iopubWaiting;
  for (const router of Object.values(routers)) {
    router.sendHighWaterMark = router.receiveHighWaterMark = 0;
    router.handover = true; // a front end that comes back is answered, though its first connection still stands
  }

  await bindAll({ ...routers, iopub, heartbeat }, connection);
  void echo(heartbeat);
  return new ZeromqTransport(routers, iopub, heartbeat, connection.key);
}

const ports = {
  shell: "shell_port",
  control: "control_port",
  stdin: "stdin_port",
  iopub: "iopub_port",
  heartbeat: "hb_port",
} as const;

/** A socket that stays open in a thread that goes away aborts the process: all are closed when one cannot be bound. */
async function bindAll(
  sockets: Readonly<Record<keyof typeof ports, Sender | Reply>>,
  connection: Connection,
): Promise<void> {
  const binding = Object.entries(sockets).map(([name, socket]) =>
    socket.bind(addressOf(connection, name as keyof typeof ports)),
  );
  const failed = (await Promise.allSettled(binding)).find((result) => result.status === "rejected");
  if (failed === undefined) return;
  for (const socket of Object.values(sockets)) socket.close();
  throw failed.reason;
}

const addressOf = ({ transport, ip, ...rest }: Connection, socket: keyof typeof ports): string =>
  `${transport}://${ip}:${rest[ports[socket]]}`;

type Sender = Router | Publisher;
type Routers = Readonly<Record<Exclude<Channel, "iopub">, Router>>;

class ZeromqTransport implements Transport {
  private readonly routers: Routers;
  private readonly sockets: Readonly<Record<Channel, Sender>>;
  private readonly heartbeat: Reply;
  private readonly key: string;
  /** A ZeroMQ socket takes one send at a time: each waits here for the one before. */
  private readonly queues: Record<Channel, Promise<void>>;
  private givenUp = false;

  constructor(routers: Routers, iopub: Publisher, heartbeat: Reply, key: string) {
    this.routers = routers;
    this.sockets = { ...routers, iopub };
    this.heartbeat = heartbeat;
    this.key = key;
    const sent = Promise.resolve();
    this.queues = { shell: sent, control: sent, stdin: sent, iopub: sent };
  }

  listen(listener: TransportListener): void {
    const signatures = new SignatureMemory();
    for (const [channel, router] of Object.entries(this.routers)) {
      void listen(router, channel as Channel, this.key, signatures, listener);
    }
  }

  send(message: JupyterMessage, route: Route, onSent?: () => void): void {
    const { channel } = message;
    const prefix = channel === "iopub" ? [Buffer.from(message.header.msg_type)] : route;
    const frames = [...prefix, ...encodeFrames(message, this.key)];
    this.queues[channel] = this.queues[channel].then(() => this.deliver(this.sockets[channel], frames)).then(onSent);
  }

  async close(patienceMs: number): Promise<void> {
    const end = performance.now() + patienceMs;
    await Promise.race([Promise.all(Object.values(this.queues)), delay(patienceMs)]);
    this.givenUp = true;
    // The process must not end before: an open socket in a thread that goes away aborts it.
    for (const socket of [...Object.values(this.sockets), this.heartbeat]) {
      socket.linger = Math.max(100, end - performance.now());
      socket.close();
    }
  }

  private async deliver(socket: Sender, frames: Uint8Array[]): Promise<void> {
    while (!this.givenUp) {
      try {
        return await socket.send(frames);
      } catch (error) {
        // The reader is slow. Anything else means that nobody is left to read.
        if ((error as { code?: unknown }).code !== "EAGAIN") return;
        await delay(retryMs);
      }
    }
  }
}

async function listen(
  router: Router,
  channel: Channel,
  key: string,
  signatures: SignatureMemory,
  listener: TransportListener,
): Promise<void> {
  for await (const frames of router) {
    try {
      const received = decodeFrames(frames, channel, key);
      signatures.refuseRepeated(frames);
      listener.onMessage(received);
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      listener.onRefused(`${channel}: ${error.message}`);
    }
  }
}

async function echo(heartbeat: Reply): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

async function loadZeromq(): Promise<typeof import("zeromq")> {
  try {
    return await import("zeromq");
  } catch (cause) {
    const machine = `${process.platform}-${process.arch}`;
    throw new Error(
      `zeromq, by which Jupyter front ends reach the kernel, does not load on ${machine}: run \`npm ci\` again where the course is installed`,
      { cause },
    );
  }
}
