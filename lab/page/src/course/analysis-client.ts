// Asks the server about the notebook as a whole, a moment after the last change; only the latest answer counts.
import { ServerConnection } from "@jupyterlab/services";
import type { AnalysisAnswer, AnalysisRequest } from "../../../analysis-protocol.js";

export class AnalysisClient {
  readonly #settings: ServerConnection.ISettings;
  readonly #ask: () => AnalysisRequest | undefined;
  readonly #onAnswer: (answer: AnalysisAnswer) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;
  #asked = "";
  #latest: AnalysisAnswer | undefined;

  constructor(
    settings: ServerConnection.ISettings,
    ask: () => AnalysisRequest | undefined,
    onAnswer: (answer: AnalysisAnswer) => void,
  ) {
    this.#settings = settings;
    this.#ask = ask;
    this.#onAnswer = onAnswer;
  }

  /** undefined until the first answer. */
  get latest(): AnalysisAnswer | undefined {
    return this.#latest;
  }

  later(ms = 400): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), ms);
  }

  /** Nothing changed, or nothing to ask: nothing asked. What fails keeps the last answer: the page works without. */
  async now(): Promise<AnalysisAnswer | undefined> {
    clearTimeout(this.#timer);
    const request = this.#ask();
    const body = JSON.stringify(request);
    if (request === undefined || body === this.#asked) return this.#latest;
    this.#asked = body;
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    try {
      const answer = await this.#post(body, running.signal);
      if (running.signal.aborted) return this.#latest;
      this.#latest = answer;
      this.#onAnswer(answer);
    } catch (error) {
      if (running.signal.aborted) return this.#latest;
      this.#asked = "";
      // Another tab asked about the same notebook meanwhile.
      if (error instanceof Overtaken) this.later(1500);
    }
    return this.#latest;
  }

  async #post(body: string, signal: AbortSignal): Promise<AnalysisAnswer> {
    const url = `${this.#settings.baseUrl}api/retroprop/analysis`;
    const response = await ServerConnection.makeRequest(url, { method: "POST", body, signal }, this.#settings);
    if (response.status === 409) throw new Overtaken();
    if (!response.ok) throw new Error(`POST ${url}: ${response.status}`);
    return (await response.json()) as AnalysisAnswer;
  }
}

class Overtaken extends Error {}
