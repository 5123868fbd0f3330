import { readEventStream, type ServerSentEvent } from "../stream/event-stream-reader";
import type { BuildLogState, LogBatch } from "../types";
import { refusalOf } from "./refusal-of";

export type LogStreamListener = {
  onLines: (batch: LogBatch) => void;
  /** The log is kept whole: its parts are to be asked for instead, and nothing more comes from here. */
  onKept: () => void;
  onReset: () => void;
  onState: (state: BuildLogState) => void;
};

/** A stream that says nothing for this long, not even a heartbeat, is dead. */
const SILENT_AFTER_MS = 40_000;
const LONGEST_RETRY_MS = 15_000;

/**
 * A build's log over server-sent events, from where the last connection broke off. Connects again until the log
 * has ended or `close` is called; lines come once each, in order.
 */
export class LogStream {
  private cursor = "";
  private isOver = false;
  private connection: AbortController | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;

  constructor(
    private readonly url: string,
    private readonly listener: LogStreamListener,
  ) {}

  /** Connects, unless it is or the log has ended. */
  open(): void {
    if (this.isOver || this.connection) return;
    clearTimeout(this.retry);
    const connection = new AbortController();
    this.connection = connection;
    void this.read(connection).then((reason) => {
      if (connection.signal.aborted && reason !== "silent") return;
      this.connection = undefined;
      if (this.isOver) return;
      this.failures++;
      this.retry = setTimeout(() => this.open(), Math.min(500 * 2 ** this.failures, LONGEST_RETRY_MS));
    });
  }

  /** Lets go of the connection; `open` goes on from here. */
  close(): void {
    clearTimeout(this.retry);
    this.connection?.abort();
    this.connection = undefined;
  }

  private async read(connection: AbortController): Promise<"ended" | "broken" | "silent" | "refused"> {
    let silence: ReturnType<typeof setTimeout> | undefined;
    let isSilent = false;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        isSilent = true;
        connection.abort();
      }, SILENT_AFTER_MS);
    };
    try {
      heard();
      const response = await fetch(this.url, {
        signal: connection.signal,
        headers: { accept: "text/event-stream", ...(this.cursor && { "last-event-id": this.cursor }) },
        cache: "no-store",
      });
      if (!response.ok || !response.body) return await this.refuse(response);
      const bytes = response.body.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            heard();
            controller.enqueue(chunk);
          },
        }),
      );
      for await (const event of readEventStream(bytes)) {
        if (connection.signal.aborted) break;
        this.failures = 0;
        this.take(event);
      }
      return this.isOver ? "ended" : "broken";
    } catch {
      if (!connection.signal.aborted) {
        this.listener.onState({
          phase: "interrupted",
          message: "The console isn't responding. Retrying.",
        });
      }
      return isSilent ? "silent" : "broken";
    } finally {
      clearTimeout(silence);
    }
  }

  private take({ event, id, data }: ServerSentEvent): void {
    if (event === "lines") this.listener.onLines(JSON.parse(data) as LogBatch);
    else if (event === "reset") this.listener.onReset();
    else if (event === "kept") {
      this.isOver = true;
      this.listener.onKept();
    } else if (event === "state" || event === "end") {
      if (event === "end") this.isOver = true;
      this.listener.onState(JSON.parse(data) as BuildLogState);
    }
    if (id !== undefined) this.cursor = id;
  }

  private async refuse(response: Response): Promise<"refused"> {
    const state = await refusalOf(response);
    this.isOver = state.phase === "denied";
    this.listener.onState(state);
    return "refused";
  }
}
