// Tab completes from the kernel, with documentation; Shift-Tab shows what a name is. Typing a point asks too.
import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeCompletion,
  completionStatus,
  insertCompletionText,
  startCompletion,
} from "@codemirror/autocomplete";
import { type EditorState, type Extension, Prec } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";
import type { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { Kernel } from "@jupyterlab/services";
import { codePoints, utf16Units } from "./code-points.js";
import { helpTooltip, hideHelp, showHelp } from "./help.js";
import { renderDetached } from "./render-markdown.js";

export interface Assistance {
  /** null while there is none, or while it computes: it would answer after the cell. */
  readonly kernel: () => Kernel.IKernelConnection | null;
  readonly rendermime: IRenderMimeRegistry;
}

export function completion(assistance: Assistance): Extension {
  return [
    helpTooltip,
    // Before the keys of the list, which would keep Escape for themselves while they wait for the kernel.
    Prec.highest(
      keymap.of([
        { key: "Tab", run: (view) => acceptCompletion(view) || (isAfterName(view.state) && startCompletion(view)) },
        { key: "Shift-Tab", run: (view) => isInName(view.state) && help(assistance, view) },
        { key: "Escape", run: (view) => hideHelp(view) || giveUpWaiting(view) },
      ]),
    ),
    autocompletion({ override: [(context) => complete(assistance, context)], icons: false, closeOnBlur: true }),
  ];
}

/** False in any case: where no list is shown, Escape leaves the editor. */
function giveUpWaiting(view: EditorView): false {
  const isShown = view.dom.ownerDocument.querySelector(".cm-tooltip-autocomplete") !== null;
  if (completionStatus(view.state) === "pending" && !isShown) closeCompletion(view);
  return false;
}

async function complete(assistance: Assistance, context: CompletionContext): Promise<CompletionResult | null> {
  const found = await askKernel(assistance, context);
  const [only, another] = found?.options ?? [];
  if (found === null || only === undefined || another !== undefined || !context.explicit) return found;
  insertOnly(only, found.from, context);
  return null;
}

/** What Tab asked for, where there is nothing to choose. */
function insertOnly({ label, apply = label }: Completion, from: number, { view, state, pos }: CompletionContext): void {
  if (typeof apply === "string") view?.dispatch(insertCompletionText(state, apply, from, pos));
}

async function askKernel(assistance: Assistance, context: CompletionContext): Promise<CompletionResult | null> {
  const kernel = assistance.kernel();
  if (kernel === null || !(context.explicit || context.matchBefore(/[\w)\]]\.\w*$/))) return null;
  const code = context.state.doc.toString();
  const { content } = await kernel.requestComplete({ code, cursor_pos: codePoints(code, context.pos) });
  if (content.status !== "ok" || context.aborted) return null;
  const from = utf16Units(code, content.cursor_start);
  const typed = (content.metadata["_jupyter_types_experimental"] ?? []) as readonly { text?: string; type?: string }[];
  const options = content.matches.map((label, index): Completion => {
    const { text = label, type } = typed[index] ?? {};
    const info = () => documentation(assistance, code.slice(0, from) + text, from + text.length);
    return { label, apply: text, info, ...(type !== undefined && { detail: type }) };
  });
  return { from, options, validFor: /^[\w$]*$/ };
}

async function documentation({ kernel, rendermime }: Assistance, code: string, position: number): Promise<Node | null> {
  const connection = kernel();
  if (connection === null) return null;
  const { content } = await connection.requestInspect({
    code,
    cursor_pos: codePoints(code, position),
    detail_level: 0,
  });
  if (content.status !== "ok" || !content.found) return null;
  return renderDetached(rendermime, content.data as Record<string, string>);
}

function help(assistance: Assistance, view: EditorView): boolean {
  const { head } = view.state.selection.main;
  void documentation(assistance, view.state.doc.toString(), head).then((node) => {
    if (node !== null) showHelp(view, head, node);
  });
  return true;
}

const around = (state: EditorState): [string, string] => {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  return [line.text.slice(0, head - line.from), line.text.slice(head - line.from)];
};

const isAfterName = (state: EditorState): boolean => state.selection.main.empty && /[\w$.]$/.test(around(state)[0]);

/** In a name, or among the arguments of a call. */
function isInName(state: EditorState): boolean {
  const [before, after] = around(state);
  return state.selection.main.empty && (/[\w$.(,]\s*$/.test(before) || (before.trim() !== "" && /^[\w$]/.test(after)));
}
