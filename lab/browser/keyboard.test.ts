// From the home page to a verified exercise without the mouse; where the focus is can always be seen.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "./fixtures/chromium.js";
import { NotebookPage, patience } from "./fixtures/notebook-page.js";
import { keepScreenshot } from "./fixtures/screenshots.js";
import { useLab } from "./fixtures/use-lab.js";

const path = "notebooks/tp1.ipynb";
/** For a key that one presses again: F12 waits for the analysis. */
const slowly = { ...patience, interval: 400 };
const answer = "return W.matmul(x).add(b);";

describe.skipIf(!hasChromium)("the keyboard alone", () => {
  const lab = useLab();

  test("leads from the home page to an exercise that is filled in, verified and saved", async () => {
    const page = await lab.home();
    await tabTo(page, (focused) => focused.text.includes("Un classifieur linéaire"));
    expect(await focusIsVisible(page)).toBe(true);
    await page.keyboard.press("Enter");
    const notebook = new NotebookPage(
      page,
      lab.folder.notebook(path).cells.map(({ id }) => id),
    );
    await notebook.isShown();
    await notebook.kernelIs("idle");

    // Closes the panel, then opens it with the focus in it.
    for (const visible of [false, true]) {
      await page.keyboard.press("Alt+p");
      await expect.poll(() => page.locator("#rp-panel").isVisible(), patience).toBe(visible);
    }
    await tabTo(page, (focused) => focused.text.startsWith("La transformation affine"));
    expect(await focusIsVisible(page)).toBe(true);
    await page.keyboard.press("Enter");
    await expect.poll(() => notebook.cell("tp1-affine").getAttribute("class"), patience).toContain("jp-mod-active");
    await page.keyboard.press("Enter");
    await expect.poll(() => isFocused(notebook, "tp1-affine"), patience).toBe(true);
    await keepScreenshot(page, "keyboard-editing");

    await goToThrow(page);
    await page.keyboard.type(answer);
    await expect.poll(() => notebook.sourceOf("tp1-affine"), patience).toContain(`\n  ${answer}\n}`);
    await page.keyboard.press("Alt+v");
    const header = notebook.exercise("tp1-affine");
    await expect.poll(() => header.getAttribute("data-state"), patience).toBe("passing");
    await expect.poll(() => page.locator(".rp-points").textContent(), patience).toBe("2 / 20");
    await notebook.saveNow();
    expect(lab.folder.sourceOf(path, "tp1-affine")).toContain(answer);
  });

  test("edits cells as Jupyter's users know it: add, type, leave the editor, run", async () => {
    const notebook = await lab.notebook(lab.folder.writeCells("notebooks/touches.ipynb", { a: "const a = 1;" }));
    const { page } = notebook;
    const count = () => notebook.cells().count();
    await notebook.editor("a").focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("b");
    await expect.poll(count, patience).toBe(2);
    await page.keyboard.press("Enter");
    await expect.poll(() => notebook.cells().nth(1).locator(".cm-content:focus").count(), patience).toBe(1);
    await page.keyboard.type("a + 41");
    await leaveEditor(page);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.press("Shift+Enter");
    await expect.poll(() => notebook.cells().nth(1).locator(".jp-OutputArea").textContent(), patience).toContain("42");
    await expect.poll(count, patience).toBe(3);
  });

  test("deletes a cell, and brings it back with its text", async () => {
    const notebook = await lab.notebook(lab.folder.writeCells("notebooks/supprimer.ipynb", { a: "1", b: "2" }));
    const { page } = notebook;
    await notebook.editor("b").focus();
    await leaveEditor(page);
    // Again where more than a second has passed between the two; after so long that a pair which did it is not followed.
    const pressTwice = async () => {
      if ((await notebook.cells().count()) === 1) return 1;
      for (const key of ["d", "d"]) await page.keyboard.press(key);
      return notebook.cells().count();
    };
    await expect.poll(pressTwice, { ...patience, interval: 2000 }).toBe(1);
    await page.keyboard.press("z");
    await expect.poll(() => notebook.cells().count(), patience).toBe(2);
    expect([await notebook.sourceOf("a"), await notebook.sourceOf("b")]).toEqual(["1", "2"]);
  });

  test("undoes one step at a time, however quickly they were made", async () => {
    const notebook = await lab.notebook(lab.folder.writeCells("notebooks/vite.ipynb", { a: "1" }));
    const { page } = notebook;
    await notebook.editor("a").focus();
    for (const key of ["Escape", "b", "b", "b", "z"]) await page.keyboard.press(key);
    await expect.poll(() => notebook.cells().count(), patience).toBe(3);
  });

  test("leaves the editor with one Escape, though a completion is still to come", async () => {
    const page = await lab.home();
    await holdBack(page, "complete_reply");
    const notebook = await lab.notebookIn(page, lab.folder.writeCells("notebooks/attente.ipynb", { a: "" }));
    await notebook.kernelIs("idle");
    await notebook.editor("a").focus();
    await page.keyboard.type("Math.");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await expect.poll(() => isFocused(notebook, "a"), patience).toBe(false);
  });

  test("completes a name with Tab, tells its type with Shift+Tab, and goes to its definition and back", async () => {
    const cells = { a: "const learningRate = 0.1;", b: "console.log(learningRate)" };
    const notebook = await lab.notebook(lab.folder.writeCells("notebooks/aide.ipynb", cells));
    const { page } = notebook;
    await notebook.run("a");
    await notebook.editor("b").focus();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("\nlearningR");
    await page.keyboard.press("Tab");
    await expect.poll(() => notebook.sourceOf("b"), patience).toBe("console.log(learningRate)\nlearningRate");
    await page.keyboard.press("Shift+Tab");
    await expect.poll(() => page.locator(".cm-tooltip").textContent(), patience).toMatch(/learningRate/);
    await keepScreenshot(page, "help");
    await page.keyboard.press("Escape");
    const jumped = async () => {
      await page.keyboard.press("F12");
      return isFocused(notebook, "a");
    };
    await expect.poll(jumped, slowly).toBe(true);
    await page.keyboard.press("Alt+F12");
    await expect.poll(() => isFocused(notebook, "b"), patience).toBe(true);
  });

  test("opens the list of keys, the menus and the panel, and comes back from each with Escape", async () => {
    const notebook = await lab.notebook(path);
    const { page } = notebook;
    await page.keyboard.press("Escape");
    await page.keyboard.press("h");
    await expect.poll(() => page.getByRole("dialog").textContent(), patience).toMatch(/Maj Entrée/);
    await keepScreenshot(page, "keys");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Autres actions" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("ArrowDown");
    await expect.poll(async () => (await focusOf(page)).text, patience).toContain("Redémarrer et tout exécuter");
    await page.keyboard.press("Escape");
    await expect.poll(async () => (await focusOf(page)).label, patience).toBe("Autres actions");
    await page.keyboard.press("Alt+p");
    await expect.poll(() => page.locator("#rp-panel").isVisible(), patience).toBe(false);
    await page.keyboard.press("Alt+p");
    await expect.poll(async () => (await focusOf(page)).text, patience).toBe("Progression");
    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => (await focusOf(page)).text, patience).toBe("Plan");
  });

  test("shows where the focus is, at each of the first forty stops", async () => {
    const { page } = await lab.notebook(path);
    const unseen: string[] = [];
    for (let stop = 0; stop < 40; stop++) {
      await page.keyboard.press("Tab");
      if (!(await focusIsVisible(page))) unseen.push((await focusOf(page)).html);
    }
    expect(unseen).toEqual([]);
  });
});

