// A conversation over ZeroMQ: our requests out, and what comes in.
import { randomUUID } from "node:crypto";
import type { Connection } from "../protocol/connection.js";
import { type JupyterMessage, newHeader } from "../protocol/jupyter-message.js";
import type { Channels } from "./channels.js";
import { openMessageSockets, type Zeromq } from "./message-sockets.js";

/** Opens the sockets; `onMessage` receives what comes, in order on each channel. */
export function openZeromqChannels(
  zeromq: Zeromq,
  connection: Connection,
  onMessage: (message: JupyterMessage) => void,
): Channels {
  const session = randomUUID();
  const messages = openMessageSockets(zeromq, connection, session, onMessage);
  return {
    send(channel, type, content) {
      const header = newHeader(type, session);
      messages.send({ channel, header, parent_header: {}, metadata: {}, content });
      return header.msg_id;
    },
    close: messages.close,
  };
}
