import { readCursor } from "@/lib/build-log/tail/log-cursor";
import type { SharedTail } from "@/lib/build-log/tail/shared-tail";
import type { BuildLogMessage } from "@/lib/build-log/types";

/** Somebody who watches a log, leaves and comes back: holds what a page would hold. */
export class TailViewer {
  text = "";
  times: number[] = [];
  cursor: string | undefined;
  states: string[] = [];
  resets = 0;
  private readonly leaving = new AbortController();

  async watch(tail: SharedTail, until: (viewer: TailViewer) => boolean = () => false): Promise<this> {
    for await (const message of tail.follow(readCursor(this.cursor), this.leaving.signal)) {
      this.take(message);
      if (until(this)) break;
    }
    return this;
  }

  leave(): void {
    this.leaving.abort();
  }

  private take(message: BuildLogMessage): void {
    if (message.kind === "state") this.states.push(message.state.phase);
    else if (message.kind === "reset") {
      this.resets++;
      this.text = "";
      this.times = [];
    } else if (message.kind === "lines") {
      if (message.batch.firstLine !== this.times.length) throw new Error("lines are missing before these");
      this.text += message.batch.text;
      this.times.push(...message.batch.times);
      this.cursor = message.cursor;
    }
  }
}
