// Shows how the kernel is, and what to do when it is no more.
import type { SessionContext } from "@jupyterlab/apputils";
import type { Runner } from "../notebook/run.js";
import { isOnOurKernel, type KernelState, onKernelState, useOurKernel } from "../notebook/session.js";
import type { Words } from "../words.js";
import { announce } from "./announce.js";
import type { BannerAction, Banners } from "./banners.js";
import type { Toolbar } from "./toolbar.js";

export interface WatchOptions {
  readonly session: SessionContext;
  readonly runner: Runner;
  readonly toolbar: Toolbar;
  readonly banners: Banners;
  readonly words: Words;
}

export function watchKernel(options: WatchOptions): void {
  const { session, runner, toolbar, banners, words } = options;
  const restart = { label: words.kernel.restart, run: () => void runner.restart() };
  const reload = { label: words.kernel.retry, run: () => location.reload() };
  const tell: Partial<Record<KernelState, () => void>> = {
    dead: () => {
      const ways = isOnOurKernel(session) ? [restart] : [restart, ourKernelInstead(options)];
      banners.show("kernel", neverBegan() || words.kernel.died, ways);
    },
    lost: () => banners.show("kernel", words.kernel.gone, [reload, restart]),
  };
  const neverBegan = reasonToldBy(session);
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

/** The kernel that the notebook names is not installed. */
export function offerOurKernel(options: WatchOptions): void {
  const { session, banners, words } = options;
  const text = words.kernel.notInstalled(session.kernelPreference.name ?? "");
  banners.show("kernel", text, [ourKernelInstead(options)]);
}

const ourKernelInstead = ({ session, runner, banners, words }: WatchOptions): BannerAction => ({
  label: words.kernel.useOurs,
  run() {
    banners.hide("kernel");
    runner.kernelIsNew();
    void useOurKernel(session);
  },
});

/** Why the kernel could not start, as the server has said last; "" for one that did. */
function reasonToldBy(session: SessionContext): () => string {
  let reason = "";
  session.kernelChanged.connect((_, { newValue }) => {
    newValue?.anyMessage.connect((_, { msg }) => {
      if (msg.header.msg_type === "status") reason = (msg.content as { reason?: string }).reason ?? "";
    });
  });
  return () => reason;
}
