// Pages and kernels through real sockets; the kernels are fakes that say what the test has them say.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../fixtures/eventually.js";
import { executeRequest, type FakeKernel, message } from "../fixtures/fake-kernel.js";
import { brief, isState, openPage, type TestPage } from "../fixtures/open-page.js";
import { notebook, openServer, type TestServer } from "../fixtures/open-server.js";

let lab: TestServer;
beforeAll(async () => {
  const limits = { stream: 100, display: 1000, file: 3000 };
  lab = await openServer({ "notebooks/tp1.ipynb": notebook(), "notebooks/tp2.ipynb": notebook() }, { limits });
});
afterAll(() => lab.close());

interface Model {
  readonly id: string;
  readonly path: string;
  readonly kernel: { readonly id: string; readonly execution_state: string; readonly connections: number };
}
const open = async (name = "tp1"): Promise<Model> => {
  const body = { path: `notebooks/${name}.ipynb`, name: `${name}.ipynb`, type: "notebook", kernel: { name: "tslab" } };
  return (await lab.ask("POST", "/api/sessions", body)).json as unknown as Model;
};
const pages: TestPage[] = [];
const join_ = async (kernel: string, session: string, options = {}) => {
  const page = await openPage(lab, kernel, session, options);
  pages.push(page);
  return page;
};

/** A notebook's session, its kernel and a page on it. */
async function start(session = "page") {
  const model = await open();
  const kernel = lab.kernels.at(-1)!;
  const page = await join_(model.kernel.id, session);
  return { model, kernel, page };
}
const received = (kernel: FakeKernel, request: { header: { msg_id: string } }) =>
  eventually(() => expect(kernel.heard.map(({ header }) => header.msg_id)).toContain(request.header.msg_id));

afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.close()));
  const sessions = (await lab.ask("GET", "/api/sessions")).json as unknown as Model[];
  for (const { id } of sessions) await lab.ask("DELETE", `/api/sessions/${id}`);
});

describe("a notebook's session", () => {
  test("is the same for every page on it, with one kernel in the notebook's folder", async () => {
    const [one, same, other] = [await open(), await open(), await open("tp2")];
    expect(same).toEqual(one);
    expect(other.kernel.id).not.toBe(one.kernel.id);
    expect(lab.kernels.at(-1)!.folder).toBe(join(lab.folder, "notebooks"));
    expect((await lab.ask("GET", "/api/kernels")).json).toHaveLength(2);
  });

  test("takes the kernel that was started while the page loaded", async () => {
    const before = lab.kernels.length;
    await lab.ask("GET", "/notebooks/notebooks/tp1.ipynb");
    expect(lab.kernels).toHaveLength(before + 1);
    await open();
    expect(lab.kernels).toHaveLength(before + 1);
  });

  test("ends with its kernel; what is left knows of neither", async () => {
    const { model, kernel, page } = await start();
    expect((await lab.ask("DELETE", `/api/sessions/${model.id}`)).status).toBe(204);
    expect(kernel.isEnded()).toBe(true);
    expect(await page.closed).toBe(1001);
    expect((await lab.ask("GET", `/api/kernels/${model.kernel.id}`)).status).toBe(404);
  });

  test("follows its file, and gets another kernel when it asks", async () => {
    const { model, kernel } = await start();
    const moved = await lab.ask("PATCH", `/api/sessions/${model.id}`, { path: "notebooks/tp2.ipynb" });
    expect(moved.json).toMatchObject({ path: "notebooks/tp2.ipynb", kernel: { id: model.kernel.id } });
    const { json } = await lab.ask("PATCH", `/api/sessions/${model.id}`, { kernel: { name: "tslab" } });
    expect((json as unknown as Model).kernel.id).not.toBe(model.kernel.id);
    expect(kernel.isEnded()).toBe(true);
  });
});

