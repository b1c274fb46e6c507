// The kernel's messages as JSON lines on a pipe that the parent process opened for us: no port, no key, no native module.
import { Socket } from "node:net";
import { encodeLine, readJsonLines } from "./json-lines.js";
import { MessageError, readMessage } from "./jupyter-message.js";
import type { Transport, TransportListener } from "./transport.js";

/** `descriptor` is the number of an extra duplex `stdio: "pipe"`. */
export function openPipe(descriptor: number): Transport {
  const socket = openSocket(descriptor);
  socket.on("error", () => {}); // `close` follows
  return {
    listen(listener) {
      const lines = readJsonLines((value) => passOn(value, listener), listener.onRefused);
      socket.on("data", lines.push);
      socket.once("end", listener.onGone);
      socket.once("close", listener.onGone);
    },
    send(message, _route, onSent = () => {}) {
      socket.write(encodeLine(message), onSent);
    },
    close: (patienceMs) =>
      new Promise((resolve) => {
        setTimeout(resolve, patienceMs);
        socket.removeAllListeners("end").removeAllListeners("close");
        socket.end(resolve);
      }),
  };
}

function openSocket(fd: number): Socket {
  try {
    return new Socket({ fd, readable: true, writable: true });
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`descriptor ${fd} is no pipe (${message}): start the kernel with \`stdio\` that gives it one`, {
      cause,
    });
  }
}

function passOn(value: unknown, listener: TransportListener): void {
  try {
    listener.onMessage({ message: readMessage(value), route: [] });
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    listener.onRefused(error.message);
  }
}
