// The server killed under an open notebook and started again; Ctrl-C, after which nothing runs.
import { beforeEach, describe, expect, test } from "vitest";
import { hasChromium } from "./fixtures/chromium.js";
import { LabProcess } from "./fixtures/lab-process.js";
import { patience } from "./fixtures/notebook-page.js";
import { keepScreenshot } from "./fixtures/screenshots.js";
import { useLab } from "./fixtures/use-lab.js";

const printsPid = { a: "console.log('pid', process.pid)", b: "1" };

describe.skipIf(!hasChromium)("the server", () => {
  const lab = useLab();
  beforeEach(async () => {
    // These tests end it; one that is tried once more finds it as the first time.
    if (lab.server.hasEnded) lab.server = await LabProcess.start(lab.folder.path);
  });

  test("killed and started again on the same notebook: the page says how to go on, and nothing is lost", async () => {
    const path = lab.folder.writeCells("notebooks/coupure.ipynb", printsPid);
    const notebook = await lab.notebook(path);
    await notebook.run("a");
    const kernel = Number(/pid (\d+)/.exec(await notebook.textOf("a"))?.[1]);
    await lab.server.kill();
    await notebook.kernelIs("lost");
    await notebook.write("b", "written without a server");
    await notebook.savingIs("failed");
    await expect
      .poll(() => notebook.banner().allTextContents(), patience)
      .toEqual([
        expect.stringMatching(/serveur ne répond plus/),
        expect.stringMatching(/dès que le serveur répondra.*est gardé dans ce navigateur/s),
      ]);
    await keepScreenshot(notebook.page, "server-gone");
    await expect.poll(() => isRunning(kernel), patience).toBe(false);

    const { origin } = lab.server;
    lab.server = await LabProcess.start(lab.folder.path);
    expect(lab.server.origin).toBe(origin);
    // The new server has a new key: the address that it prints opens the page's door again.
    const door = await notebook.page.context().newPage();
    await door.goto(lab.server.address);
    await notebook.savingIs("saved");
    expect(lab.folder.sourceOf(path, "b")).toBe("written without a server");

    await notebook.reload();
    await notebook.kernelIs("idle");
    expect(await notebook.sourceOf("b")).toBe("written without a server");
    await notebook.shows("a", `pid ${kernel}`);
    await notebook.run("a");
    await expect.poll(() => notebook.textOf("a"), patience).not.toContain(`pid ${kernel}`);
  });

  test("a cell that runs while the page is reloaded goes on, and its output is there", async () => {
    const source = `console.log("begun");\nawait new Promise((resolve) => setTimeout(resolve, 4000));\nconsole.log("ended");`;
    const notebook = await lab.notebook(lab.folder.writeCells("notebooks/recharger.ipynb", { a: source }));
    await notebook.start("a");
    await notebook.shows("a", "begun");
    await notebook.reload();
    await notebook.shows("a", /begun\s*ended/);
    await notebook.kernelIs("idle");
  });

  test("ended by Ctrl-C leaves no process, whatever a kernel was doing", async () => {
    const cells = { a: printsPid.a, b: "for (;;);" };
    const notebook = await lab.notebook(lab.folder.writeCells("notebooks/fin.ipynb", cells));
    await notebook.run("a");
    const kernel = Number(/pid (\d+)/.exec(await notebook.textOf("a"))?.[1]);
    expect(isRunning(kernel)).toBe(true);
    await notebook.start("b");
    await notebook.kernelIs("busy");
    expect(await lab.server.interrupt()).toBe(0);
    expect(isRunning(kernel)).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
