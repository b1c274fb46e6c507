// Two tabs on one notebook, and an editor that changes the file under it: nothing is overwritten unasked.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "./fixtures/chromium.js";
import { patience } from "./fixtures/notebook-page.js";
import { keepScreenshot } from "./fixtures/screenshots.js";
import { useLab } from "./fixtures/use-lab.js";

describe.skipIf(!hasChromium)("two versions", () => {
  const lab = useLab();
  const write = (name: string) => lab.folder.writeCells(`notebooks/${name}.ipynb`, { a: "1", b: "2" });

  test("in two tabs: one writes, the other reads until it takes over what the first has saved", async () => {
    const path = write("onglets");
    const first = await lab.notebook(path);
    const second = await lab.notebookIn(await first.page.context().newPage(), path);
    await expect.poll(() => second.banner().textContent(), patience).toContain("déjà ouvert dans un autre onglet");
    await second.savingIs("readOnly");
    await expect.poll(() => second.editor("a").getAttribute("aria-readonly"), patience).toBe("true");
    await keepScreenshot(second.page, "two-tabs");

    await first.write("a", "first tab");
    await second.banner().getByRole("button", { name: "Continuer ici" }).click();
    await expect.poll(() => second.sourceOf("a"), patience).toBe("first tab");
    await first.savingIs("readOnly");
    await second.write("b", "second tab");
    await second.saveNow();
    expect(["a", "b"].map((id) => lab.folder.sourceOf(path, id))).toEqual(["first tab", "second tab"]);
    await expect.poll(() => first.banner().textContent(), patience).toContain("continue dans un autre onglet");
  });

  test("a cell that runs in the first tab is followed in the second", async () => {
    const path = lab.folder.writeCells("notebooks/suivre.ipynb", { a: 'console.log("seen by " + "both")' });
    const first = await lab.notebook(path);
    const second = await lab.notebookIn(await first.page.context().newPage(), path);
    await second.savingIs("readOnly");
    await second.kernelIs("idle");
    await first.run("a");
    await second.shows("a", "seen by both");
  });

  test("the file changed by another program is followed where nothing was changed here, once asked", async () => {
    const path = write("ailleurs");
    const notebook = await lab.notebook(path);
    lab.folder.writeCells(path, { a: "by git", b: "2" });
    await comeBack(notebook.page);
    await notebook.page.getByRole("dialog").waitFor();
    await notebook.answer("Prendre celle du disque");
    await expect.poll(() => notebook.sourceOf("a"), patience).toBe("by git");
    await notebook.savingIs("saved");
  });

  test("the file changed by another program is not overwritten: compared, ours is kept, or theirs", async () => {
    const path = write("conflit");
    const notebook = await lab.notebook(path);
    lab.folder.writeCells(path, { a: "by vim", b: "2" });
    await notebook.write("a", "by me");
    await notebook.page.getByRole("dialog").waitFor();
    await keepScreenshot(notebook.page, "conflict");
    await notebook.answer("Comparer");
    await expect.poll(() => notebook.page.getByRole("dialog").textContent(), patience).toMatch(/by me.*by vim/s);
    await keepScreenshot(notebook.page, "conflict-compared");
    expect(lab.folder.sourceOf(path, "a")).toBe("by vim");
    await notebook.answer("Fermer");
    await notebook.answer("Garder ma version");
    await notebook.savingIs("saved");
    expect(lab.folder.sourceOf(path, "a")).toBe("by me");
  });

  test("decided later, nothing is written; the choice is one click away", async () => {
    const path = write("plus tard");
    const notebook = await lab.notebook(path);
    lab.folder.writeCells(path, { a: "by vim", b: "2" });
    await notebook.write("a", "by me");
    await notebook.answer("Décider plus tard");
    await notebook.savingIs("conflict");
    expect(lab.folder.sourceOf(path, "a")).toBe("by vim");
    await notebook.page.getByRole("button", { name: "Choisir une version" }).click();
    await notebook.answer("Prendre celle du disque");
    await expect.poll(() => notebook.sourceOf("a"), patience).toBe("by vim");
    await notebook.savingIs("saved");
  });
});

/** From another window: what a browser tells the page then. */
const comeBack = (page: Page) => page.evaluate('window.dispatchEvent(new Event("focus"))');
