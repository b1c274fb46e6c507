import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { installSpec, type Kernelspec, KernelspecError, uninstallSpec } from "./kernelspec.js";

let kernels = "";
beforeEach(() => {
  kernels = join(mkdtempSync(join(tmpdir(), "retroprop-kernelspec-")), "jupyter", "kernels");
});
afterEach(() => rmSync(dirname(dirname(kernels)), { recursive: true, force: true }));

const spec: Kernelspec = {
  argv: ["node", "main.js", "--connection-file", "{connection_file}"],
  display_name: "TypeScript",
  language: "typescript",
  interrupt_mode: "message",
  metadata: { debugger: false },
};

/** Path → text of all that is under the folder of kernels, and of what else stands beside it. */
function everything(): Record<string, string> {
  const files = readdirSync(dirname(kernels), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "utf8")]),
  );
}

function putStock(): void {
  mkdirSync(join(kernels, "tslab"), { recursive: true });
  writeFileSync(join(kernels, "tslab", "kernel.json"), '{"argv":["tslab","kernel"]}');
  writeFileSync(join(kernels, "tslab", "logo-64x64.png"), "logo");
}

test("the kernel is written where there was none, updated where it is ours, and removed without a trace", () => {
  expect(installSpec(kernels, "tslab", spec)).toBe("installed");
  expect(JSON.parse(readFileSync(join(kernels, "tslab", "kernel.json"), "utf8"))).toMatchObject({
    argv: spec.argv,
    language: "typescript",
    interrupt_mode: "message",
  });
  expect(installSpec(kernels, "tslab", { ...spec, display_name: "TypeScript 2" })).toBe("updated");
  expect(Object.keys(everything())).toHaveLength(1);
  expect(uninstallSpec(kernels, "tslab")).toBe("removed");
  expect(existsSync(join(kernels, "tslab"))).toBe(false);
  expect(uninstallSpec(kernels, "tslab")).toBe("absent");
});

test("a stock kernel of that name is set aside, survives an update, and comes back byte for byte", () => {
  putStock();
  const before = everything();
  expect(installSpec(kernels, "tslab", spec)).toBe("replaced");
  expect(installSpec(kernels, "tslab", spec)).toBe("updated");
  // Jupyter takes each folder there for a kernel.
  expect(readdirSync(kernels)).toEqual(["tslab"]);
  expect(readdirSync(dirname(kernels))).toEqual(["kernels"]);
  expect(uninstallSpec(kernels, "tslab")).toBe("restored");
  expect(everything()).toEqual(before);
  expect(readdirSync(dirname(kernels))).toEqual(["kernels"]);
});

test("a kernel that is not ours is not uninstalled", () => {
  putStock();
  const before = everything();
  expect(() => uninstallSpec(kernels, "tslab")).toThrow(KernelspecError);
  expect(everything()).toEqual(before);
});

test("a file that somebody put beside ours stays", () => {
  installSpec(kernels, "tslab", spec);
  writeFileSync(join(kernels, "tslab", "logo-svg.svg"), "<svg/>");
  expect(uninstallSpec(kernels, "tslab")).toBe("removed");
  expect(Object.values(everything())).toEqual(["<svg/>"]);
});
