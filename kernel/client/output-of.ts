// From messages on iopub, as Jupyter has them, to outputs.
import { z } from "zod";
import type { OutputMessage } from "../messages.js";
import type { JupyterMessage } from "../protocol/jupyter-message.js";

/** The output that a message carries, or undefined when it carries none that can be read. */
export function outputOf({ header: { msg_type: type }, content }: JupyterMessage): OutputMessage | undefined {
  if (!(type in outputs)) return undefined;
  const result = outputs[type as keyof typeof outputs].safeParse(content);
  return result.success ? ({ type, ...result.data } as OutputMessage) : undefined;
}

const bundle = z.record(z.string(), z.unknown());
const display = z.object({ data: bundle, metadata: bundle.default({}) });
const displayIds = z.object({ transient: z.object({ display_id: z.string().optional() }).default({}) });

const outputs = {
  stream: z.object({ name: z.enum(["stdout", "stderr"]), text: z.string() }),
  execute_result: display,
  display_data: display.extend(displayIds.shape).transform(liftDisplayId),
  update_display_data: display.extend(displayIds.shape).transform(liftDisplayId),
  error: z.object({ ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) }),
  clear_output: z.object({ wait: z.boolean().default(false) }),
};

function liftDisplayId<T extends { transient: { display_id?: string | undefined } }>({ transient, ...rest }: T) {
  return transient.display_id === undefined ? rest : { ...rest, displayId: transient.display_id };
}
