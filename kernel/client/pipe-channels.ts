// A conversation over a pipe: one message a line, each way, all channels on the same pipe.
import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import { encodeLine, readJsonLines } from "../protocol/json-lines.js";
import { type JupyterMessage, newHeader, readMessage } from "../protocol/jupyter-message.js";
import type { Channels } from "./channels.js";

/** `onMessage` receives what comes, in order. Without a pipe the process could not start: nothing comes. */
export function openPipeChannels(pipe: Duplex | undefined, onMessage: (message: JupyterMessage) => void): Channels {
  const session = randomUUID();
  // Whoever waits for an answer learns of the kernel's end elsewhere.
  pipe?.on("error", () => {});
  const lines = readJsonLines((value) => onMessage(readMessage(value)), refuse);
  pipe?.on("data", lines.push);
  return {
    send(channel, type, content) {
      const header = newHeader(type, session);
      pipe?.write(encodeLine({ channel, header, parent_header: {}, metadata: {}, content }));
      return header.msg_id;
    },
    close() {
      pipe?.destroy();
    },
  };
}

/** Our own kernel sends nothing else than messages. */
function refuse(reason: string): never {
  throw new Error(`internal: the kernel sent ${reason}`);
}