describe("messages", () => {
  test.each([false, true])("go both ways (binary: %s), with the cell that they are about", async (binary) => {
    const { id } = (await open()).kernel;
    const kernel = lab.kernels.at(-1)!;
    const page = await join_(id, "page", { binary });
    const request = executeRequest("page", "imports");
    page.send(request);
    await received(kernel, request);
    expect(kernel.heard.at(-1)).toEqual(request);
    kernel.say("stream", { name: "stdout", text: "é" }, request);
    const stream = await page.hears(({ header }) => header.msg_type === "stream");
    expect(stream).toMatchObject({
      channel: "iopub",
      parent_header: request.header,
      content: { text: "é" },
      metadata: { retroprop: { cell: "imports" } },
    });
  });

  test("tell two pages what happens, and the one that asked the answer", async () => {
    const { model, kernel, page } = await start("one");
    const other = await join_(model.kernel.id, "two");
    const request = executeRequest("one");
    page.send(request);
    await received(kernel, request);
    kernel.finish(request);
    await Promise.all([page.hears(isState("idle")), other.hears(isState("idle"))]);
    expect(page.heard.map(brief)).toEqual(["status starting", "execute_reply ok", "status idle"]);
    expect(other.heard.map(brief)).toEqual(["status starting", "status idle"]);
    const late = await join_(model.kernel.id, "three");
    await late.hears(isState("idle"));
    late.send(message("kernel_info_request", "three"));
    await eventually(() => expect(kernel.heard.at(-1)?.header.session).toBe("three"));
    expect(late.heard.map(brief)).toEqual(["status idle"]); // what others have heard is over
  });

  test("that cannot be read end the connection, and nothing else", async () => {
    const { page, model } = await start();
    page.send({ ...executeRequest("page"), channel: "none" as never });
    expect(await page.closed).toBe(1007);
    expect((await lab.ask("GET", `/api/kernels/${model.kernel.id}`)).status).toBe(200);
  });

  test("an interrupt goes to the kernel at once", async () => {
    const { model, kernel } = await start();
    expect((await lab.ask("POST", `/api/kernels/${model.kernel.id}/interrupt`)).status).toBe(204);
    expect(kernel.heard.at(-1)).toMatchObject({ channel: "control", header: { msg_type: "interrupt_request" } });
  });
});

describe("a page that is loaded again", () => {
  test("is told all of the cell that runs, then what follows, once each", async () => {
    const { model, kernel, page } = await start("before");
    const request = executeRequest("before", "train");
    page.send(request);
    await received(kernel, request);
    kernel.say("status", { execution_state: "busy" }, request);
    kernel.say("stream", { name: "stdout", text: "1" }, request);
    await page.hears(({ content }) => content["text"] === "1");
    await page.close();
    kernel.say("stream", { name: "stdout", text: "2" }, request);
    const again = await join_(model.kernel.id, "after");
    kernel.say("stream", { name: "stdout", text: "3" }, request);
    kernel.finish(request);
    await again.hears(isState("idle"));
    expect(again.heard.map(brief)).toEqual([
      "status busy", // the state, said by the server
      "status busy",
      "stream 1",
      "stream 2",
      "stream 3",
      "execute_reply ok", // who asked is gone
      "status idle",
    ]);
    expect(again.heard.slice(1).every(({ metadata }) => "retroprop" in metadata)).toBe(true);
  });

  test("is told of cells that ended while there was none, but not twice", async () => {
    const { model, kernel, page } = await start("before");
    const request = executeRequest("before");
    page.send(request);
    await received(kernel, request);
    await page.close();
    kernel.say("stream", { name: "stdout", text: "unheard" }, request);
    kernel.finish(request);
    const second = await join_(model.kernel.id, "second");
    await second.hears(isState("idle"));
    const third = await join_(model.kernel.id, "third");
    await third.hears(isState("idle"));
    await eventually(() => expect(second.heard.map(brief)).toContain("stream unheard"));
    expect(third.heard.map(brief)).toEqual(["status idle"]);
  });

  test("under the same name, as after a cut, gets only what it has missed", async () => {
    const { model, kernel, page } = await start("same");
    const request = executeRequest("same");
    page.send(request);
    await received(kernel, request);
    kernel.say("stream", { name: "stdout", text: "heard" }, request);
    await page.hears(({ content }) => content["text"] === "heard");
    await page.close();
    kernel.say("stream", { name: "stdout", text: "missed" }, request);
    const again = await join_(model.kernel.id, "same");
    await again.hears(({ content }) => content["text"] === "missed");
    expect(again.heard.map(brief)).toEqual(["status starting", "stream missed"]);
  });

  test("gets the last of the updates of a display, not all of them", async () => {
    const { model, kernel, page } = await start("before");
    const request = executeRequest("before");
    page.send(request);
    await received(kernel, request);
    await page.close();
    const show = (type: string, text: string) =>
      kernel.say(type, { data: { "text/plain": text }, metadata: {}, transient: { display_id: "d" }, text }, request);
    show("display_data", "0 %");
    for (let i = 1; i <= 100; i++) show("update_display_data", `${i} %`);
    kernel.finish(request);
    const again = await join_(model.kernel.id, "after");
    await again.hears(isState("idle"));
    expect(again.heard.slice(1, 3).map(brief)).toEqual(["display_data 0 %", "update_display_data 100 %"]);
  });

  test("is asked what a cell waits for; what was answered before is shown, and not asked again", async () => {
    const { model, kernel, page } = await start("before");
    const request = executeRequest("before");
    page.send(request);
    await received(kernel, request);
    kernel.say("input_request", { prompt: "pas ?", password: false }, request, "stdin");
    const question = await page.hears(({ header }) => header.msg_type === "input_request");
    const waiting = await join_(model.kernel.id, "waiting");
    await waiting.hears(({ header }) => header.msg_id === question.header.msg_id);
    const reply = message("input_reply", "before", { status: "ok", value: "0,1" });
    page.send({ ...reply, channel: "stdin", parent_header: question.header });
    await received(kernel, reply);
    const after = await join_(model.kernel.id, "after");
    await after.hears(({ content }) => content["name"] === "stdin");
    expect(after.heard.slice(1).map(brief)).toEqual(["stream pas ? 0,1\n"]);
  });

  test("learns at once what kernel it is, however long a cell takes", async () => {
    const { model, kernel, page } = await start("before");
    const first = message("kernel_info_request", "before");
    page.send(first);
    await received(kernel, first);
    kernel.say("kernel_info_reply", { status: "ok", language_info: { name: "typescript" } }, first, "shell");
    const request = executeRequest("before");
    page.send(request);
    await received(kernel, request);
    kernel.say("status", { execution_state: "busy" }, request);
    const again = await join_(model.kernel.id, "after");
    const question = message("kernel_info_request", "after");
    again.send(question);
    const reply = await again.hears(({ header }) => header.msg_type === "kernel_info_reply");
    expect(reply).toMatchObject({ parent_header: question.header, content: { language_info: { name: "typescript" } } });
    await eventually(() => expect(again.heard.at(-1)).toMatchObject({ content: { execution_state: "busy" } }));
    expect(kernel.heard).not.toContainEqual(question);
  });
});

