"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { BuildLogState, LogBatch } from "@/lib/build-log/types";
import { LogLines } from "./log-lines";

const REOPEN_AFTER_MS = 2000;

/**
 * The lines at `url`, live. The one effect of the log: it opens the stream, opens it again when it breaks, and
 * holds none while the tab is hidden.
 */
export function useBuildLog(url: string): LogLines {
  const [log] = useState(() => new LogLines((tell) => requestAnimationFrame(tell)));
  useSyncExternalStore(log.subscribe, log.getVersion, () => 0);
  useEffect(() => {
    let stream: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const close = () => {
      clearTimeout(timer);
      stream?.close();
      stream = undefined;
    };
    const open = () => {
      close();
      const opened = new EventSource(url);
      stream = opened;
      const on = <Data>(event: string, take: (data: Data) => void) =>
        opened.addEventListener(event, (message) => take(JSON.parse((message as MessageEvent<string>).data)));
      on<LogBatch>("lines", (batch) => log.add(batch));
      on<BuildLogState>("state", (state) => log.setState(state));
      on<null>("reset", () => log.reset());
      on<BuildLogState>("end", (state) => {
        isOver = true;
        log.setState(state);
        close();
      });
      opened.onerror = () => {
        log.setState({ phase: "interrupted", message: "The connection broke. Connecting again." });
        // The browser reconnects by itself, but not when the answer was an error.
        if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_AFTER_MS);
      };
    };
    const followVisibility = () => {
      if (isOver) return;
      if (document.hidden) close();
      else open();
    };
    followVisibility();
    document.addEventListener("visibilitychange", followVisibility);
    return () => {
      document.removeEventListener("visibilitychange", followVisibility);
      close();
    };
  }, [url, log]);
  return log;
}
