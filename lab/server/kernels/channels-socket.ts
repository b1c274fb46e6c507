// The WebSocket by which a page speaks to a kernel: `/api/kernels/ID/channels?session_id=…`.
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { MessageError, readMessage } from "../../../kernel/client/relayed-kernel.js";
import type { LabKernel, Page } from "./lab-kernel.js";
import { binaryProtocol, decode, encode, type SocketFormat } from "./socket-format.js";

/** A page that leaves so much unread is let go; it connects again and is told what it has missed. In bytes. */
const largestBacklog = 128 * 1024 * 1024;
const goodbyeMs = 200;
const largestMessage = 64 * 1024 * 1024;

export const channelsPath = /^\/api\/kernels\/([\w-]+)\/channels$/;

export class ChannelSockets {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    handleProtocols: (offered) => (offered.has(binaryProtocol) ? binaryProtocol : false),
  });

  /** Accepts the upgrade and joins the page to the kernel. */
  join(request: IncomingMessage, socket: Duplex, head: Buffer, kernel: LabKernel, session: string): void {
    this.server.handleUpgrade(request, socket, head, (connection) => joinPage(connection, kernel, session));
  }

  /** Lets all pages go. 1012, for they are to try again: the server may be started anew. */
  close(): void {
    for (const connection of this.server.clients) {
      connection.close(1012);
      setTimeout(() => connection.terminate(), goodbyeMs).unref();
    }
    this.server.close();
  }
}

function joinPage(connection: WebSocket, kernel: LabKernel, session: string): void {
  const format: SocketFormat = connection.protocol === binaryProtocol ? "binary" : "json";
  const page: Page = {
    session,
    get isOpen() {
      return connection.readyState === WebSocket.OPEN;
    },
    send(message) {
      if (connection.bufferedAmount > largestBacklog) return connection.terminate();
      connection.send(encode(message, format));
    },
    close: () => connection.close(1001),
  };
  connection.on("error", () => {}); // `close` follows
  connection.on("close", () => kernel.disconnect(page));
  connection.on("message", (data, isBinary) => {
    const message = read(data as Buffer, isBinary ? "binary" : "json");
    if (message === undefined) connection.close(1007);
    else kernel.receive(message);
  });
  kernel.connect(page);
}

function read(data: Buffer, format: SocketFormat) {
  try {
    return readMessage(decode(data, format));
  } catch (error) {
    if (error instanceof MessageError || error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}
