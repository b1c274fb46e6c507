// Our kernel for who lets others speak to it: messages pass as they are, whoever has made them.
import { setTimeout as delay } from "node:timers/promises";
import { type JupyterMessage, newHeader } from "../protocol/jupyter-message.js";
import type { Death, StartOptions } from "./kernel.js";
import { kernelFlags, kernelProgram, memoryFlags } from "./kernel-command.js";
import { spawnKernelProcess } from "./kernel-process.js";
import { openMessagePipe } from "./message-pipe.js";

export { type JupyterMessage, MessageError, newHeader, readMessage } from "../protocol/jupyter-message.js";

export interface RelayedKernel {
  readonly pid: number;
  /** Resolves when the process has ended, whatever ended it. */
  readonly died: Promise<Death>;
  send(message: JupyterMessage): void;
  /** Asks the running cell to stop, in the way that this kernel hears. */
  interrupt(): void;
  /** Asks the kernel to end, and ends it and all that it started when it has not after `graceMs`. Safe to call twice. */
  end(graceMs?: number): Promise<void>;
}

/** Starts the process and returns at once: what is sent before it is ready waits. `onMessage` gets what it says, in order. */
export function startRelayedKernel(
  { folder, memoryLimitMb }: Omit<StartOptions, "signal">,
  onMessage: (message: JupyterMessage) => void,
  program = kernelProgram,
): RelayedKernel {
  const args = [...kernelFlags, ...memoryFlags(memoryLimitMb), program, "--pipe"];
  const process = spawnKernelProcess({ args, folder, hasPipe: true });
  const pipe = openMessagePipe(process.pipe, onMessage);
  return {
    pid: process.pid,
    died: process.died,
    send: pipe.send,
    interrupt: () => pipe.send(ownRequest("control", "interrupt_request")),
    async end(graceMs = 1000) {
      if (!process.isDead()) {
        pipe.send(ownRequest("control", "shutdown_request", { restart: false }));
        await Promise.race([process.died, delay(graceMs, undefined, { ref: false })]);
      }
      if (!process.isDead()) process.killTree();
      await process.died;
      pipe.close();
    },
  };
}

/** What the relay itself asks, in its own session: no answer to it is anybody else's. */
export function ownRequest(
  channel: JupyterMessage["channel"],
  type: string,
  content: JupyterMessage["content"] = {},
  session = "relay",
): JupyterMessage {
  return { channel, header: newHeader(type, session), parent_header: {}, metadata: {}, content };
}
