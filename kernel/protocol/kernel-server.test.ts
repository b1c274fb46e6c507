import { describe, expect, test } from "vitest";
import { type ServedKernel, serveKernel } from "../fixtures/served-kernel.js";
import type { OutputMessage } from "../messages.js";

const error = { type: "error", ename: "RangeError", evalue: "boum", traceback: ["cell 1"] } as const;
const printed = (text: string): OutputMessage => ({ type: "stream", name: "stdout", text });
/** The id under which the last cell was given to the other thread. */
const lastId = (kernel: ServedKernel) => (kernel.asked.at(-1) as { id: string }).id;
const end = (kernel: ServedKernel, more: object = {}) =>
  kernel.hear({ type: "ended", id: lastId(kernel), expressions: {}, ...more });
const output = (kernel: ServedKernel, output: OutputMessage, id = lastId(kernel)) =>
  kernel.hear({ type: "output", id, output, size: 10 });

describe("a cell", () => {
  test("is announced, run, shown and answered, between busy and idle", () => {
    const kernel = serveKernel();
    const id = kernel.send("execute_request", { code: "1 + 1", allow_stdin: true, user_expressions: { a: "2" } });
    expect(kernel.asked).toEqual([
      { type: "execute", id: "1", code: "1 + 1", count: 1, silent: false, allowInput: true, expressions: { a: "2" } },
    ]);
    output(kernel, printed("a\n"));
    output(kernel, { type: "execute_result", data: { "text/plain": "2" }, metadata: {} });
    const expressions = { a: { status: "ok", data: { "text/plain": "2" }, metadata: {} } } as const;
    end(kernel, { expressions });

    expect(kernel.published(id)).toEqual(["busy", "execute_input", "stream", "execute_result", "idle"]);
    expect(kernel.replyTo(id)).toEqual({
      status: "ok",
      execution_count: 1,
      user_expressions: expressions,
      payload: [],
    });
    const result = kernel.sent.find(({ header }) => header.msg_type === "execute_result")!;
    expect(result.content).toEqual({ execution_count: 1, data: { "text/plain": "2" }, metadata: {} });
    expect(result.header).toMatchObject({ username: "ada", version: "5.3" });
    expect(kernel.sent.map(({ header }) => header.msg_type).slice(-2)).toEqual(["execute_reply", "status"]);
    expect(kernel.outputSent()).toBe(20);
  });

  test("that fails publishes its error and answers by it", () => {
    const kernel = serveKernel();
    const id = kernel.send("execute_request", { code: "f()" });
    end(kernel, { error });
    kernel.clock.pass(10);
    const { type: _, ...cause } = error;
    expect(kernel.published(id)).toEqual(["busy", "execute_input", "error", "idle"]);
    expect(kernel.sent.find(({ header }) => header.msg_type === "error")?.content).toEqual(cause);
    expect(kernel.replyTo(id)).toMatchObject({ status: "error", execution_count: 1, ...cause });
  });

  test("has a count of its own, which silent and unstored cells do not use up", () => {
    const kernel = serveKernel();
    const counts = [{}, { silent: true }, { store_history: false }, {}].map((options) => {
      const id = kernel.send("execute_request", { code: "1", ...options });
      end(kernel);
      return [kernel.replyTo(id)?.["execution_count"], kernel.published(id).includes("execute_input")];
    });
    expect(counts).toEqual([
      [1, true],
      [2, false],
      [2, true],
      [2, true],
    ]);
  });

  test("gets its late outputs, while another cell runs and when none does", () => {
    const kernel = serveKernel();
    const first = kernel.send("execute_request", { code: "setTimeout(f)" });
    end(kernel);
    const second = kernel.send("execute_request", { code: "2" });
    output(kernel, printed("late\n"), "1");
    kernel.clock.pass(20);
    expect(kernel.published(first)).toEqual(["busy", "execute_input", "idle", "stream"]);
    end(kernel);
    output(kernel, error, "1");
    expect(kernel.published(first).at(-1)).toBe("error");
    expect(kernel.published(second)).toEqual(["busy", "execute_input", "idle"]);
  });

  test("may ask its user; only the answer to its question counts", () => {
    const kernel = serveKernel();
    const id = kernel.send("execute_request", { code: "prompt('Name?')", allow_stdin: true });
    kernel.send("input_reply", { value: "too early" }, "stdin");
    kernel.hear({ type: "ask", id: lastId(kernel), prompt: "Name?", password: false });
    const question = kernel.sent.at(-1)!;
    expect(question).toMatchObject({ channel: "stdin", content: { prompt: "Name?", password: false } });
    expect(question.parent_header.msg_id).toBe(id);
    kernel.send("input_reply", { value: "other" }, "stdin", { ...question.header, msg_id: "of another question" });
    kernel.send("input_reply", { value: 3 }, "stdin", question.header);
    kernel.send("input_reply", { value: "Zoé" }, "stdin", question.header);
    kernel.send("input_reply", { value: "again" }, "stdin", question.header);
    expect(kernel.asked.slice(1)).toEqual([{ type: "input", text: "Zoé" }]);
    expect(kernel.refused).toHaveLength(4);
  });

  test("a display keeps its id, in the place where front ends look for it", () => {
    const kernel = serveKernel();
    kernel.send("execute_request", { code: "1" });
    const data = { "text/plain": "d" };
    output(kernel, { type: "display_data", displayId: "x", data, metadata: {} });
    output(kernel, { type: "update_display_data", displayId: "x", data, metadata: {} });
    output(kernel, { type: "display_data", data, metadata: {} });
    output(kernel, { type: "clear_output", wait: true });
    expect(kernel.sent.slice(-4).map(({ content }) => content)).toEqual([
      { data, metadata: {}, transient: { display_id: "x" } },
      { data, metadata: {}, transient: { display_id: "x" } },
      { data, metadata: {}, transient: {} },
      { wait: true },
    ]);
  });
});

