import { join } from "node:path";
import { expect, test } from "vitest";
import { prefixKernels, type Surroundings, userKernels } from "./jupyter-folders.js";

const linux: Surroundings = { platform: "linux", env: {}, home: "/home/ada" };

test.each<[string, Partial<Surroundings>, string]>([
  ["Linux", {}, join("/home/ada", ".local", "share", "jupyter", "kernels")],
  ["Linux with XDG_DATA_HOME", { env: { XDG_DATA_HOME: "/data" } }, join("/data", "jupyter", "kernels")],
  ["macOS", { platform: "darwin" }, join("/home/ada", "Library", "Jupyter", "kernels")],
  ["Windows", { platform: "win32", env: { APPDATA: "/roaming" } }, join("/roaming", "jupyter", "kernels")],
  [
    "anywhere with JUPYTER_DATA_DIR",
    { platform: "darwin", env: { JUPYTER_DATA_DIR: "/own" } },
    join("/own", "kernels"),
  ],
])("on %s the user's kernels are where Jupyter looks", (_, surroundings, folder) => {
  expect(userKernels({ ...linux, ...surroundings })).toBe(folder);
});

test("an environment's kernels are under its prefix", () => {
  expect(prefixKernels("/venv")).toBe(join("/venv", "share", "jupyter", "kernels"));
});
