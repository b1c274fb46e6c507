// A kernel that is not ours, Debian's own Python, through the server's WebSocket: what a student does with it.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { InstalledKernel } from "../../../kernel/client/kernelspecs.js";
import type { JupyterMessage } from "../../../kernel/client/relayed-kernel.js";
import { eventually } from "../fixtures/eventually.js";
import { message } from "../fixtures/fake-kernel.js";
import { isState, openPage, type TestPage } from "../fixtures/open-page.js";
import { notebook, openServer, type TestServer } from "../fixtures/open-server.js";
import { onThisMachine } from "./kernel-catalogue.js";

const python = "/usr/bin/python3";
const hasZeromq = await import("zeromq").then(
  () => true,
  () => false,
);
const hasIpykernel = spawnSync(python, ["-c", "import ipykernel"]).status === 0;
if (!hasIpykernel)
  console.warn(`skipped: a Python kernel on the page (${python} has none: apt-get install python3-ipykernel)`);
else if (!hasZeromq) console.warn("skipped: a Python kernel on the page (zeromq does not load here: npm ci)");

const kernelOf = (interruptMode: InstalledKernel["interruptMode"]): InstalledKernel => ({
  name: `python-${interruptMode}`,
  displayName: "Python 3",
  language: "python",
  argv: [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
  interruptMode,
  // Not the history and profile of who runs the tests.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a kernelspec's own form
  env: { IPYTHONDIR: "${RETROPROP_TEST_FOLDER}/ipython", RETROPROP_ADDED: "ajouté" },
  folder: "/nowhere",
});

interface Model {
  readonly id: string;
  readonly kernel: { readonly id: string; readonly name: string };
}

describe.skipIf(!hasIpykernel || !hasZeromq)("a Python kernel (skipped where it is not installed)", () => {
  let lab: TestServer;
  let model: Model;
  let page: TestPage;
  beforeAll(async () => {
    const kernels = (["signal", "message"] as const).map(kernelOf);
    const installed = { ...onThisMachine, find: () => ({ kernels, broken: [] }) };
    lab = await openServer({ "é à/py.ipynb": notebook(), "é à/other.ipynb": notebook() }, { installed });
    vi.stubEnv("RETROPROP_TEST_FOLDER", lab.folder);
    model = await open("py", "python-signal");
    page = await openPage(lab, model.kernel.id, "page", { binary: true });
  });
  afterAll(async () => {
    await page?.close();
    await lab?.close();
    vi.unstubAllEnvs();
  });
  afterEach(() => page.heard.splice(0));

  async function open(name: string, kernel: string): Promise<Model> {
    const body = { path: `é à/${name}.ipynb`, name: `${name}.ipynb`, type: "notebook", kernel: { name: kernel } };
    const { status, json } = await lab.ask("POST", "/api/sessions", body);
    expect(status).toBe(201);
    return json as unknown as Model;
  }

  function send(code: string, on = page): JupyterMessage {
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: true,
    };
    const request = message("execute_request", "page", content, { cellId: "cell" });
    on.send(request);
    return request;
  }
  const isAbout =
    ({ header }: JupyterMessage) =>
    ({ parent_header: parent }: JupyterMessage) =>
      "msg_id" in parent && parent.msg_id === header.msg_id;

  /** What is heard of a cell, by the type of the message, once it is over. */
  async function heardOf(request: JupyterMessage, on = page) {
    const about = isAbout(request);
    await on.hears((one) => about(one) && isState("idle")(one));
    await on.hears((one) => about(one) && one.header.msg_type === "execute_reply");
    return (type: string) =>
      on.heard.filter((one) => about(one) && one.header.msg_type === type).map(({ content }) => content);
  }
  const run = (code: string) => heardOf(send(code));
  const printed = (heard: (type: string) => readonly JupyterMessage["content"][]) =>
    heard("stream")
      .map(({ text }) => text)
      .join("");
  const pidOf = async () => Number(printed(await run("import os; print(os.getpid())")));
  // What nobody has waited for yet is in the table of processes all the same.
  const isRunning = (pid: number) =>
    /^[^Z]/.test(
      spawnSync("ps", ["-o", "stat=", "-p", String(pid)])
        .stdout.toString()
        .trim(),
    );
  // A process that was killed may have left some, and have had our number.
  const foundBefore = new Set(readdirSync(tmpdir()));
  const connectionFiles = () =>
    readdirSync(tmpdir()).filter(
      (name) => name.startsWith(`retroprop-kernel-${process.pid}-`) && !foundBefore.has(name),
    );

  test("is listed after ours, and is what the session says that it has", async () => {
    const { json } = await lab.ask("GET", "/api/kernelspecs");
    expect(json["default"]).toBe("tslab");
    expect(Object.keys(json["kernelspecs"] as object)).toEqual(["tslab", "python-signal", "python-message"]);
    expect(model.kernel.name).toBe("python-signal");
  });

  test("says what it is, though it was asked before it could hear", async () => {
    const request = message("kernel_info_request", "page");
    page.send(request);
    const reply = await page.hears(({ header }) => header.msg_type === "kernel_info_reply");
    expect(reply).toMatchObject({ parent_header: request.header, content: { language_info: { name: "python" } } });
    expect(page.heard.filter(({ header }) => header.msg_type === "kernel_info_reply")).toHaveLength(1);
  });

  test("prints, shows and fails in the notebook's folder, in its own words, with its kernelspec's environment", async () => {
    const heard = await run(
      "import os\nprint(os.path.basename(os.getcwd()), os.environ['RETROPROP_ADDED'])\n" +
        "from IPython.display import HTML, display\ndisplay(HTML('<b>é</b>'))\n20 + 1",
    );
    expect(printed(heard)).toBe("é à ajouté\n");
    expect(heard("display_data")[0]).toMatchObject({ data: { "text/html": "<b>é</b>" } });
    expect(heard("execute_result")[0]).toMatchObject({ data: { "text/plain": "21" } });
    expect(heard("execute_reply")[0]).toMatchObject({ status: "ok" });
    const failed = await run("1 / 0");
    expect(failed("error")[0]).toMatchObject({ ename: "ZeroDivisionError", evalue: "division by zero" });
    expect(failed("execute_reply")[0]).toMatchObject({ status: "error" });
  });

  test("asks, and is answered", async () => {
    const request = send("print(input('nom ? ') + ' !')");
    const question = await page.hears(({ header }) => header.msg_type === "input_request");
    expect(question.content).toMatchObject({ prompt: "nom ? ", password: false });
    const reply = message("input_reply", "page", { status: "ok", value: "Ada" });
    page.send({ ...reply, channel: "stdin", parent_header: question.header });
    expect(printed(await heardOf(request))).toBe("Ada !\n");
  });

  test.each(["python-signal", "python-message"])("leaves an endless loop when it is interrupted (%s)", async (name) => {
    const own = name === model.kernel.name ? model : await open("other", name);
    const on = own === model ? page : await openPage(lab, own.kernel.id, "page");
    const request = send("print('begun')\nwhile True: pass", on);
    await on.hears(({ content }) => String(content["text"]).startsWith("begun")); // its newline may come by itself
    expect((await lab.ask("POST", `/api/kernels/${own.kernel.id}/interrupt`)).status).toBe(204);
    const heard = await heardOf(request, on);
    expect(heard("error")[0]).toMatchObject({ ename: "KeyboardInterrupt" });
    if (own === model) return;
    await on.close();
    await lab.ask("DELETE", `/api/sessions/${own.id}`);
  });

  test("restarted in an endless loop, is another process of the same kind that knows nothing of before", async () => {
    await run("kept = 1");
    const before = await pidOf();
    const isAboutLoop = isAbout(send("while True: pass"));
    await page.hears((one) => isAboutLoop(one) && isState("busy")(one));
    const { status, json } = await lab.ask("POST", `/api/kernels/${model.kernel.id}/restart`);
    expect([status, json]).toEqual([200, expect.objectContaining({ id: model.kernel.id, name: "python-signal" })]);
    expect(isRunning(before)).toBe(false);
    const failed = await run("kept");
    expect(failed("error")[0]).toMatchObject({ ename: "NameError" });
    expect(await pidOf()).not.toBe(before);
  });

  test("has a connection file that its owner alone can read, and leaves neither it nor a process", async () => {
    const [file, ...others] = connectionFiles();
    expect(others).toEqual([]);
    const path = join(tmpdir(), file ?? "");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ ip: "127.0.0.1" });
    const child = Number(printed(await run("import subprocess; print(subprocess.Popen(['sleep', '300']).pid)")));
    const pid = await pidOf();
    expect([pid, child].map(isRunning)).toEqual([true, true]);
    expect((await lab.ask("DELETE", `/api/sessions/${model.id}`)).status).toBe(204);
    expect(connectionFiles()).toEqual([]);
    expect(isRunning(pid)).toBe(false);
    await eventually(() => expect(isRunning(child)).toBe(false));
  });
});
