// The file: what was written is in it, nothing else has changed, and what could not be saved comes back.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "./fixtures/chromium.js";
import type { NotebookFile } from "./fixtures/course-folder.js";
import { patience } from "./fixtures/notebook-page.js";
import { keepScreenshot } from "./fixtures/screenshots.js";
import { useLab } from "./fixtures/use-lab.js";

const path = "notebooks/tp1.ipynb";
const python = process.env["RETROPROP_PYTHON"] ?? "/usr/bin/python3";
const hasNbformat = existsSync(python) && spawnSync(python, ["-c", "import nbformat"]).status === 0;
if (!hasNbformat)
  console.warn("Saved notebooks are not validated: no python3 with nbformat (Debian: apt install python3-nbformat).");

describe.skipIf(!hasChromium)("saving", () => {
  const lab = useLab();

  test("changes in the file what the student changed, byte for byte nothing else; a reload shows it", async () => {
    const before = lab.folder.text(path);
    const answer = 'const epochs = 1; // « été » \\ "x"\nconst more = "🙂";';
    const notebook = await lab.notebook(path);
    await notebook.write("parameters", answer);
    // What it says meanwhile, it says for two seconds only.
    await expect.poll(() => lab.folder.sourceOf(path, "parameters"), patience).toBe(answer);
    await notebook.savingIs("saved");
    const after = lab.folder.text(path);
    expect(after).toBe(withSource(before, "parameters", answer));
    await notebook.reload();
    expect(await notebook.sourceOf("parameters")).toBe(answer);
    expect(lab.folder.text(path)).toBe(after);
  });

  test("opening, running nothing and leaving writes nothing", async () => {
    const before = lab.folder.text("notebooks/tp2.ipynb");
    const notebook = await lab.notebook("notebooks/tp2.ipynb");
    await notebook.page.keyboard.press("ControlOrMeta+s");
    await notebook.page.locator(".rp-home").click();
    await notebook.page.getByRole("heading", { level: 1 }).waitFor();
    expect(lab.folder.text("notebooks/tp2.ipynb")).toBe(before);
  });

  test.skipIf(!hasNbformat)(
    "after runs, answers and new cells leaves a notebook that nbformat finds valid",
    async () => {
      const notebook = await lab.notebook(
        lab.folder.writeCells("notebooks/valide.ipynb", { a: "console.log(1); [1, 2]", b: "throw new Error('x')" }),
      );
      await notebook.run("a");
      await notebook.run("b");
      await notebook.page.keyboard.press("Escape");
      await notebook.page.keyboard.press("b");
      await expect.poll(() => notebook.cells().count(), patience).toBe(3);
      await notebook.saveNow();
      const { cells } = lab.folder.notebook("notebooks/valide.ipynb");
      expect(cells.map(({ outputs }) => outputs?.length)).toEqual([2, 1, 0]);
      const check =
        "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT))";
      const { stderr, status } = spawnSync(python, ["-c", check, lab.folder.file("notebooks/valide.ipynb")], {
        encoding: "utf8",
      });
      expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    },
  );

  test("warns who closes the page before a change is in the file", async () => {
    const notebook = await lab.notebook(lab.folder.writeCells("notebooks/fermer.ipynb", { a: "1" }));
    const { page } = notebook;
    await page.context().setOffline(true);
    await notebook.write("a", "22");
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await page.context().setOffline(false);
    await notebook.saveNow();
    expect(lab.folder.sourceOf("notebooks/fermer.ipynb", "a")).toBe("22");
  });

  test("what a crashed tab had not saved is offered when the notebook is opened again", async () => {
    const file = lab.folder.writeCells("notebooks/panne.ipynb", { a: "1" });
    const notebook = await lab.notebook(file);
    const { page } = notebook;
    await page.route("**/api/contents/**", (route) =>
      route.request().method() === "PUT" ? route.abort() : route.fallback(),
    );
    await notebook.write("a", "work of an hour");
    await notebook.savingIs("failed");
    await expect.poll(() => notebook.banner().textContent(), patience).toContain("est gardé dans ce navigateur");
    await keepScreenshot(page, "not-saved");
    await crash(page);
    expect(lab.folder.sourceOf(file, "a")).toBe("1");

    const again = await lab.notebookIn(await page.context().newPage(), file);
    await expect.poll(() => again.banner().textContent(), patience).toContain("Une copie non enregistrée");
    await keepScreenshot(again.page, "recovery");
    await again.banner().getByRole("button", { name: "Reprendre la copie" }).click();
    await expect.poll(() => again.sourceOf("a"), patience).toBe("work of an hour");
    await again.saveNow();
    expect(lab.folder.sourceOf(file, "a")).toBe("work of an hour");
  });
});

/** A crash of the tab: nothing of the page gets to run. */
async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent("crash");
  void page.goto("chrome://crash").catch(() => {});
  await crashed;
}

/** The file's text with another source in one cell, in the form that all notebooks of the course have. */
function withSource(text: string, id: string, source: string): string {
  const notebook = JSON.parse(text) as NotebookFile;
  const lines = source.split(/(?<=\n)/);
  const cells = notebook.cells.map((cell) => (cell.id === id ? { ...cell, source: lines } : cell));
  return `${JSON.stringify({ ...notebook, cells }, null, 1)}\n`;
}
