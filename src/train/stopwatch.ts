// How long something takes: the one place where training looks at the clock. No number but `seconds` depends on it.

/** Starts now; the function it returns gives the seconds since then. */
export function startStopwatch(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}
