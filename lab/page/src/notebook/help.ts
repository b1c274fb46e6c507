// What Shift-Tab shows, beside the name: until the text changes, the cursor moves, or Escape.
import { StateEffect, StateField } from "@codemirror/state";
import { type EditorView, showTooltip, type Tooltip } from "@codemirror/view";

const setHelp = StateEffect.define<Tooltip | null>();

export const helpTooltip = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, transaction) {
    for (const effect of transaction.effects) if (effect.is(setHelp)) return effect.value;
    return transaction.docChanged || transaction.selection !== undefined ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

export function showHelp(view: EditorView, pos: number, content: Node): void {
  const dom = document.createElement("div");
  dom.className = "rp-help";
  dom.setAttribute("role", "status");
  dom.append(content);
  view.dispatch({ effects: setHelp.of({ pos, above: true, create: () => ({ dom }) }) });
}

/** False where nothing was shown: the key is then for others. */
export function hideHelp(view: EditorView): boolean {
  if ((view.state.field(helpTooltip, false) ?? null) === null) return false;
  view.dispatch({ effects: setHelp.of(null) });
  return true;
}
