// One tab writes a notebook. The second to open it is told, may read on, or take over once the first has saved.

/** What tabs on one notebook say to each other. */
export type TabMessage = { readonly from: string } & {
  readonly type: "is-anyone-here" | "i-am-here" | "let-me-write" | "you-may-write";
};

/** A BroadcastChannel, as far as we need one. */
export interface Channel {
  postMessage(message: TabMessage): void;
  onmessage: ((event: { data: TabMessage }) => void) | null;
}

export interface TabsOptions {
  readonly channel: Channel;
  readonly id: string;
  /** Another tab wants to write: save first. */
  readonly release: () => Promise<void>;
  readonly onReadOnly: (why: "alreadyOpen" | "takenOver") => void;
  /** How long the others have to answer. */
  readonly patienceMs?: number;
}

export class Tabs {
  readonly #options: TabsOptions;
  #mayWrite = true;
  #onAllowed: (() => void) | undefined;

  constructor(options: TabsOptions) {
    this.#options = options;
    options.channel.onmessage = ({ data }) => this.#receive(data);
    this.#say("is-anyone-here");
  }

  get mayWrite(): boolean {
    return this.#mayWrite;
  }

  /** Resolves once the others, if there are any, have had the time to say so. */
  async settled(): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return this.#mayWrite;
  }

  /** Resolves when the tab that wrote until now has saved, or does not answer. */
  async takeOver(): Promise<void> {
    const { patienceMs = 2000 } = this.#options;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      this.#onAllowed = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#say("let-me-write");
    });
    this.#mayWrite = true;
  }

  #receive({ type, from }: TabMessage): void {
    if (from === this.#options.id) return;
    if (type === "you-may-write") this.#onAllowed?.();
    else if (!this.#mayWrite) return;
    else if (type === "is-anyone-here") this.#say("i-am-here");
    else if (type === "i-am-here") this.#stepBack("alreadyOpen");
    else void this.#release();
  }

  async #release(): Promise<void> {
    await this.#options.release();
    this.#stepBack("takenOver");
    this.#say("you-may-write");
  }

  #stepBack(why: "alreadyOpen" | "takenOver"): void {
    this.#mayWrite = false;
    this.#options.onReadOnly(why);
  }

  #say(type: TabMessage["type"]): void {
    this.#options.channel.postMessage({ type, from: this.#options.id });
  }
}
