// Shows how the kernel is, and what to do when it is no more.
import type { SessionContext } from "@jupyterlab/apputils";
import type { Runner } from "../notebook/run.js";
import { type KernelState, onKernelState } from "../notebook/session.js";
import type { Words } from "../words.js";
import { announce } from "./announce.js";
import type { Banners } from "./banners.js";
import type { Toolbar } from "./toolbar.js";

export interface WatchOptions {
  readonly session: SessionContext;
  readonly runner: Runner;
  readonly toolbar: Toolbar;
  readonly banners: Banners;
  readonly words: Words;
}

export function watchKernel({ session, runner, toolbar, banners, words }: WatchOptions): void {
  const restart = { label: words.kernel.restart, run: () => void runner.restart() };
  const reload = { label: words.kernel.retry, run: () => location.reload() };
  const tell: Partial<Record<KernelState, () => void>> = {
    dead: () => banners.show("kernel", words.kernel.died, [restart]),
    lost: () => banners.show("kernel", words.kernel.gone, [reload, restart]),
  };
  let shown: KernelState = "starting";
  toolbar.showKernel(shown);
  let telling: ReturnType<typeof setTimeout> | undefined;
  onKernelState(session, (state) => {
    if (state === shown) return;
    shown = state;
    toolbar.showKernel(state);
    clearTimeout(telling);
    banners.hide("kernel");
    if (state === "dead") runner.kernelIsNew();
    if (tell[state] === undefined) return;
    announce(words.kernel[state]);
    // A connection that comes back at once is nothing to read about.
    telling = setTimeout(tell[state], state === "lost" ? 2500 : 0);
  });
}
