"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { historyProgressQuery } from "@/lib/queries/history";

/** Most of the time the index is complete, and nothing is said. */
const SyncProgressNote = dynamic(() =>
  import("./sync-progress-note").then(({ SyncProgressNote: note }) => note),
);

/** Says how far the index of the history is while it is not complete. */
export function SyncNotice({ target }: { target: string }) {
  const { data } = useQuery(historyProgressQuery(target));
  if (!data || (data.phase === "following" && !data.mistake)) return null;
  return <SyncProgressNote progress={data} />;
}
