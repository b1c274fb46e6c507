// What the notebook's displays say by themselves, in French.

export const french = {
  progress: (epoch: number, epochs: number, percent: number | undefined): string =>
    `époque ${epoch} sur ${epochs}${percent === undefined ? "" : `, ${percent} %`}`,
  timeLeft: (duration: string): string => `encore ${duration} environ`,
  seconds: (seconds: number): string => `${seconds} s`,
  minutes: (minutes: number): string => `${minutes} min`,
  hours: (hours: number, minutes: number): string => `${hours} h ${String(minutes).padStart(2, "0")}`,
};
