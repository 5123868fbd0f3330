"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import type { HistoryShow, HistoryState } from "@/lib/history/types";
import { historyQuery } from "@/lib/queries/history";
import { BuildDurationsPanel } from "./build-durations-panel";
import { ComingRunsPanel } from "./coming-runs-panel";
import { FactoryChangesPanel } from "./factory-changes-panel";
import { FactoryCostsPanel } from "./factory-costs-panel";
import { FactoryFindingsPanel } from "./factory-findings-panel";
import { FactoryHealthPanel } from "./factory-health-panel";
import { FailureCausesPanel } from "./failure-causes-panel";
import { HistoryBuildsPanel } from "./history-builds-panel";
import { askedOf } from "./history-question";
import { HistoryToolbar } from "./history-toolbar";
import { HistoryWall } from "./history-wall";
import { PackageChangesPanel } from "./package-changes-panel";
import type { PanelProps } from "./panel-props";
import { RunCalendarPanel } from "./run-calendar-panel";
import { SlowerStepsPanel } from "./slower-steps-panel";
import { SyncNotice } from "./sync-notice";
import { useHistoryState } from "./use-history-state";

type Panels = { [Show in HistoryShow]: (props: PanelProps<Show>) => ReactNode };

const PANELS: Panels = {
  health: FactoryHealthPanel,
  calendar: RunCalendarPanel,
  coming: ComingRunsPanel,
  failures: FailureCausesPanel,
  durations: BuildDurationsPanel,
  slower: SlowerStepsPanel,
  changes: FactoryChangesPanel,
  packages: PackageChangesPanel,
  findings: FactoryFindingsPanel,
  costs: FactoryCostsPanel,
  builds: HistoryBuildsPanel,
};

/** What the factory has done: one question at a time, about any pipelines and days. */
export function HistoryView({ target, wall }: { target: string; wall: boolean }) {
  const { show, state, question } = useHistoryState(target);
  if (wall) return <HistoryWall target={target} question={question} />;
  return (
    <>
      {target !== ALL_ACCOUNTS && <SyncNotice target={target} />}
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
  const Panel: (props: PanelProps<Show>) => ReactNode = PANELS[show];
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
