import type { LogSource } from "@/lib/build-log/tail/log-source";
import type { LogEvent } from "@/lib/build-log/types";
import { ConsoleFailure } from "@/lib/core/failure";

/** CloudWatch Logs as a test tells it: what is written, when the build ends, which calls fail. */
export class ScriptedLogSource implements LogSource {
  place = { group: "/aws/imagebuilder/web", stream: "1.0.0/1" };
  events: LogEvent[] = [];
  ended = false;
  reads = 0;
  pageSize = 10_000;
  /** Throws what the n-th read, from 1, should fail with. */
  fail: (read: number) => void = () => undefined;
  /** Whether the n-th read gives an empty page that is not the end. */
  isEmptyPage: (read: number) => boolean = () => false;
  private emptyPages = 0;

  write(...messages: string[]): void {
    for (const message of messages) this.events.push({ timestamp: 1_000 + this.events.length, message });
  }

  async readPage(token: string | undefined): Promise<{ events: LogEvent[]; next: string }> {
    this.reads++;
    this.fail(this.reads);
    const from = Number(token?.split("/")[1] ?? 0);
    if (this.isEmptyPage(this.reads)) return { events: [], next: `f/${from}/${++this.emptyPages}` };
    const events = this.events.slice(from, from + this.pageSize);
    if (events.length === 0 && token !== undefined) return { events, next: token };
    return { events, next: `f/${from + events.length}` };
  }

  async hasEnded(): Promise<boolean> {
    return this.ended;
  }
}

export const failure = (code: ConsoleFailure["detail"]["code"], message: string = code) =>
  new ConsoleFailure({ code, message });