describe("after a failure", () => {
  test("the cells that were sent without knowing it are aborted; other requests and later cells are answered", () => {
    const kernel = serveKernel();
    const failed = kernel.send("execute_request", { code: "f()" });
    const queued = kernel.send("execute_request", { code: "1" });
    const info = kernel.send("kernel_info_request");
    end(kernel, { error });
    kernel.clock.pass(5);
    const underway = kernel.send("execute_request", { code: "2" });
    kernel.clock.pass(5);
    const later = kernel.send("execute_request", { code: "3" });

    expect(kernel.replyTo(failed)).toMatchObject({ status: "error" });
    expect([kernel.replyTo(queued), kernel.replyTo(underway)]).toMatchObject([
      { status: "aborted" },
      { status: "aborted" },
    ]);
    expect(kernel.published(queued)).toEqual(["busy", "idle"]);
    expect(kernel.replyTo(info)).toMatchObject({ status: "ok" });
    end(kernel);
    expect(kernel.replyTo(later)).toMatchObject({ status: "ok", execution_count: 2 });
    expect(kernel.asked.map((one) => "code" in one && one.code)).toEqual(["f()", "3"]);
  });

  test("nothing is aborted when the front end asked for that", () => {
    const kernel = serveKernel();
    kernel.send("execute_request", { code: "f()", stop_on_error: false });
    const queued = kernel.send("execute_request", { code: "1" });
    end(kernel, { error });
    kernel.clock.pass(10);
    end(kernel);
    expect(kernel.replyTo(queued)).toMatchObject({ status: "ok" });
  });
});

