import { expect, test } from "vitest";
import type { JupyterMessage } from "../../../kernel/client/relayed-kernel.js";
import { executeRequest, fakeKernels } from "../fixtures/fake-kernel.js";
import { brief } from "../fixtures/open-page.js";
import { LabKernel } from "./lab-kernel.js";

/** A page whose connection the test closes. */
function newPage(session: string) {
  const heard: JupyterMessage[] = [];
  return { session, isOpen: true, send: (message: JupyterMessage) => void heard.push(message), close() {}, heard };
}

test("a page that is closing hears nothing, and what is said meanwhile does not count as heard", () => {
  const { start, started } = fakeKernels();
  const kernel = new LabKernel({ folder: "/tp", kind: { name: "tslab", start } });
  const page = newPage("page");
  kernel.connect(page);
  const request = executeRequest("page");
  kernel.receive(request);
  page.isOpen = false;
  started[0]!.say("stream", { name: "stdout", text: "missed" }, request);
  started[0]!.finish(request);
  expect(page.heard.map(brief)).toEqual(["status starting"]);
  const again = newPage("page");
  kernel.connect(again);
  expect(again.heard.map(brief)).toEqual(["status idle", "stream missed", "execute_reply ok", "status idle"]);
});
