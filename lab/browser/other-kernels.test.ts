// Notebooks that ask for another kernel than ours: one that is installed for Jupyter, and one that nobody has.
import { describe, expect, test } from "vitest";
import { findKernels } from "../../kernel/client/kernelspecs.js";
import { hasChromium } from "./fixtures/chromium.js";
import { codeCell, notebookOf } from "./fixtures/course-folder.js";
import { patience } from "./fixtures/notebook-page.js";
import { keepScreenshot } from "./fixtures/screenshots.js";
import { useLab } from "./fixtures/use-lab.js";

const hasPython = findKernels().kernels.some(({ name }) => name === "python3");
if (!hasPython) console.warn("skipped: a notebook in Python on the page (apt-get install python3-ipykernel)");

describe.skipIf(!hasChromium)("another kernel", () => {
  const lab = useLab();
  const write = (path: string, kernel: string, cells: Readonly<Record<string, string>>) =>
    lab.folder.write(path, {
      ...notebookOf(Object.entries(cells).map(([id, source]) => codeCell(id, source))),
      metadata: { kernelspec: { display_name: kernel, language: "python", name: kernel } },
    });

  test.skipIf(!hasPython)("that is installed runs its notebook, and is interrupted", async () => {
    const path = write("notebooks/en python.ipynb", "python3", {
      a: "kept = [k * k for k in range(4)]\nprint(kept)",
      loop: "print('begun')\nwhile True: pass",
      b: "sum(kept)",
    });
    const notebook = await lab.notebook(path);
    await notebook.run("a");
    await notebook.shows("a", "[0, 1, 4, 9]");
    await notebook.start("loop");
    await notebook.shows("loop", "begun"); // it is busy before, when an interrupt would meet no loop yet
    await notebook.button("interrupt").click();
    await notebook.shows("loop", "KeyboardInterrupt");
    await notebook.run("b");
    await notebook.shows("b", "14");
    await keepScreenshot(notebook.page, "python");
  });

  test("that is not installed is named, and ours goes on in its place", async () => {
    const path = write("notebooks/en julia.ipynb", "julia-1.99", { a: "console.log(6 * 7)" });
    const notebook = await lab.notebookIn(await lab.home(), path);
    await expect.poll(() => notebook.banner().textContent(), patience).toMatch(/«\sjulia-1\.99\s»/);
    await keepScreenshot(notebook.page, "kernel-not-installed");
    await notebook.banner().getByRole("button", { name: "Continuer avec TypeScript" }).click();
    await notebook.kernelIs("idle");
    await notebook.run("a");
    await notebook.shows("a", "42");
  });
});
