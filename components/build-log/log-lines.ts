import type { BuildLogState, LogBatch } from "@/lib/build-log/types";

/**
 * The lines of a log as they arrive, outside React: the page is told once a frame, however many come. A line is
 * known by its number, so reading again from the start doubles nothing.
 */
export class LogLines {
  readonly times: number[] = [];
  readonly texts: string[] = [];
  private phase: BuildLogState = { phase: "opening" };
  private version = 0;
  private isScheduled = false;
  private readonly listeners = new Set<() => void>();

  /** `schedule` calls back before the next paint; a test may call back at once. */
  constructor(private readonly schedule: (tell: () => void) => void) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Grows with each change, for `useSyncExternalStore`. */
  getVersion = (): number => this.version;

  get state(): BuildLogState {
    return this.phase;
  }

  add({ firstLine, times, text }: LogBatch): void {
    const lines = text.split("\n");
    for (let index = this.texts.length - firstLine; index >= 0 && index < times.length; index++) {
      this.times.push(times[index] ?? 0);
      this.texts.push(lines[index] ?? "");
    }
    this.changed();
  }

  setState(state: BuildLogState): void {
    this.phase = state;
    this.changed();
  }

  /** The log is another one than the lines came from. */
  reset(): void {
    this.times.length = 0;
    this.texts.length = 0;
    this.changed();
  }

  private changed(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    this.schedule(() => {
      this.isScheduled = false;
      this.version += 1;
      for (const listener of this.listeners) listener();
    });
  }
}
