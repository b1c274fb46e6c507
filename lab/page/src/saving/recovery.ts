// A copy of what is not in the file yet, in this browser: closing the page or losing the server loses nothing.

export interface RecoveryCopy<Content> {
  readonly content: Content;
  /** Milliseconds, as Date.now() counts. */
  readonly keptAt: number;
}

const storeName = "notebooks";

/** Where the browser refuses IndexedDB (private windows), there is no copy, and no fault either. */
export class Recovery<Content> {
  readonly #path: string;
  #writing: ReturnType<typeof setTimeout> | undefined;
  #latest: (() => Content) | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async find(): Promise<RecoveryCopy<Content> | undefined> {
    return (await this.#run("readonly", (store) => store.get(this.#path))) as RecoveryCopy<Content> | undefined;
  }

  /** Asked for and written a second later: not at every key. */
  keep(content: () => Content): void {
    this.#latest = content;
    this.#writing ??= setTimeout(() => this.flush(), 1000);
  }

  /** What waits is written now: the page is about to be hidden or closed. */
  flush(): void {
    clearTimeout(this.#writing);
    this.#writing = undefined;
    const content = this.#latest?.();
    this.#latest = undefined;
    if (content === undefined) return;
    void this.#run("readwrite", (store) => store.put({ content, keptAt: Date.now() }, this.#path));
  }

  forget(): void {
    clearTimeout(this.#writing);
    this.#writing = undefined;
    this.#latest = undefined;
    void this.#run("readwrite", (store) => store.delete(this.#path));
  }

  async #run(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
    try {
      const database = await openDatabase();
      const request = act(database.transaction(storeName, mode).objectStore(storeName));
      return await result(request).finally(() => database.close());
    } catch {
      return undefined;
    }
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open("retroprop-recovery", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName);
  return result(request);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