describe("requests", () => {
  test("wait until the kernel is ready, and are answered one after the other", () => {
    const kernel = serveKernel({ ready: false });
    const info = kernel.send("kernel_info_request");
    const onControl = kernel.send("kernel_info_request", {}, "control");
    const cell = kernel.send("execute_request", { code: "1" });
    const complete = kernel.send("complete_request", { code: "a", cursor_pos: 1 });
    expect(kernel.sent.map(({ content }) => content)).toEqual([{ execution_state: "starting" }]);
    kernel.hear({ type: "ready" });
    expect(kernel.replyTo(info)).toMatchObject({ status: "ok", protocol_version: "5.3" });
    expect(kernel.replyTo(onControl)).toEqual(kernel.replyTo(info));
    expect(kernel.published(cell)).toEqual(["busy", "execute_input"]);
    expect(kernel.published(complete)).toEqual([]);
  });

  test("the language is the one of stock tslab, with the version of TypeScript", () => {
    const kernel = serveKernel();
    expect(kernel.replyTo(kernel.send("kernel_info_request"))?.["language_info"]).toEqual({
      name: "typescript",
      version: "5.9.3",
      mimetype: "text/typescript",
      file_extension: ".ts",
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    });
  });

  test.each([
    ["complete_request", { code: "a😀b", cursor_pos: 2 }, { type: "complete", code: "a😀b", cursor: 2 }],
    ["inspect_request", { code: "ab", cursor_pos: 1, detail_level: 0 }, { type: "inspect", code: "ab", cursor: 1 }],
    ["is_complete_request", { code: "{" }, { type: "isComplete", code: "{" }],
  ])("%s is answered by the compiler's thread", (type, content, question) => {
    const kernel = serveKernel();
    const id = kernel.send(type, content);
    expect(kernel.asked).toMatchObject([question]);
    expect(kernel.replyTo(id)).toBeUndefined();
    kernel.hear({ type: "answer", id: lastId(kernel), content: { status: "ok", answer: 42 } });
    expect(kernel.replyTo(id)).toEqual({ status: "ok", answer: 42 });
    expect(kernel.sent.at(-2)?.header.msg_type).toBe(type.replace("request", "reply"));
    expect(kernel.published(id)).toEqual(["busy", "idle"]);
  });

  test("history is that of stored cells, with their values", () => {
    const kernel = serveKernel();
    kernel.send("execute_request", { code: "1 + 1" });
    output(kernel, { type: "execute_result", data: { "text/plain": "2" }, metadata: {} });
    end(kernel);
    kernel.send("execute_request", { code: "hidden", silent: true });
    end(kernel);
    const id = kernel.send("history_request", { hist_access_type: "tail", n: 5, output: true, raw: true });
    expect(kernel.replyTo(id)).toEqual({ status: "ok", history: [[1, 1, ["1 + 1", "2"]]] });
  });

  test("comms are not kept: one that is opened is closed, messages to one are let go", () => {
    const kernel = serveKernel();
    const id = kernel.send("comm_open", { comm_id: "c", target_name: "t", data: {} });
    expect(kernel.published(id)).toEqual(["busy", "comm_close", "idle"]);
    expect(kernel.published(kernel.send("comm_msg", { comm_id: "c", data: {} }))).toEqual(["busy", "idle"]);
    expect(kernel.replyTo(kernel.send("comm_info_request"))).toEqual({ status: "ok", comms: {} });
    expect(kernel.refused).toEqual([]);
  });

  test("that cannot be read are answered by what is wrong with them, and the next one is served", () => {
    const kernel = serveKernel();
    const evalue = (id: string) => kernel.replyTo(id)?.["evalue"];
    const { send } = kernel;
    expect(evalue(send("execute_request", { code: 3 }))).toBe("`code` must be a string, got 3");
    expect(evalue(send("execute_request", {}))).toBe("`code` must be a string, got nothing");
    expect(evalue(send("execute_request", { code: "1", silent: "no" }))).toBe(
      '`silent` must be true or false, got "no"',
    );
    expect(evalue(send("execute_request", { code: "1", user_expressions: { a: 1 } }))).toContain(
      "an object of strings",
    );
    expect(evalue(send("complete_request", { code: "a", cursor_pos: 0.5 }))).toBe(
      "`cursor_pos` must be an integer, got 0.5",
    );
    expect(evalue(send("history_request", { hist_access_type: "all" }))).toContain("must be tail, range or search");
    expect(evalue(send("debug_request", {}, "control"))).toBe("this kernel answers no debug_request");
    expect(kernel.published(send("strange"))).toEqual(["busy", "idle"]);
    expect(kernel.refused).toEqual(["strange: we know no such message"]);
    expect(kernel.asked).toEqual([]);
    expect(kernel.replyTo(send("kernel_info_request"))).toMatchObject({ status: "ok" });
  });

  test("ten thousand of them wait without harm", () => {
    const kernel = serveKernel({ ready: false });
    const ids = Array.from({ length: 10_000 }, () => kernel.send("comm_info_request"));
    kernel.hear({ type: "ready" });
    expect(kernel.replyTo(ids.at(-1)!)).toEqual({ status: "ok", comms: {} });
  });
});

