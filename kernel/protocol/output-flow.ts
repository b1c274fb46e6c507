// What cells print, line by line, on its way to front ends: joined for some milliseconds, in the order it was printed.
import type { OutputMessage } from "../messages.js";
import type { Clock } from "./clock.js";

const joinedForMs = 20;
/** A message holds about so many characters before it leaves. */
const longMessage = 64 * 1024;

/** Publishes an output of the execution `id`; `size` of it is no longer on its way once it has been sent. */
export type Publish = (id: string, output: OutputMessage, size: number) => void;

interface Joined {
  readonly id: string;
  readonly name: "stdout" | "stderr";
  readonly parts: string[];
  length: number;
  size: number;
  readonly cancel: () => void;
}

export class OutputFlow {
  private readonly publish: Publish;
  private readonly clock: Clock;
  private joined: Joined | undefined;

  constructor(publish: Publish, clock: Clock) {
    this.publish = publish;
    this.clock = clock;
  }

  add(id: string, output: OutputMessage, size: number): void {
    if (output.type === "stream") this.join(id, output.name, output.text, size);
    else {
      this.flush();
      this.publish(id, output, size);
    }
  }

  /** Publishes what is still held. */
  flush(): void {
    if (this.joined === undefined) return;
    const { id, name, parts, size, cancel } = this.joined;
    this.joined = undefined;
    cancel();
    this.publish(id, { type: "stream", name, text: parts.join("") }, size);
  }

  private join(id: string, name: "stdout" | "stderr", text: string, size: number): void {
    if (this.joined?.id !== id || this.joined.name !== name) this.flush();
    this.joined ??= {
      id,
      name,
      parts: [],
      length: 0,
      size: 0,
      cancel: this.clock.after(joinedForMs, () => this.flush()),
    };
    this.joined.parts.push(text);
    this.joined.length += text.length;
    this.joined.size += size;
    if (this.joined.length >= longMessage) this.flush();
  }
}
