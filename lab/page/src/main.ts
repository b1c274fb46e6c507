// Opens the notebook that the server's shell names, and joins the parts of the page.
import "./style/index.js";
import { ServerConnection } from "@jupyterlab/services";
import { readConfig } from "./config.js";
import { showFailure, showLoading } from "./interface/layout.js";
import { NotebookPage } from "./notebook-page.js";
import { DocumentStore } from "./saving/document-store.js";
import { wordsIn } from "./words.js";

async function main(): Promise<void> {
  const config = readConfig(document);
  const words = wordsIn(config.language);
  document.documentElement.lang = config.language;
  showLoading(words);
  const { baseUrl, wsUrl, token } = config;
  const settings = ServerConnection.makeSettings({
    baseUrl,
    wsUrl,
    appendToken: false,
    ...(token !== undefined && { token }),
  });
  const store = new DocumentStore(settings, config.path, words.saving);
  try {
    const stored = await store.load();
    await new NotebookPage({ config, words, settings, store, stored }).open();
  } catch (error) {
    showFailure(error instanceof Error ? error.message : String(error), words, baseUrl);
    throw error;
  }
}

void main();
