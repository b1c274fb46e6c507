// Waiting, as the kernel's protocol needs it; tests have a clock of their own.

export interface Clock {
  /** Calls `work` once, in so many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};
