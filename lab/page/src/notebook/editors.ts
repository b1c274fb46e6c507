// The editors of the cells: CodeMirror as JupyterLab sets it up, with the course's habits and what the caller adds.
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { ICellModel } from "@jupyterlab/cells";
import type { CodeEditor } from "@jupyterlab/codeeditor";
import {
  CodeMirrorEditorFactory,
  CodeMirrorMimeTypeService,
  EditorExtensionRegistry,
  EditorThemeRegistry,
  type IEditorExtensionFactory,
  ybinding,
} from "@jupyterlab/codemirror";
import { languages } from "./highlight.js";

/** What the page adds to the editor of a code cell. */
export type CellExtension = (cellId: string) => Extension;

/** `label` is what a reader of the screen calls an editor. */
export function editorFactory(forCode: readonly CellExtension[], label: string): CodeEditor.Factory {
  const themes = new EditorThemeRegistry();
  for (const theme of EditorThemeRegistry.getDefaultThemes()) themes.addTheme(theme);
  const extensions = new EditorExtensionRegistry();
  for (const extension of EditorExtensionRegistry.getDefaultExtensions({ themes })) extensions.addExtension(extension);
  extensions.addExtension({ name: "shared-model", factory: sharedText });
  const labelled = EditorView.contentAttributes.of({ "aria-label": label });
  const addLabel = () => EditorExtensionRegistry.createImmutableExtension(labelled);
  extensions.addExtension({ name: "label", factory: addLabel });
  for (const [index, extension] of forCode.entries()) {
    extensions.addExtension({ name: `retroprop-${index}`, factory: onlyInCode(extension) });
  }
  return new CodeMirrorEditorFactory({ extensions, languages }).newInlineEditor;
}

/** Binds what one types to the model of the cell, and undo to its history. */
function sharedText({ model }: IEditorExtensionFactory.IOptions) {
  const { ysource, undoManager } = model.sharedModel as unknown as Parameters<typeof ybinding>[0] & {
    ysource: Parameters<typeof ybinding>[0]["ytext"];
  };
  return EditorExtensionRegistry.createImmutableExtension(
    ybinding({ ytext: ysource, ...(undoManager ? { undoManager } : {}) }),
  );
}

const onlyInCode =
  (extension: CellExtension) =>
  ({ model }: IEditorExtensionFactory.IOptions) => {
    const cell = model as ICellModel;
    return cell.type === "code" ? EditorExtensionRegistry.createImmutableExtension(extension(cell.id)) : null;
  };

/** Code is TypeScript even where a notebook does not say so. */
class CourseMimeTypes extends CodeMirrorMimeTypeService {
  override getMimeTypeByLanguage(info: Parameters<CodeMirrorMimeTypeService["getMimeTypeByLanguage"]>[0]) {
    const known = super.getMimeTypeByLanguage(info);
    const isUnknown = known === "text/plain" || (Array.isArray(known) && known.includes("text/plain"));
    return isUnknown ? "text/typescript" : known;
  }
}

export const mimeTypes = new CourseMimeTypes(languages);

export const editorConfig = {
  code: {
    lineNumbers: false,
    lineWrap: false,
    matchBrackets: true,
    autoClosingBrackets: true,
    indentUnit: "2",
    tabSize: 2,
    tabFocusable: false,
  },
  markdown: { lineNumbers: false, lineWrap: true, matchBrackets: false, tabFocusable: false },
  raw: { lineNumbers: false, lineWrap: true, matchBrackets: false, tabFocusable: false },
};
