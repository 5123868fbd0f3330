import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { askedOf } from "@/components/history/history-question";
import { HistoryView } from "@/components/history/history-view";
import { WallLink } from "@/components/history/wall-link";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import { answerQuestion, showOf } from "@/lib/history/answer-question";
import type { HistoryShow, HistoryState } from "@/lib/history/types";
import { historyQuery } from "@/lib/queries/history";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "History" };

export default async function AllHistoryPage({ searchParams }: PageProps<"/all-accounts/history">) {
  const state: HistoryState = Object.fromEntries(
    Object.entries(await searchParams).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
  const wall = state.show === "wall";
  const show = showOf(state.show);
  const asked = askedOf(show, { ...state, targets: "all" });
  const ctx = await openContext();
  const client = new QueryClient();
  const shows: HistoryShow[] = show === "durations" ? [show, "slower"] : [show];
  await Promise.all(
    shows.map((each) =>
      client.prefetchQuery({
        ...historyQuery(ALL_ACCOUNTS, each, asked),
        queryFn: () => answerQuestion({ ctx, input: { show: each, state: asked } }),
      }),
    ),
  );
  return (
    <>
      <PageHeader
        crumbs={wall ? "History" : <Crumb to={urls.overview(ALL_ACCOUNTS)}>All accounts</Crumb>}
        title={wall ? "All accounts" : "History"}
      >
        <WallLink target={ALL_ACCOUNTS} />
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <HistoryView target={ALL_ACCOUNTS} wall={wall} />
      </HydrationBoundary>
    </>
  );
}