describe("a kernel that dies", () => {
  test("is not started again by itself: the cell gets an error and its end, the page the state", async () => {
    const { model, kernel, page } = await start();
    const request = executeRequest("page");
    page.send(request);
    await received(kernel, request);
    kernel.die({ exitCode: null, signal: "SIGKILL", lastWords: "last words" });
    await page.hears(isState("dead"));
    expect(page.heard.map(brief).slice(1)).toEqual([
      "error KernelDied",
      "execute_reply KernelDied",
      "status idle",
      "status dead",
    ]);
    expect(String(page.heard[1]!.content["evalue"])).toMatch(/noyau s’est arrêté[\s\S]*SIGKILL[\s\S]*last words/);
    expect((await lab.ask("GET", `/api/kernels/${model.kernel.id}`)).json).toMatchObject({ execution_state: "dead" });
  });

  test("lives again under its id, when it is asked to or its notebook is opened", async () => {
    const { model, kernel, page } = await start();
    const count = lab.kernels.length;
    kernel.die();
    await page.hears(isState("dead"));
    const { status, json } = await lab.ask("POST", `/api/kernels/${model.kernel.id}/restart`);
    expect([status, json]).toEqual([
      200,
      expect.objectContaining({ id: model.kernel.id, execution_state: "starting" }),
    ]);
    expect(lab.kernels).toHaveLength(count + 1);
    lab.kernels.at(-1)!.die();
    await eventually(async () => {
      expect((await lab.ask("GET", `/api/kernels/${model.kernel.id}`)).json).toMatchObject({ execution_state: "dead" });
    });
    expect((await open()).kernel).toMatchObject({ id: model.kernel.id, execution_state: "starting" });
  });

  test("because it is restarted is no death: cells that run are told, once", async () => {
    const { model, kernel, page } = await start();
    const request = executeRequest("page");
    page.send(request);
    await received(kernel, request);
    const restarts = [1, 2].map(() => lab.ask("POST", `/api/kernels/${model.kernel.id}/restart`));
    await Promise.all(restarts);
    kernel.say("stream", { name: "stdout", text: "of the one before" });
    lab.kernels.at(-1)!.say("status", { execution_state: "idle" });
    await page.hears(
      ({ parent_header, content }) => !("msg_id" in parent_header) && content["execution_state"] === "idle",
    );
    expect(page.heard.map(brief).slice(1)).toEqual([
      "error KernelRestarted",
      "execute_reply KernelRestarted",
      "status idle",
      "status idle",
    ]);
    expect(lab.kernels.filter(({ isEnded }) => !isEnded())).toHaveLength(1);
  });
});

