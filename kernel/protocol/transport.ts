// What carries messages between the kernel and its front ends: ZeroMQ sockets, or a pipe to the process that started us.
import type { JupyterMessage } from "./jupyter-message.js";
import type { Received, Route } from "./wire.js";

export interface Transport {
  /** What came before is kept until then. */
  listen(listener: TransportListener): void;

  /**
   * Sends after all that was sent before on the same channel; never loses, never blocks. `onSent` is called once it has
   * left us, which a slow reader delays. `route` is the one the request came by; iopub needs none.
   */
  send(message: JupyterMessage, route: Route, onSent?: () => void): void;

  /** Resolves when all that was sent has left, or `patienceMs` has passed; nothing is open then. */
  close(patienceMs: number): Promise<void>;
}

export interface TransportListener {
  onMessage(received: Received): void;
  /** A message was passed over: one line for who looks after the kernel. */
  onRefused(reason: string): void;
  /** The other side has gone for good. */
  onGone(): void;
}
