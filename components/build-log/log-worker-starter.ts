import type { LogAnswer, LogRequest } from "@/lib/build-log/reader/types";

/** A worker, and what it has said while nobody listened. */
export type StartedLogWorker = { worker: Worker; said: LogAnswer[] };

let waiting: (StartedLogWorker & { url: string }) | undefined;

/**
 * Begins to read a log before the page has come to life; nobody who opens another log gets it. `keptParts` of a log
 * that is known to be kept.
 */
export function startLogWorker(url: string, keptParts: number | undefined): void {
  const started = { url, ...startWorker() };
  const open: LogRequest = { kind: "open", url, isVisible: !document.hidden, keptParts };
  started.worker.postMessage(open);
  waiting = started;
}

/** A worker that holds this log, or none yet; whoever takes it ends it. */
export function takeLogWorker(url: string): StartedLogWorker {
  const started = waiting;
  waiting = undefined;
  if (started?.url === url) return started;
  started?.worker.terminate();
  return startWorker();
}

export function startWorker(): StartedLogWorker {
  const worker = new Worker(new URL("./log-worker.ts", import.meta.url), { type: "module" });
  const said: LogAnswer[] = [];
  worker.onmessage = ({ data }: MessageEvent<LogAnswer>) => {
    said.push(data);
  };
  return { worker, said };
}
