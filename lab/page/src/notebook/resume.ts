// Shows what comes of cells that this page did not start: those that ran on while it was loaded again, and, in a second
// tab that reads, those of the first; asks what they ask. The server says in each message which cell it belongs to.
import type { SessionContext } from "@jupyterlab/apputils";
import { CodeCell, type ICodeCellModel } from "@jupyterlab/cells";
import type { IOutput } from "@jupyterlab/nbformat";
import type { Notebook } from "@jupyterlab/notebook";
import { type Kernel, KernelMessage } from "@jupyterlab/services";
import { askAgain, takeBackQuestion } from "./questions.js";

export function resumeOutputs(session: SessionContext, notebook: Notebook): void {
  const followed = new Map<string, FollowedRun>();
  const follow = (kernel: Kernel.IKernelConnection, message: KernelMessage.IMessage) => {
    const parent = message.parent_header as Partial<KernelMessage.IHeader>;
    if (parent.msg_id === undefined || parent.session === kernel.clientId) return;
    const cell = cellOf(message, notebook);
    if (cell === undefined || !isShown(message)) return;
    const run = followed.get(parent.msg_id) ?? new FollowedRun(cell);
    followed.set(parent.msg_id, run);
    if (KernelMessage.isInputRequestMsg(message)) askAgain(cell, message, kernel);
    else if (run.take(message)) {
      followed.delete(parent.msg_id);
      kernel.hasPendingInput = false;
    }
  };
  // Questions come by another channel than outputs: only here are both in the order in which they were sent.
  session.kernelChanged.connect((_, { newValue }) => {
    newValue?.anyMessage.connect((kernel, { msg, direction }) => direction === "recv" && follow(kernel, msg));
  });
}

function cellOf({ metadata }: KernelMessage.IMessage, { widgets }: Notebook): CodeCell | undefined {
  const { cell: id } = (metadata["retroprop"] ?? {}) as { cell?: unknown };
  return widgets.find((cell): cell is CodeCell => cell instanceof CodeCell && cell.model.id === id);
}

type Shown = KernelMessage.IIOPubMessage | KernelMessage.IInputRequestMsg;
const isShown = (message: KernelMessage.IMessage): message is Shown =>
  message.channel === "iopub" || KernelMessage.isInputRequestMsg(message);

/** The outputs of one execution, told from its beginning. */
class FollowedRun {
  readonly #cell: CodeCell;
  readonly #model: ICodeCellModel;
  readonly #places = new Map<string, number>();

  constructor(cell: CodeCell) {
    this.#cell = cell;
    const { model } = cell;
    this.#model = model;
    model.trusted = true;
    model.outputs.clear();
    model.executionState = "running";
  }

  /** True when the cell has ended. */
  take(message: KernelMessage.IIOPubMessage): boolean {
    const { outputs } = this.#model;
    const content = message.content as Record<string, unknown>;
    const type = message.header.msg_type;
    const display = (content["transient"] as { display_id?: string } | undefined)?.display_id;
    if (type === "execute_input") this.#showCount(content["execution_count"] as number);
    else if (type === "clear_output") outputs.clear(content["wait"] === true);
    else if (type === "update_display_data") this.#replace(display, { ...content, output_type: "display_data" });
    else if (isOutput(type)) {
      outputs.add({ ...content, output_type: type } as IOutput);
      if (display !== undefined) this.#places.set(display, outputs.length - 1);
    }
    const isOver = type === "status" && content["execution_state"] === "idle";
    if (isOver) {
      this.#model.executionState = "idle";
      takeBackQuestion(this.#cell);
    }
    return isOver;
  }

  /** A cell that gets its number is over, JupyterLab thinks. */
  #showCount(count: number): void {
    this.#model.executionCount = count;
    this.#model.executionState = "running";
  }

  #replace(display: string | undefined, output: IOutput): void {
    const place = display === undefined ? undefined : this.#places.get(display);
    if (place !== undefined) this.#model.outputs.set(place, output);
  }
}

const isOutput = (type: string): boolean => ["stream", "display_data", "execute_result", "error"].includes(type);
