// JupyterLab's notebook widget, alone: no application, no toolbar, no plugin around it.

import type { INotebookContent } from "@jupyterlab/nbformat";
import { Notebook, NotebookModel } from "@jupyterlab/notebook";
import { RenderMimeRegistry, standardRendererFactories } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { Words } from "../words.js";
import { type CellExtension, editorConfig, editorFactory, mimeTypes } from "./editors.js";
import type { Links } from "./links.js";
import { markdownParser } from "./markdown.js";
import { typesetter } from "./mathematics.js";
import { CellFactory } from "./questions.js";
import { translatorOf } from "./translator.js";

export function createRenderers(added: readonly IRenderMime.IRendererFactory[], links: Links): RenderMimeRegistry {
  const registry = new RenderMimeRegistry({
    initialFactories: standardRendererFactories,
    latexTypesetter: typesetter,
    markdownParser,
    resolver: links,
  });
  for (const factory of added) registry.addFactory(factory, 0);
  return registry;
}

export interface NotebookOptions {
  readonly content: INotebookContent;
  readonly rendermime: RenderMimeRegistry;
  readonly forCode: readonly CellExtension[];
  readonly words: Words;
}

export function createNotebook({ content, rendermime, forCode, words }: NotebookOptions): Notebook {
  const notebook = new Notebook({
    rendermime,
    contentFactory: new CellFactory({ editorFactory: editorFactory(forCode, words.editor) }, words.kernel.answerFirst),
    mimeTypeService: mimeTypes,
    editorConfig,
    translator: translatorOf(words.jupyter, words.language),
    notebookConfig: {
      ...Notebook.defaultNotebookConfig,
      // What is locked stays as it reads.
      showEditorForReadOnlyMarkdown: false,
      inputHistoryScope: "session",
      showInputPlaceholder: false,
    },
  });
  const model = new NotebookModel({ disableDocumentWideUndoRedo: true });
  model.fromJSON(content);
  notebook.model = model;
  notebook.id = "rp-notebook";
  return notebook;
}
