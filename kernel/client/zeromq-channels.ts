// The three ZeroMQ sockets of a Jupyter client: requests out on shell and control, what happens in on iopub.
import { randomUUID } from "node:crypto";
import type { Dealer, Subscriber } from "zeromq";
import type { Connection } from "../protocol/connection.js";
import { decodeMessage, encodeRequest, type Message, newMessageId } from "./jupyter-message.js";
import { KernelError } from "./kernel.js";

export type Channel = "shell" | "control" | "iopub";

export interface Channels {
  /** Sends a request and returns its id, which the answers carry as `parentId`. */
  send(channel: "shell" | "control", type: string, content: unknown): string;
  /** Safe to call twice. */
  close(): void;
}

/** Opens the sockets; `onMessage` receives what comes, in order on each channel. */
export async function openChannels(
  connection: Connection,
  onMessage: (channel: Channel, message: Message) => void,
): Promise<Channels> {
  const zeromq = await loadZeromq();
  const session = { id: randomUUID(), key: connection.key };
  const sockets = { shell: new zeromq.Dealer(), control: new zeromq.Dealer(), iopub: new zeromq.Subscriber() };
  const ports = { shell: connection.shell_port, control: connection.control_port, iopub: connection.iopub_port };

  for (const channel of ["shell", "control", "iopub"] as const) {
    connect(sockets[channel], `${connection.transport}://${connection.ip}:${ports[channel]}`);
    void listen(sockets[channel], (frames) => {
      const message = decodeMessage(frames, session);
      if (message !== undefined) onMessage(channel, message);
    });
  }
  sockets.iopub.subscribe();

  // A ZeroMQ socket takes one send at a time.
  let sending: Promise<void> = Promise.resolve();
  return {
    send(channel, type, content) {
      const id = newMessageId();
      const frames = encodeRequest(type, id, content, session);
      sending = sending.then(() => sockets[channel].send(frames)).catch(ignoreClosedSocket);
      return id;
    },
    close() {
      for (const socket of Object.values(sockets)) if (!socket.closed) socket.close();
    },
  };
}

function connect(socket: Dealer | Subscriber, address: string): void {
  socket.linger = 0;
  socket.reconnectInterval = 20;
  socket.reconnectMaxInterval = 100;
  socket.receiveHighWaterMark = 0;
  socket.connect(address);
}

async function listen(socket: Dealer | Subscriber, onFrames: (frames: readonly Uint8Array[]) => void): Promise<void> {
  for await (const frames of socket) onFrames(frames as readonly Uint8Array[]);
}

/** Whoever waits for the answer of a request learns of the kernel's end elsewhere. */
function ignoreClosedSocket(): void {}

async function loadZeromq(): Promise<typeof import("zeromq")> {
  try {
    return await import("zeromq");
  } catch (cause) {
    throw new KernelError(
      `zeromq, which speaks to the tslab kernel, does not load on ${process.platform}-${process.arch}: run \`npm ci\` again in the course folder`,
      { cause },
    );
  }
}
