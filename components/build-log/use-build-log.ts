"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type { LogHead } from "@/lib/build-log/reader/types";
import { LogClient } from "./log-client";
import { LogReader, type LogReading } from "./log-reader";

/**
 * A build's log as long as the component is there: one worker, one connection, and none while the tab is hidden.
 * Before that it is its `head`, where there is one.
 */
export function useBuildLog(
  url: string,
  head: LogHead | undefined,
): { reader: LogReader; reading: LogReading } {
  // A page that is read anew has the same log: what is held of it stays.
  const [beginning] = useState(head);
  const [reader] = useState(
    () => new LogReader(beginning, (hash) => history.replaceState(history.state, "", hash)),
  );
  useEffect(() => {
    const client = new LogClient(url, { isVisible: !document.hidden, head: beginning });
    const leave = reader.attach(client, location.hash);
    const onVisibility = () => client.setVisible(!document.hidden);
    // The address changes without the page being drawn anew.
    const onHash = () => reader.followAddress(location.hash);
    document.addEventListener("visibilitychange", onVisibility);
    window.addEventListener("hashchange", onHash);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      window.removeEventListener("hashchange", onHash);
      leave();
      client.close();
    };
  }, [url, beginning, reader]);
  const reading = useSyncExternalStore(reader.subscribe, reader.read, reader.readStart);
  return { reader, reading };
}
