// A conversation over a pipe: our requests out, and what comes in.
import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import { type JupyterMessage, newHeader } from "../protocol/jupyter-message.js";
import type { Channels } from "./channels.js";
import { openMessagePipe } from "./message-pipe.js";

/** `onMessage` receives what comes, in order. Without a pipe the process could not start: nothing comes. */
export function openPipeChannels(pipe: Duplex | undefined, onMessage: (message: JupyterMessage) => void): Channels {
  const session = randomUUID();
  const messages = openMessagePipe(pipe, onMessage);
  return {
    send(channel, type, content) {
      const header = newHeader(type, session);
      messages.send({ channel, header, parent_header: {}, metadata: {}, content });
      return header.msg_id;
    },
    close: messages.close,
  };
}
