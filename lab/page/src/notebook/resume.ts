// Shows what comes of cells that this page did not start: those that ran on while it was loaded again, and, in a second
// tab that reads, those of the first. The server says in each message which cell it belongs to.
import type { SessionContext } from "@jupyterlab/apputils";
import type { CodeCellModel, ICellModel } from "@jupyterlab/cells";
import type { IOutput } from "@jupyterlab/nbformat";
import type { Notebook } from "@jupyterlab/notebook";
import type { KernelMessage } from "@jupyterlab/services";
import { kernelOf } from "./session.js";

export function resumeOutputs(session: SessionContext, notebook: Notebook): void {
  const followed = new Map<string, FollowedRun>();
  session.iopubMessage.connect((_, message) => {
    const parent = message.parent_header as Partial<KernelMessage.IHeader>;
    const id = cellOf(message);
    if (id === undefined || parent.msg_id === undefined || parent.session === kernelOf(session)?.clientId) return;
    const model = [...(notebook.model?.cells ?? [])].find((cell) => cell.id === id);
    if (model === undefined || !isCode(model)) return;
    const run = followed.get(parent.msg_id) ?? new FollowedRun(model);
    followed.set(parent.msg_id, run);
    if (run.take(message)) followed.delete(parent.msg_id);
  });
}

function cellOf({ metadata }: KernelMessage.IMessage): string | undefined {
  const { cell } = (metadata["retroprop"] ?? {}) as { cell?: unknown };
  return typeof cell === "string" ? cell : undefined;
}

const isCode = (model: ICellModel): model is CodeCellModel => model.type === "code";

/** The outputs of one execution, told from its beginning. */
class FollowedRun {
  readonly #model: CodeCellModel;
  readonly #places = new Map<string, number>();

  constructor(model: CodeCellModel) {
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
    if (type === "execute_input") this.#model.executionCount = content["execution_count"] as number;
    else if (type === "clear_output") outputs.clear(content["wait"] === true);
    else if (type === "update_display_data") this.#replace(display, { ...content, output_type: "display_data" });
    else if (isOutput(type)) {
      outputs.add({ ...content, output_type: type } as IOutput);
      if (display !== undefined) this.#places.set(display, outputs.length - 1);
    }
    const isOver = type === "status" && content["execution_state"] === "idle";
    if (isOver) this.#model.executionState = "idle";
    return isOver;
  }

  #replace(display: string | undefined, output: IOutput): void {
    const place = display === undefined ? undefined : this.#places.get(display);
    if (place !== undefined) this.#model.outputs.set(place, output);
  }
}

const isOutput = (type: string): boolean => ["stream", "display_data", "execute_result", "error"].includes(type);
