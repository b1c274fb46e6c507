// A folder that cannot be written: the student is told at once, and what was written stays in the browser.
import { chmodSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hasChromium } from "./fixtures/chromium.js";
import { patience } from "./fixtures/notebook-page.js";
import { keepScreenshot } from "./fixtures/screenshots.js";
import { useLab } from "./fixtures/use-lab.js";

const path = "notebooks/tp1.ipynb";
// Modes do not hold root back: the server then runs as nobody.
const uid = process.getuid?.() === 0 ? 65_534 : undefined;

describe.skipIf(!hasChromium)("a folder that cannot be written", () => {
  const lab = useLab({
    uid,
    prepare(folder) {
      chmodSync(folder.file(path), 0o444);
      chmodSync(dirname(folder.file(path)), 0o555);
      chmodSync(folder.path, 0o555);
    },
  });
  afterAll(() => {
    for (const folder of [lab.folder?.path, lab.folder?.file("notebooks")]) if (folder) chmodSync(folder, 0o755);
  });

  test("lets one read and run; a change is not saved, is said not to be, and is kept in the browser", async () => {
    const before = lab.folder.text(path);
    const notebook = await lab.notebook(path);
    await notebook.run("imports");
    await notebook.write("parameters", "const epochs = 1;");
    await notebook.savingIs("failed");
    const said = () => notebook.banner().textContent();
    await expect.poll(said, patience).toMatch(/en lecture seule.*est gardé dans ce navigateur/s);
    expect((await said())!.match(/enregistré/g)).toHaveLength(1);
    await keepScreenshot(notebook.page, "read-only");
    expect(lab.folder.text(path)).toBe(before);
    await notebook.reload();
    await notebook.banner().getByRole("button", { name: "Reprendre la copie" }).click();
    await expect.poll(() => notebook.sourceOf("parameters"), patience).toBe("const epochs = 1;");
  });
});
