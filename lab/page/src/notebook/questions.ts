// What a cell asks while it runs (`prompt()`): named for a reader of the screen, asked again after a reload, taken back
// when the cell ends without an answer.
import type { CodeCell } from "@jupyterlab/cells";
import { Notebook } from "@jupyterlab/notebook";
import type { Stdin } from "@jupyterlab/outputarea";
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { Panel, type PanelLayout } from "@lumino/widgets";
import { setAttribute } from "../interface/dom.js";

/** Makes the cells of the page. */
export class CellFactory extends Notebook.ContentFactory {
  readonly #unnamed: string;

  /** `unnamed` is what a question without text is called. */
  constructor(options: Notebook.ContentFactory.IOptions, unnamed: string) {
    super(options);
    this.#unnamed = unnamed;
  }

  override createStdin(options: Stdin.IOptions): ReturnType<Notebook.ContentFactory["createStdin"]> {
    const question = super.createStdin(options);
    const field = question.node.querySelector("input");
    if (field !== null) setAttribute(field, "aria-label", options.prompt.trim() || this.#unnamed);
    return question;
  }
}

/** To the question that waits for an answer. */
export function goToQuestion({ node }: Notebook): void {
  node.querySelector<HTMLElement>(".jp-Stdin-input")?.focus();
}

/** A question that another page has asked before: as JupyterLab shows its own. */
export function askAgain(
  { model, outputArea }: CodeCell,
  { header, content: { prompt, password } }: KernelMessage.IInputRequestMsg,
  kernel: Kernel.IKernelConnection,
): void {
  const { contentFactory, layout } = outputArea;
  const sendInputReply: Kernel.IKernelConnection["sendInputReply"] = (...reply) => kernel.sendInputReply(...reply);
  // Of the request only this is called; the request itself was that of the other page.
  const future = { sendInputReply } as Kernel.IShellFuture;
  const question = contentFactory.createStdin({ parent_header: header, prompt, password, future });
  question.addClass("jp-OutputArea-output");
  const panel = new Panel();
  for (const name of ["jp-OutputArea-child", "jp-OutputArea-stdin-item"]) panel.addClass(name);
  panel.addWidget(contentFactory.createOutputPrompt());
  panel.addWidget(question);
  (layout as PanelLayout).addWidget(panel);
  kernel.hasPendingInput = true;
  void question.value.then((text) => {
    panel.dispose();
    model.outputs.add({ output_type: "stream", name: "stdin", text: `${text}\n` });
  });
}

/** The cell is over: nobody waits for an answer. One that was given leaves by itself. */
export function takeBackQuestion({ outputArea }: CodeCell): void {
  const isOpen = (widget: { hasClass(name: string): boolean }) =>
    widget.hasClass("jp-OutputArea-stdin-item") && !widget.hasClass("jp-OutputArea-stdin-hiding");
  for (const widget of outputArea.widgets.filter(isOpen)) widget.dispose();
}