describe("an interrupt", () => {
  test.each(["control", "shell"] as const)("on %s does not wait for the running cell", (channel) => {
    const kernel = serveKernel();
    const cell = kernel.send("execute_request", { code: "for (;;);" });
    const id = kernel.send("interrupt_request", {}, channel);
    expect(kernel.asked.at(-1)).toMatchObject({ type: "interrupt" });
    expect(kernel.replyTo(id)).toEqual({ status: "ok" });
    kernel.hear({ type: "ended", id: "1", error: { ...error, ename: "Interrupted" }, expressions: {} });
    kernel.hear({ type: "interrupted", serial: 0 });
    kernel.clock.pass(10);
    expect(kernel.replyTo(cell)).toMatchObject({ status: "error", ename: "Interrupted" });
  });

  test("lets no other cell begin before it is over", () => {
    const kernel = serveKernel();
    kernel.send("interrupt_request", {}, "control");
    kernel.send("execute_request", { code: "1" });
    expect(kernel.asked).toHaveLength(1);
    kernel.hear({ type: "interrupted", serial: 0 });
    expect(kernel.asked.at(-1)).toMatchObject({ type: "execute", code: "1" });
  });

  test.each([
    ["execute_request", "the cell was interrupted before it began"],
    ["complete_request", "interrupted"],
  ])("answers an %s that was lost on its way to the other thread", (type, evalue) => {
    const kernel = serveKernel();
    const id = kernel.send(type, { code: "a" });
    kernel.send("interrupt_request", {}, "control");
    kernel.hear({ type: "interrupted", serial: 0 });
    kernel.clock.pass(10);
    expect(kernel.replyTo(id)).toMatchObject({ status: "error", ename: "Interrupted", evalue });
    expect(kernel.published(id).at(-1)).toBe("idle");
  });
});

describe("the end", () => {
  test.each(["control", "shell"] as const)("asked for on %s is confirmed first; nothing else begins", (channel) => {
    const kernel = serveKernel();
    const id = kernel.send("shutdown_request", { restart: true }, channel);
    expect(kernel.replyTo(id)).toEqual({ status: "ok", restart: true });
    expect(kernel.asked).toEqual([{ type: "shutdown", exitCode: 0 }]);
    kernel.send("execute_request", { code: "1" });
    expect(kernel.asked).toHaveLength(1);
  });

  test("by process.exit is the running cell's error, after all it printed", () => {
    const kernel = serveKernel();
    const id = kernel.send("execute_request", { code: "process.exit(3)" });
    output(kernel, printed("last words"));
    kernel.hear({ type: "exiting", exitCode: 3 });
    expect(kernel.published(id)).toEqual(["busy", "execute_input", "stream", "error", "idle"]);
    const evalue = "the cell called process.exit(3): the kernel ends";
    expect(kernel.replyTo(id)).toMatchObject({ status: "error", ename: "ProcessExit", evalue });
  });

  test("comes after the reply of a cell that has just failed", () => {
    const kernel = serveKernel();
    const id = kernel.send("execute_request", { code: "f()" });
    end(kernel, { error });
    kernel.hear({ type: "exiting", exitCode: 0 });
    expect(kernel.replyTo(id)).toMatchObject({ status: "error", ename: "RangeError" });
    kernel.clock.pass(1000);
    expect(kernel.published(id)).toEqual(["busy", "execute_input", "error", "idle"]);
  });

  test("by a fault of the kernel's is told as one", () => {
    const kernel = serveKernel();
    const id = kernel.send("execute_request", { code: "1" });
    kernel.hear({ type: "exiting", exitCode: 70, fault: "internal: oops" });
    expect(kernel.replyTo(id)).toMatchObject({ ename: "KernelFault", evalue: expect.stringContaining("oops") });
  });
});
