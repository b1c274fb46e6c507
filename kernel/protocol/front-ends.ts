// What the kernel says to its front ends: replies to who asked, and to all of them what happens.
import { randomUUID } from "node:crypto";
import { type Header, type JupyterMessage, newHeader } from "./jupyter-message.js";
import type { Transport } from "./transport.js";
import type { Received } from "./wire.js";

export type Content = Readonly<Record<string, unknown>>;
/** What caused a message; what the kernel says of itself has no cause. */
export type Parent = JupyterMessage["parent_header"];

export class FrontEnds {
  private readonly transport: Transport;
  private readonly session = randomUUID();

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Answers `request`, on its own channel: `complete_request` by `complete_reply`. */
  reply({ message, route }: Received, content: Content): void {
    const header = this.header(message.header.msg_type.replace(/_request$/, "_reply"), message.header);
    this.transport.send(
      { channel: message.channel, header, parent_header: message.header, metadata: {}, content },
      route,
    );
  }

  publish(parent: Parent, type: string, content: Content, onSent?: () => void): void {
    const header = this.header(type, parent);
    this.transport.send({ channel: "iopub", header, parent_header: parent, metadata: {}, content }, [], onSent);
  }

  publishState(parent: Parent, state: "starting" | "busy" | "idle"): void {
    this.publish(parent, "status", { execution_state: state });
  }

  /** Asks who sent `request` for a line of text; returns the question's id. */
  askInput({ message, route }: Received, content: Content): string {
    const header = this.header("input_request", message.header);
    this.transport.send({ channel: "stdin", header, parent_header: message.header, metadata: {}, content }, route);
    return header.msg_id;
  }

  private header(type: string, parent: Parent): Header {
    return newHeader(type, this.session, parent.username || undefined);
  }
}
