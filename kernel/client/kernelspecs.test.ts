import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dataFolders, type Surroundings } from "./jupyter-folders.js";
import { findKernels } from "./kernelspecs.js";

const bare: Surroundings = { platform: "linux", env: {}, home: "/home/ada" };
const system = ["/usr/local/share/jupyter", "/usr/share/jupyter"];

test.each<[string, Partial<Surroundings>, string[]]>([
  ["Linux", {}, [join("/home/ada", ".local/share/jupyter"), ...system]],
  ["macOS", { platform: "darwin" }, [join("/home/ada", "Library/Jupyter"), ...system]],
  [
    "Windows",
    { platform: "win32", env: { APPDATA: "/roaming", PROGRAMDATA: "/all" } },
    [join("/roaming", "jupyter"), join("/all", "jupyter")],
  ],
  [
    "Windows with JUPYTER_PATH",
    { platform: "win32", env: { APPDATA: "/roaming", JUPYTER_PATH: "C:\\one;D:\\two" } },
    ["C:\\one", "D:\\two", join("/roaming", "jupyter")],
  ],
  [
    "Linux with JUPYTER_PATH, an environment and a data folder of one's own",
    { env: { JUPYTER_PATH: "/one:/two", VIRTUAL_ENV: "/venv", JUPYTER_DATA_DIR: "/own" } },
    ["/one", "/two", join("/venv", "share/jupyter"), "/own", ...system],
  ],
])("on %s kernels are looked for where Jupyter does, in its order", (_, surroundings, folders) => {
  expect(dataFolders({ ...bare, ...surroundings })).toEqual(folders);
});

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "retroprop noyaux é "));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const spec = { argv: ["python3", "-f", "{connection_file}"], display_name: "Python 3", language: "python" };

function install(dataFolder: string, name: string, content: unknown): string {
  const folder = join(root, dataFolder, "kernels", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "kernel.json"), typeof content === "string" ? content : JSON.stringify(content));
  return join(folder, "kernel.json");
}

/** In `one` before `two`. */
function find() {
  const env = { JUPYTER_PATH: ["one", "two"].map((name) => join(root, name)).join(delimiter), JUPYTER_DATA_DIR: root };
  const { kernels, broken } = findKernels({ platform: process.platform, env, home: root });
  const isOurs = (path: string) => path.startsWith(root); // Jupyter may be installed on this machine
  return { kernels: kernels.filter(({ folder }) => isOurs(folder)), broken: broken.filter(({ file }) => isOurs(file)) };
}

test("a kernelspec is read whole; what it leaves out is as Jupyter has it", () => {
  install("one", "python3", `\uFEFF${JSON.stringify({ ...spec, metadata: { debugger: true } })}`);
  install("two", "full", { ...spec, interrupt_mode: "message", env: { A: "b" } });
  const python = { name: "python3", displayName: "Python 3", language: "python", argv: spec.argv };
  expect(find().kernels).toEqual([
    { ...python, name: "full", interruptMode: "message", env: { A: "b" }, folder: join(root, "two/kernels/full") },
    { ...python, interruptMode: "signal", env: {}, folder: join(root, "one/kernels/python3") },
  ]);
});

test("of two kernels with one name, in capitals or not, the first on the way counts", () => {
  install("one", "Python3", { ...spec, display_name: "first" });
  install("two", "python3", { ...spec, display_name: "second" });
  expect(find().kernels.map(({ name, displayName }) => [name, displayName])).toEqual([["python3", "first"]]);
});

test.each<[string, unknown, RegExp]>([
  ["no JSON", "{", /not JSON/],
  ["no object", "[]", /expected object/],
  ["no argv", { ...spec, argv: undefined }, /`argv`/],
  ["an empty argv", { ...spec, argv: [] }, /`argv/],
  ["an unknown interrupt_mode", { ...spec, interrupt_mode: "prayer" }, /`interrupt_mode`/],
  ["an environment of numbers", { ...spec, env: { A: 1 } }, /`env\.A`/],
])("a kernelspec with %s is left out and told, and hides no good one behind it", (_, content, reason) => {
  const file = install("one", "broken", content);
  install("two", "broken", spec);
  const { kernels, broken } = find();
  expect(broken).toEqual([{ file, reason: expect.stringMatching(reason) }]);
  expect(kernels.map(({ folder }) => folder)).toEqual([join(root, "two/kernels/broken")]);
});

test("folders without a kernelspec and names that Jupyter does not take are no kernels", () => {
  mkdirSync(join(root, "one/kernels/empty"), { recursive: true });
  install("one", "with space", spec);
  expect(find()).toEqual({ kernels: [], broken: [] });
});
