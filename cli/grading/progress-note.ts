// What stands beside the progress bar: how many, how long still, who.
import { plainText } from "../../autograder/report/plain-text.js";

/** Before this many seconds nothing is promised. */
const leastSeconds = 2;

/** `kept` were not graded again, and took no time. */
type Note = (done: number, kept: number, student: string) => string;

export function createProgressNote(total: number, now: () => number = () => performance.now()): Note {
  const start = now();
  return (done, kept, student) => {
    const seconds = (now() - start) / 1000;
    const graded = done - kept;
    const left = seconds < leastSeconds || graded < 1 ? "" : `, ${duration((seconds / graded) * (total - done))} left`;
    return `${done} of ${total}${left}: ${plainText(student, 200).replace(/\s+/g, " ")}`;
  };
}

/** `40 s`, `3 min`, `1 h 20 min`: no more exact than a guess is. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