interface Focus {
  readonly text: string;
  readonly label: string | null;
  readonly html: string;
}

const focusOf = async (page: Page): Promise<Focus> =>
  (await page.evaluate(`(({ activeElement }) => ({
    text: activeElement.textContent,
    label: activeElement.getAttribute("aria-label"),
    html: activeElement.cloneNode(false).outerHTML,
  }))(document)`)) as Focus;

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, isThere: (focus: Focus) => boolean): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    const focus = await focusOf(page);
    if (isThere(focus)) return;
    passed.push(focus.text.slice(0, 30));
  }
  throw new Error(`Tab never got there; it stopped at: ${passed.join(" | ")}`);
}

/** Something is drawn otherwise with the focus than without: on the element, around it, or in its `::after`. */
const focusIsVisible = async (page: Page): Promise<boolean> =>
  (await page.evaluate(`(() => {
    const { activeElement } = document;
    if (activeElement === document.body) return true;
    const around = [activeElement];
    while (around.length < 6 && around.at(-1).parentElement !== null) around.push(around.at(-1).parentElement);
    const look = () => around.flatMap((element) => [null, "::before", "::after"].map((part) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } = getComputedStyle(element, part);
      const outline = outlineStyle === "none" ? "" : outlineStyle + outlineWidth + outlineColor;
      return [outline, boxShadow, borderColor, backgroundColor].join();
    })).join("|");
    const focused = look();
    activeElement.blur();
    const blurred = look();
    activeElement.focus({ preventScroll: true });
    return focused !== blurred;
  })()`)) as boolean;

/** Messages of that type never come to the page. */
const holdBack = (page: Page, type: string): Promise<void> =>
  page.routeWebSocket(/\/channels/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (!message.toString().includes(type)) socket.send(message);
    });
  });

/** Escape first closes what the editor has open, or was about to open. */
const leaveEditor = (page: Page): Promise<void> =>
  expect
    .poll(async () => {
      await page.keyboard.press("Escape");
      return page.locator(".cm-content:focus").count();
    }, patience)
    .toBe(0);

const isFocused = async (notebook: NotebookPage, id: string): Promise<boolean> =>
  (await notebook.cell(id).locator(".cm-content:focus").count()) === 1;

/** To the line `throw new Error(…)` of a stub, the last but one, and selects it from its first letter. */
async function goToThrow(page: Page): Promise<void> {
  for (const key of ["ControlOrMeta+End", "ArrowUp", "End", "Shift+Home"]) await page.keyboard.press(key);
}
