// The notebook's file, through the server: read with its version, written back only on top of that version.
import type { INotebookContent } from "@jupyterlab/nbformat";
import { ServerConnection } from "@jupyterlab/services";
import type { Words } from "../words.js";

/** What the server said of the file as we know it. It refuses to write over any other. */
export interface FileVersion {
  readonly last_modified: string;
  readonly hash?: string;
}

export interface StoredNotebook {
  readonly content: INotebookContent;
  readonly version: FileVersion;
}

/** The server's answer to what it could not do; status 0 where there was none. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }

  /** The file on disk is another than the one we know. */
  get isConflict(): boolean {
    return this.status === 409;
  }
}

/** For where no server answers: to a question, and to what is to be saved. */
type NoServerWords = Pick<Words["saving"], "unreachable" | "waiting">;

export class DocumentStore {
  readonly #settings: ServerConnection.ISettings;
  readonly #url: string;
  readonly #words: NoServerWords;

  constructor(settings: ServerConnection.ISettings, path: string, words: NoServerWords) {
    this.#words = words;
    this.#settings = settings;
    this.#url = `${settings.baseUrl}api/contents/${path.split("/").map(encodeURIComponent).join("/")}`;
  }

  /** @throws StoreError with the server's sentence, where the file is missing or no notebook */
  async load(): Promise<StoredNotebook> {
    const model = await this.#ask("?content=1&type=notebook&hash=1", { method: "GET" });
    return { content: model["content"] as INotebookContent, version: versionOf(model) };
  }

  async currentVersion(): Promise<FileVersion> {
    return versionOf(await this.#ask("?content=0&hash=1", { method: "GET" }));
  }

  async save(content: INotebookContent, version: FileVersion): Promise<FileVersion> {
    const body = JSON.stringify({ type: "notebook", format: "json", content, ...version });
    return versionOf(await this.#ask("", { method: "PUT", body }));
  }

  async #ask(query: string, init: RequestInit): Promise<Record<string, unknown>> {
    const response = await this.#send(query, init);
    const text = await response.text();
    const answer = readObject(text);
    if (!response.ok) throw new StoreError(response.status, String(answer["message"] ?? response.statusText));
    return answer;
  }

  async #send(query: string, init: RequestInit): Promise<Response> {
    try {
      return await ServerConnection.makeRequest(this.#url + query, init, this.#settings);
    } catch {
      throw new StoreError(0, init.method === "PUT" ? this.#words.waiting : this.#words.unreachable);
    }
  }
}

const versionOf = (model: Record<string, unknown>): FileVersion => ({
  last_modified: String(model["last_modified"]),
  ...(typeof model["hash"] === "string" && { hash: model["hash"] }),
});

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
