import { apiUrls } from "@/lib/core/urls";
import { readEventStream, type ServerSentEvent } from "../stream/event-stream-reader";
import { type KeptLogPartBytes, readKeptLog } from "../stream/kept-log-stream";
import type { BuildLogState, LogBatch } from "../types";

export type LogStreamListener = {
  onLines: (batch: LogBatch) => void;
  /** The next part of a log that is kept whole. */
  onPart: (part: KeptLogPartBytes) => void;
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
  /** The log is kept: read by its parts, of which so many are here. */
  private kept: { count: number; first: number } | undefined;

  constructor(
    private readonly url: string,
    private readonly listener: LogStreamListener,
    keptParts?: number,
  ) {
    if (keptParts) this.kept = { count: keptParts, first: 0 };
  }

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
      if (this.kept) return await this.readParts(this.kept, connection.signal, heard);
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
      if (this.kept) return await this.readParts(this.kept, connection.signal, heard);
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

  private async readParts(
    kept: { count: number; first: number },
    signal: AbortSignal,
    heard: () => void,
  ): Promise<"ended" | "broken"> {
    const url = apiUrls.keptLog(this.url, kept.first);
    for await (const part of readKeptLog(url, kept, { signal, heard })) {
      if (signal.aborted) return "broken";
      kept.first++;
      this.failures = 0;
      this.listener.onPart(part);
    }
    this.isOver = true;
    this.listener.onState({ phase: "ended" });
    return "ended";
  }

  private take({ event, id, data }: ServerSentEvent): void {
    if (event === "lines") this.listener.onLines(JSON.parse(data) as LogBatch);
    else if (event === "reset") this.listener.onReset();
    else if (event === "kept") this.kept = { count: JSON.parse(data) as number, first: 0 };
    else if (event === "state" || event === "end") {
      if (event === "end") this.isOver = true;
      this.listener.onState(JSON.parse(data) as BuildLogState);
    }
    if (id !== undefined) this.cursor = id;
  }

  /** Asking again does not help those who may not read, or ask for what is not there. */
  private async refuse(response: Response): Promise<"refused"> {
    const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
    const message = body?.error?.message ?? `The console answered with status ${response.status}.`;
    this.isOver = response.status < 500 && response.status !== 429;
    this.listener.onState({ phase: this.isOver ? "denied" : "interrupted", message });
    return "refused";
  }
}
