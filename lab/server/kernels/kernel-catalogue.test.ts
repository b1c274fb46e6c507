// Which kernels the server knows and gives to whom; the kernels are fakes.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { FoundKernels, InstalledKernel } from "../../../kernel/client/kernelspecs.js";
import { eventually } from "../fixtures/eventually.js";
import { fakeKernels } from "../fixtures/fake-kernel.js";
import { isState, openPage } from "../fixtures/open-page.js";
import { notebook, openServer, type TestServer } from "../fixtures/open-server.js";

const python: InstalledKernel = {
  name: "python3",
  displayName: "Python 3",
  language: "python",
  argv: ["python3", "-f", "{connection_file}"],
  interruptMode: "signal",
  env: { TOKEN: "secret" },
  folder: "/kernels/python3",
};
const broken = { file: "/kernels/broken/kernel.json", reason: "it is not JSON" };

let lab: TestServer;
let found: FoundKernels = { kernels: [{ ...python, name: "tslab" }, python], broken: [broken] };
const others = fakeKernels();
const started: string[] = [];
beforeAll(async () => {
  const installed = {
    find: () => found,
    start: (kernel: InstalledKernel, ...rest: Parameters<typeof others.start>) => {
      started.push(kernel.name);
      return others.start(...rest);
    },
  };
  lab = await openServer({ "py.ipynb": notebook(), "ts.ipynb": notebook() }, { installed });
});
afterAll(() => lab.close());

interface Model {
  readonly id: string;
  readonly kernel: { readonly id: string; readonly name: string; readonly reason?: string };
}
const open = async (name: string, kernel?: object | null) => {
  const reply = await lab.ask("POST", "/api/sessions", { path: `${name}.ipynb`, type: "notebook", kernel });
  return { status: reply.status, text: reply.text, model: reply.json as unknown as Model };
};
const kernelOf = async ({ kernel }: Model) =>
  (await lab.ask("GET", `/api/kernels/${kernel.id}`)).json as unknown as Model["kernel"];

afterEach(async () => {
  const sessions = (await lab.ask("GET", "/api/sessions")).json as unknown as Model[];
  for (const { id } of sessions) await lab.ask("DELETE", `/api/sessions/${id}`);
  started.splice(0);
});

test("ours is the default and the only one of its name; the others follow, without what may be secret", async () => {
  const { json, text } = await lab.ask("GET", "/api/kernelspecs");
  expect(json["default"]).toBe("tslab");
  expect(Object.keys(json["kernelspecs"] as object)).toEqual(["tslab", "python3"]);
  expect(json["kernelspecs"]).toMatchObject({
    tslab: { spec: { display_name: "TypeScript", argv: [] } },
    python3: { name: "python3", spec: { display_name: "Python 3", language: "python", interrupt_mode: "signal" } },
  });
  expect(text).not.toContain("secret");
});

test("a kernelspec that cannot be read is told once", async () => {
  await lab.ask("GET", "/api/kernelspecs");
  expect(lab.faults).toEqual([expect.stringMatching(/broken\/kernel\.json.*not JSON.*pas proposé/)]);
});

test("a notebook gets the kernel that it names; ours where it names none", async () => {
  expect((await open("py", { name: "python3" })).model.kernel.name).toBe("python3");
  expect((await open("ts")).model.kernel.name).toBe("tslab");
  expect(started).toEqual(["python3"]);
});

test("the kernel started ahead is ours, and is given to no notebook that asks for another", async () => {
  const before = lab.kernels.length;
  await lab.ask("GET", "/notebooks/py.ipynb");
  expect(lab.kernels).toHaveLength(before + 1);
  await open("py", { name: "python3" });
  await open("ts", { name: "tslab" });
  expect([lab.kernels.length, started]).toEqual([before + 1, ["python3"]]);
});

test("a restart keeps the kind; a change of kernel changes it and ends the one before", async () => {
  const { model } = await open("py", { name: "python3" });
  await lab.ask("POST", `/api/kernels/${model.kernel.id}/restart`);
  expect(started).toEqual(["python3", "python3"]);
  const { json } = await lab.ask("PATCH", `/api/sessions/${model.id}`, { kernel: { name: "tslab" } });
  expect(json).toMatchObject({ id: model.id, kernel: { name: "tslab" } });
  expect(others.started.every(({ isEnded }) => isEnded())).toBe(true);
});

test("a name that nobody knows is refused in the student's language; what runs stays", async () => {
  const refused = await open("py", { name: "julia-1.11" });
  expect([refused.status, refused.text]).toEqual([404, expect.stringMatching(/«\sjulia-1\.11\s» n’est pas installé/)]);
  expect(refused.model).toMatchObject({ reason: "no-such-kernel" });
  const { model } = await open("py", { name: "python3" });
  const english = { "accept-language": "en" };
  const body = { kernel: { name: "julia-1.11" } };
  const { status, text } = await lab.ask("PATCH", `/api/sessions/${model.id}`, body, english);
  expect([status, text]).toEqual([404, expect.stringContaining("not installed here")]);
  expect((await kernelOf(model)).name).toBe("python3");
  expect((await lab.ask("POST", "/api/kernels", { path: "", name: "julia-1.11" })).status).toBe(404);
});

test("a kernel that was installed since the server started is found when it is asked for", async () => {
  found = { kernels: [...found.kernels, { ...python, name: "new" }], broken: [] };
  expect((await open("py", { name: "new" })).model.kernel.name).toBe("new");
});

test("why a kernel could not start is told to the page, also to one that comes later, until it is restarted", async () => {
  const { model } = await open("py", { name: "python3" });
  others.started.at(-1)!.die({ exitCode: null, signal: null, lastWords: "`python3` does not start" });
  await eventually(async () =>
    expect((await kernelOf(model)).reason).toMatch(/«\spython3\s» n’a pas pu démarrer[\s\S]*does not start/),
  );
  const page = await openPage(lab, model.kernel.id, "page");
  expect((await page.hears(isState("dead"))).content["reason"]).toBe((await kernelOf(model)).reason);
  await page.close();
  await lab.ask("POST", `/api/kernels/${model.kernel.id}/restart`);
  expect(await kernelOf(model)).not.toHaveProperty("reason");
});
