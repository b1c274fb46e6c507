import { expect, test } from "vitest";
import type { JupyterMessage } from "../../../kernel/client/relayed-kernel.js";
import { executeRequest, message } from "../fixtures/fake-kernel.js";
import { Journal } from "./journal.js";

const about = (request: JupyterMessage, type: string, content: JupyterMessage["content"]): JupyterMessage => ({
  ...message(type, "kernel", content),
  channel: "iopub",
  parent_header: request.header,
});

test("a journal that is full drops the oldest outputs, says that it did, and keeps how cells began and ended", () => {
  const journal = new Journal(10_000);
  const request = executeRequest("page");
  journal.open(request);
  journal.record(about(request, "status", { execution_state: "busy" }));
  for (let i = 0; i < 100; i++) journal.record(about(request, "stream", { name: "stdout", text: "x".repeat(500) }));
  journal.record(about(request, "error", { ename: "E" }));
  const kept = journal.since(0, () => message("stream", "kernel", { text: "gap" }));
  expect(kept.map(({ header, content }) => content["text"] === "gap" || header.msg_type).slice(0, 3)).toEqual([
    true,
    "status",
    "stream",
  ]);
  expect(kept.at(-1)?.header.msg_type).toBe("error");
  expect(JSON.stringify(kept).length).toBeLessThan(12_000);
});

test("a journal keeps nothing of what is no execution", () => {
  const journal = new Journal();
  journal.record(about(message("complete_request", "page"), "status", { execution_state: "busy" }));
  expect(journal.since(0, (request) => request)).toEqual([]);
  expect(journal.latest).toBe(1);
});