describe("an output that is too long", () => {
  async function print(...texts: string[]) {
    const { kernel, page } = await start();
    const request = executeRequest("page", "long");
    page.send(request);
    await received(kernel, request);
    for (const text of texts) kernel.say("stream", { name: "stdout", text }, request);
    return { kernel, page, request };
  }
  const file = () => readFileSync(join(lab.folder, "notebooks/.retroprop/outputs/tp1.long.txt"), "utf8");

  test("is cut at a line; a link, which holds in every front end, leads to the whole", async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `line ${i}\n`);
    const { page, kernel, request } = await print(...lines);
    kernel.finish(request);
    await page.hears(isState("idle"));
    const shown = page.heard.filter(({ header }) => header.msg_type === "stream").map(({ content }) => content["text"]);
    expect(lines.join("").startsWith(shown.join(""))).toBe(true);
    expect(shown.join("").length).toBeGreaterThan(90);
    const notices = page.heard.filter(({ header }) => header.msg_type === "display_data");
    expect(notices.map(({ content }) => (content["data"] as Record<string, string>)["text/html"])).toEqual([
      expect.stringContaining('<a href=".retroprop/outputs/tp1.long.txt"'),
    ]);
    expect(file()).toBe(lines.join(""));
    const whole = await lab.ask("GET", "/files/notebooks/.retroprop/outputs/tp1.long.txt");
    expect([whole.status, whole.text]).toEqual([200, lines.join("")]);
  });

  test("has a file named after the notebook, though JupyterLab names it last", async () => {
    const body = { path: "notebooks/3f0c", name: "tp2.ipynb", type: "notebook" };
    const { id, kernel } = (await lab.ask("POST", "/api/sessions", body)).json as unknown as Model;
    await lab.ask("PATCH", `/api/sessions/${id}`, { path: "notebooks/tp2.ipynb" });
    const page = await join_(kernel.id, "page");
    const request = executeRequest("page", "long");
    page.send(request);
    await received(lab.kernels.at(-1)!, request);
    lab.kernels.at(-1)!.say("stream", { name: "stdout", text: "x".repeat(200) }, request);
    await page.hears(({ header }) => header.msg_type === "display_data");
    expect(existsSync(join(lab.folder, "notebooks/.retroprop/outputs/tp2.long.txt"))).toBe(true);
  });

  test("does not fill the disk", async () => {
    const { kernel, page, request } = await print(...Array.from({ length: 100 }, () => "x".repeat(99)));
    kernel.finish(request);
    await page.hears(isState("idle"));
    expect(file().length).toBeLessThan(3200);
    expect(file()).toContain("coupé ici");
  });

  test("may be a display: its place is taken by the link", async () => {
    const { kernel, page, request } = await print();
    const data = { "image/png": "A".repeat(2000), "text/plain": "figure" };
    kernel.say("display_data", { data, metadata: {}, transient: { display_id: "d" } }, request);
    const notice = await page.hears(({ header }) => header.msg_type === "display_data");
    expect(notice.content).toMatchObject({
      transient: { display_id: "d" },
      data: { "text/plain": expect.stringContaining(".json") },
    });
    expect(existsSync(join(lab.folder, "notebooks/.retroprop/outputs/tp1.long-1.json"))).toBe(true);
  });
});

test("a client asks what Jupyter's clients ask, and is answered in their form", async () => {
  const get = async (path: string) => (await lab.ask("GET", path)).json;
  expect(await get("/api")).toHaveProperty("version");
  expect(await get("/api/status")).toMatchObject({ kernels: expect.any(Number), connections: expect.any(Number) });
  expect(await get("/api/me")).toMatchObject({ identity: { username: "student" } });
  const { default: name, kernelspecs } = await get("/api/kernelspecs");
  expect((kernelspecs as Record<string, unknown>)[String(name)]).toMatchObject({
    name,
    resources: {},
    spec: { argv: [], display_name: "TypeScript", language: "typescript" },
  });
});
