import type { Metadata } from "next";
import { LogSearchView } from "@/components/build-log/log-search-view";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Search logs" };

export default async function SearchLogsPage({ params, searchParams }: PageProps<"/[target]/search-logs">) {
  const { target } = await params;
  const { text, days } = await searchParams;
  await openContext(target);
  return (
    <LogSearchView
      target={target}
      text={typeof text === "string" ? text : ""}
      days={Number(typeof days === "string" ? days : 30) || 30}
    />
  );
}
