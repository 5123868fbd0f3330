"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { HistoryShow, HistoryState } from "@/lib/history/types";
import { historyQuery } from "@/lib/queries/history";
import { askedOf } from "./history-question";
import { HistoryToolbar } from "./history-toolbar";
import type { PanelProps } from "./panel-props";
import { useHistoryState } from "./use-history-state";

type Panels = { [Show in HistoryShow]: ComponentType<PanelProps<Show>> };

const Loading = () => (
  <Card flush>
    <Skeleton label="Loading the history" lines={12} />
  </Card>
);

const HistoryWall = dynamic(() => import("./history-wall").then((file) => file.HistoryWall), {
  loading: Loading,
});

/** One question is asked at a time, so its panel alone is loaded. */
const PANELS: Panels = {
  health: dynamic(() => import("./factory-health-panel").then((file) => file.FactoryHealthPanel), {
    loading: Loading,
  }),
  calendar: dynamic(() => import("./run-calendar-panel").then((file) => file.RunCalendarPanel), {
    loading: Loading,
  }),
  coming: dynamic(() => import("./coming-runs-panel").then((file) => file.ComingRunsPanel), {
    loading: Loading,
  }),
  failures: dynamic(() => import("./failure-causes-panel").then((file) => file.FailureCausesPanel), {
    loading: Loading,
  }),
  durations: dynamic(() => import("./build-durations-panel").then((file) => file.BuildDurationsPanel), {
    loading: Loading,
  }),
  slower: dynamic(() => import("./slower-steps-panel").then((file) => file.SlowerStepsPanel), {
    loading: Loading,
  }),
  changes: dynamic(() => import("./factory-changes-panel").then((file) => file.FactoryChangesPanel), {
    loading: Loading,
  }),
  packages: dynamic(() => import("./package-changes-panel").then((file) => file.PackageChangesPanel), {
    loading: Loading,
  }),
  findings: dynamic(() => import("./factory-findings-panel").then((file) => file.FactoryFindingsPanel), {
    loading: Loading,
  }),
  costs: dynamic(() => import("./factory-costs-panel").then((file) => file.FactoryCostsPanel), {
    loading: Loading,
  }),
  builds: dynamic(() => import("./history-builds-panel").then((file) => file.HistoryBuildsPanel), {
    loading: Loading,
  }),
};

/** What the factory has done: one question at a time, about any pipelines and days. */
export function HistoryView({ target, wall }: { target: string; wall: boolean }) {
  const { show, state, question } = useHistoryState(target);
  if (wall) return <HistoryWall target={target} question={question} />;
  return (
    <>
      <HistoryToolbar target={target} show={show} question={question} />
      <HistoryAnswer key={show} target={target} show={show} state={state} question={question} />
    </>
  );
}

function HistoryAnswer<Show extends HistoryShow>({
  target,
  show,
  state,
  question,
}: {
  target: string;
  show: Show;
  state: HistoryState;
  question: HistoryState;
}) {
  const { data, error, refetch } = useQuery(historyQuery(target, show, askedOf(show, state)));
  const Panel: ComponentType<PanelProps<Show>> = PANELS[show];
  if (data)
    return (
      <div data-history-answer="">
        <Panel target={target} answer={data} question={question} state={state} />
      </div>
    );
  return (
    <Card flush>
      {error ? (
        <ReadFailure title="Couldn't load the history" error={error} onRetry={refetch} />
      ) : (
        <Skeleton label="Loading the history" lines={12} />
      )}
    </Card>
  );
}
