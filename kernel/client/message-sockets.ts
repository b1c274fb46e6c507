// Whole messages over ZeroMQ, signed, out on shell, control and stdin, in on all four: for who passes on what it is given.
import type { Dealer, Subscriber } from "zeromq";
import type { Connection } from "../protocol/connection.js";
import { type Channel, type JupyterMessage, MessageError } from "../protocol/jupyter-message.js";
import { decodeFrames, encodeFrames } from "../protocol/wire.js";
import { KernelError } from "./kernel.js";

export type Zeromq = typeof import("zeromq");

export interface MessageSockets {
  send(message: JupyterMessage): void;
  /** Safe to call twice. */
  close(): void;
}

/**
 * Opens the sockets, `name` being what the kernel knows us by. `onMessage` receives what comes, in order on each channel.
 */
export function openMessageSockets(
  zeromq: Zeromq,
  connection: Connection,
  name: string,
  onMessage: (message: JupyterMessage) => void,
): MessageSockets {
  const sockets = openSockets(zeromq, connection, name);
  for (const [channel, socket] of Object.entries(sockets) as [Channel, Dealer | Subscriber][]) {
    void listen(socket, (frames) => {
      const message = read(frames, channel, connection.key);
      if (message !== undefined) onMessage(message);
    });
  }

  // A ZeroMQ socket takes one send at a time.
  const sending = new Map<Channel, Promise<void>>();
  return {
    send(message) {
      const { channel } = message;
      const socket = sockets[channel];
      if (!("send" in socket)) throw new Error(`internal: nothing is sent on ${channel}`);
      const before = sending.get(channel) ?? Promise.resolve();
      const frames = encodeFrames(message, connection.key);
      sending.set(channel, before.then(() => socket.send(frames)).catch(ignoreClosedSocket));
    },
    close() {
      for (const socket of Object.values(sockets)) if (!socket.closed) socket.close();
    },
  };
}

export async function loadZeromq(): Promise<Zeromq> {
  try {
    return await import("zeromq");
  } catch (cause) {
    throw new KernelError(
      `zeromq, which this kernel is spoken to by, does not load on ${process.platform}-${process.arch}: run \`npm ci\` again in the course folder`,
      { cause },
    );
  }
}

function openSockets({ Dealer, Subscriber }: Zeromq, connection: Connection, name: string) {
  const sockets = { shell: new Dealer(), control: new Dealer(), stdin: new Dealer(), iopub: new Subscriber() };
  // A kernel finds by this name on stdin who asked on shell.
  for (const dealer of [sockets.shell, sockets.control, sockets.stdin]) dealer.routingId = name;
  sockets.iopub.subscribe();
  const ports: Readonly<Record<Channel, number>> = {
    shell: connection.shell_port,
    control: connection.control_port,
    stdin: connection.stdin_port,
    iopub: connection.iopub_port,
  };
  for (const channel of ["shell", "control", "stdin", "iopub"] as const) {
    connect(sockets[channel], `${connection.transport}://${connection.ip}:${ports[channel]}`);
  }
  return sockets;
}

function connect(socket: Dealer | Subscriber, address: string): void {
  socket.linger = 0;
  socket.reconnectInterval = 20;
  socket.reconnectMaxInterval = 100;
  socket.receiveHighWaterMark = 0;
  socket.connect(address);
}

/** Undefined when it is not signed with our key, or no message. */
function read(frames: readonly Uint8Array[], channel: Channel, key: string): JupyterMessage | undefined {
  try {
    return decodeFrames(frames, channel, key).message;
  } catch (error) {
    if (error instanceof MessageError) return undefined;
    throw error;
  }
}

async function listen(socket: Dealer | Subscriber, onFrames: (frames: readonly Uint8Array[]) => void): Promise<void> {
  for await (const frames of socket) onFrames(frames as readonly Uint8Array[]);
}

/** Whoever waits for the answer of a request learns of the kernel's end elsewhere. */
function ignoreClosedSocket(): void {}
