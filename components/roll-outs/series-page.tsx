"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { DoubtList } from "@/components/ui/doubt-list";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { urls } from "@/lib/core/urls";
import type { SeriesView } from "@/lib/fleet/series/types";
import { rollOutSeriesQuery } from "@/lib/queries/roll-outs";
import { AlarmList } from "./alarm-list";
import { SeriesDecision } from "./series-decision";
import { SeriesGroups } from "./series-groups";
import { SeriesStepButton } from "./series-step-button";
import { SeriesTrack } from "./series-track";
import { seriesCount, seriesStatusOf, seriesTitle } from "./series-words";

/** A roll-out of several groups, live: which are done, which waits for what, and what can be decided. */
export function SeriesPage({ target, id }: { target: string; id: string }) {
  const { data, error, refetch } = useQuery(rollOutSeriesQuery(target, id));
  if (data) return <Loaded target={target} series={data} />;
  if (error) return <ReadFailure title="Couldn't load the roll-out" error={error} onRetry={refetch} />;
  return <Skeleton label="Loading the roll-out" lines={8} />;
}

function Loaded({ target, series }: { target: string; series: SeriesView }) {
  const { tone, word } = seriesStatusOf(series);
  const { startedAt, startedBy, endedAt, state, doubts, parts } = series;
  const hidden = parts.filter(({ isHidden }) => isHidden).length;
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.rollOuts(target)}>Roll-outs</Crumb>}
        title={seriesTitle(series)}
        detail={
          <>
            <span className="text-ink-2">{seriesCount(series)}</span>
            <span role="status" aria-label="Roll-out status">
              <StatusBadge tone={tone}>{word}</StatusBadge>
            </span>
          </>
        }
      >
        {!endedAt && <SeriesStepButton target={target} series={series} step="end" />}
      </PageHeader>
      <div className="grid gap-3">
        <DoubtList doubts={doubts} />
        <SeriesTrack target={target} series={series} />
        <SeriesDecision target={target} series={series} />
        {series.alarms.length > 0 && (
          <Card title="Alarms" note="one in ALARM stops a group, and keeps a timed gate closed">
            <AlarmList alarms={series.alarms} />
          </Card>
        )}
        <SeriesGroups target={target} series={series} />
        <Card>
          <p className="m-0 text-ink-2">
            Started <RelativeTime at={startedAt} /> by {startedBy}.{" "}
            {endedAt && (
              <>
                Ended <RelativeTime at={endedAt} />
                {state.is === "ended" && state.by ? ` by ${state.by}` : ""}.{" "}
              </>
            )}
            {!endedAt &&
              "Gates that open automatically start a group in this person's name, with what that person may do then. "}
            {hidden > 0 &&
              `${hidden} ${hidden === 1 ? "group runs an image" : "groups run images"} that you may not see.`}
          </p>
        </Card>
      </div>
    </>
  );
}
