// Jupyter's messages as they travel on ZeroMQ: frames, signed with HMAC-SHA256, checked on arrival.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { OutputMessage } from "./kernel.js";

export interface Message {
  readonly id: string;
  readonly type: string;
  /** The request this message answers; "" when it answers none. */
  readonly parentId: string;
  readonly content: unknown;
}

const delimiter = "<IDS|MSG>";
const protocolVersion = "5.3";

/** The frames of a request: delimiter, signature, header, parent, metadata, content. */
export function encodeRequest(type: string, id: string, content: unknown, session: Session): string[] {
  const header = {
    msg_id: id,
    msg_type: type,
    session: session.id,
    username: "retroprop",
    date: new Date().toISOString(),
    version: protocolVersion,
  };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  return [delimiter, sign(parts, session.key), ...parts];
}

/** The message in `frames`, or undefined when they are not one signed with our key. */
export function decodeMessage(frames: readonly Uint8Array[], session: Session): Message | undefined {
  const texts = frames.map((frame) => Buffer.from(frame).toString("utf8"));
  const start = texts.indexOf(delimiter);
  const [signature, ...parts] = texts.slice(start + 1);
  if (start < 0 || signature === undefined || !sameText(signature, sign(parts, session.key))) return undefined;
  const [header, parent, , content] = parts.slice(0, 4).map((part) => JSON.parse(part));
  return { id: header.msg_id, type: header.msg_type, parentId: parent?.msg_id ?? "", content };
}

export interface Session {
  readonly id: string;
  readonly key: string;
}

export const newMessageId = (): string => randomUUID();

function sign(parts: readonly string[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

const bundle = z.record(z.string(), z.unknown());
const display = z.object({ data: bundle, metadata: bundle.default({}) });
const displayIds = z.object({ transient: z.object({ display_id: z.string().optional() }).default({}) });

/** The contents of iopub messages that are outputs, as Jupyter has them, to ours. */
const outputs = {
  stream: z.object({ name: z.enum(["stdout", "stderr"]), text: z.string() }),
  execute_result: display,
  display_data: display.extend(displayIds.shape).transform(liftDisplayId),
  update_display_data: display.extend(displayIds.shape).transform(liftDisplayId),
  error: z.object({ ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) }),
  clear_output: z.object({ wait: z.boolean().default(false) }),
};

/** The output that a message on iopub carries, or undefined when it carries none that can be read. */
export function outputOf({ type, content }: Message): OutputMessage | undefined {
  if (!(type in outputs)) return undefined;
  const result = outputs[type as keyof typeof outputs].safeParse(content);
  return result.success ? ({ type, ...result.data } as OutputMessage) : undefined;
}

function liftDisplayId<T extends { transient: { display_id?: string | undefined } }>({ transient, ...rest }: T) {
  return transient.display_id === undefined ? rest : { ...rest, displayId: transient.display_id };
}
