"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { LogClient, type LogSnapshot } from "./log-client";

const noSubscription = () => () => undefined;

/**
 * A build's log as long as the component is there: one worker, one connection, and none while the tab is hidden.
 * `client` is undefined before the page has come to life.
 */
export function useBuildLog(url: string): { client: LogClient | undefined; log: LogSnapshot } {
  const [client, setClient] = useState<LogClient>();
  useEffect(() => {
    const opened = new LogClient(url, { isVisible: !document.hidden });
    const onVisibility = () => opened.setVisible(!document.hidden);
    document.addEventListener("visibilitychange", onVisibility);
    setClient(opened);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      opened.close();
      setClient(undefined);
    };
  }, [url]);
  const log = useSyncExternalStore(
    client?.subscribe ?? noSubscription,
    client?.read ?? LogClient.readEmpty,
    LogClient.readEmpty,
  );
  return { client, log };
}
