// From a kernel's messages to the outputs a notebook keeps.
import type { MimeBundle, OutputMessage } from "./kernel.js";
import type { Output } from "./notebook.js";

type Display = Extract<Output, { output_type: "display_data" }>;

/** The displays of a whole run by their id: a later cell may update the display of an earlier one. */
export type Displays = Map<string, Display[]>;

export interface OutputCollector {
  readonly outputs: Output[];
  add(message: OutputMessage): void;
}

/** Collects one cell's outputs; `executionCount` is asked when there is a result. */
export function collectOutputs(displays: Displays, executionCount: () => number | null): OutputCollector {
  const outputs: Output[] = [];
  let clearNext = false;
  return {
    outputs,
    add(message) {
      if (message.type === "clear_output") {
        clearNext = message.wait;
        if (!message.wait) outputs.length = 0;
        return;
      }
      if (clearNext && message.type !== "update_display_data") {
        clearNext = false;
        outputs.length = 0;
      }
      addOutput(outputs, message, displays, executionCount());
    },
  };
}

function addOutput(
  outputs: Output[],
  message: Exclude<OutputMessage, { type: "clear_output" }>,
  displays: Displays,
  executionCount: number | null,
): void {
  switch (message.type) {
    case "stream":
      addStream(outputs, message.name, message.text);
      return;
    case "error": {
      const { ename, evalue, traceback } = message;
      outputs.push({ output_type: "error", ename, evalue, traceback: [...traceback] });
      return;
    }
    case "execute_result":
      outputs.push({ output_type: "execute_result", execution_count: executionCount, ...copyOf(message) });
      return;
    case "display_data": {
      const display: Display = { output_type: "display_data", ...copyOf(message) };
      outputs.push(display);
      if (message.displayId !== undefined) register(displays, message.displayId, display);
      return;
    }
    case "update_display_data":
      for (const display of displays.get(message.displayId) ?? []) Object.assign(display, copyOf(message));
  }
}

/** What is printed in several writes is one text. As on a terminal, what follows a `\r` takes the place of its line. */
function addStream(outputs: Output[], name: "stdout" | "stderr", text: string): void {
  const last = outputs.at(-1);
  if (last?.output_type !== "stream" || last.name !== name) {
    outputs.push({ output_type: "stream", name, text: withoutOverwritten(text) });
    return;
  }
  if (!text.includes("\r") && !last.text.endsWith("\r")) last.text += text;
  else {
    const line = last.text.lastIndexOf("\n") + 1;
    last.text = last.text.slice(0, line) + withoutOverwritten(last.text.slice(line) + text);
  }
}

const withoutOverwritten = (text: string): string =>
  text.includes("\r") ? text.split("\n").map(lastWritten).join("\n") : text;

/** A `\r` at the end has overwritten nothing yet. */
function lastWritten(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === "\r") end--;
  return end === 0 ? line : line.slice(line.lastIndexOf("\r", end - 1) + 1);
}

function register(displays: Displays, id: string, display: Display): void {
  const known = displays.get(id);
  if (known === undefined) displays.set(id, [display]);
  else known.push(display);
}

function copyOf({ data, metadata }: { data: MimeBundle; metadata: MimeBundle }) {
  return { data: { ...data }, metadata: { ...metadata } };
}
