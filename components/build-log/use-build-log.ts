"use client";

import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import type { StoredLine } from "@/lib/build-log/reader/log-store";
import type { LogHead } from "@/lib/build-log/reader/types";
import { LogClient, type LogSnapshot, snapshotOfHead } from "./log-client";

const noSubscription = () => () => undefined;

export type ReadableLog = {
  /** Undefined before the page has come to life. */
  client: LogClient | undefined;
  log: LogSnapshot;
  /** A line by its number from 0, if it is here. */
  lineOf: (number: number) => StoredLine | undefined;
};

/**
 * A build's log as long as the component is there: one worker, one connection, and none while the tab is hidden.
 * Before that it is its `head`, where there is one.
 */
export function useBuildLog(url: string, head: LogHead | undefined): ReadableLog {
  const [client, setClient] = useState<LogClient>();
  // A page that is read anew has the same log: what is held of it stays.
  const [beginning] = useState(head);
  const [start] = useState(() => snapshotOfHead(head));
  const readStart = useCallback(() => start, [start]);
  useEffect(() => {
    const opened = new LogClient(url, { isVisible: !document.hidden, head: beginning });
    const onVisibility = () => opened.setVisible(!document.hidden);
    document.addEventListener("visibilitychange", onVisibility);
    setClient(opened);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      opened.close();
      setClient(undefined);
    };
  }, [url, beginning]);
  const log = useSyncExternalStore(client?.subscribe ?? noSubscription, client?.read ?? readStart, readStart);
  const lineOf = (number: number) => (client ? client.line(number) : beginning?.lines[number]);
  return { client, log, lineOf };
}
