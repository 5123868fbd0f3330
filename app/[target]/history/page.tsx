import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { askedOf } from "@/components/history/history-question";
import { HistoryView } from "@/components/history/history-view";
import { SyncNotice } from "@/components/history/sync-notice";
import { WallLink } from "@/components/history/wall-link";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { answerQuestion, showOf } from "@/lib/history/answer-question";
import { getSyncProgress } from "@/lib/history/get-sync-progress";
import type { HistoryShow, HistoryState } from "@/lib/history/types";
import { historyProgressQuery, historyQuery } from "@/lib/queries/history";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "History" };

export default async function HistoryPage({ params, searchParams }: PageProps<"/[target]/history">) {
  const [{ target }, search] = await Promise.all([params, searchParams]);
  const state: HistoryState = Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  const wall = state.show === "wall";
  const show = showOf(state.show);
  const asked = askedOf(show, state);
  const ctx = await openContext(target);
  const client = new QueryClient();
  // Slower steps are read beside the durations that they explain.
  const shows: HistoryShow[] = show === "durations" ? [show, "slower"] : [show];
  await Promise.all([
    ...shows.map((each) =>
      client.prefetchQuery({
        ...historyQuery(target, each, asked),
        queryFn: () => answerQuestion({ ctx, input: { show: each, state: asked } }),
      }),
    ),
    client.prefetchQuery({ ...historyProgressQuery(target), queryFn: () => getSyncProgress({ ctx }) }),
  ]);
  return (
    <>
      <PageHeader
        crumbs={wall ? "History" : <Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>}
        title={wall ? (state.targets === "all" ? "All accounts" : ctx.target.label) : "History"}
      >
        <WallLink target={target} />
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        {!wall && <SyncNotice target={target} />}
        <HistoryView target={target} wall={wall} />
      </HydrationBoundary>
    </>
  );
}
