"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { ScrolledText } from "@/components/ui/scrolled-text";
import { Skeleton } from "@/components/ui/skeleton";
import { METRICS_NAMESPACE, metricCount } from "@/lib/as-code/cloudwatch-names";
import { CLOUDWATCH_PRICES } from "@/lib/authoring/cost/prices";
import type { MetricsExport } from "@/lib/history/cloudwatch/types";
import { metricsExportQuery } from "@/lib/queries/metrics-export";
import type { TargetSetting } from "@/lib/settings/types";

const MetricsCode = dynamic(() => import("./metrics-code-forms").then((file) => file.MetricsCodeForms));

/** Builds, durations, image age and findings as metrics in CloudWatch: what is sent, since when, and what it costs. */
export function MetricsCard({ setting }: { setting: TargetSetting }) {
  const [isShown, setShown] = useState(false);
  const { data, error, refetch } = useQuery(metricsExportQuery(setting.id));
  if (error && !data)
    return <ReadFailure title="Couldn't load the metrics" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton label="Loading the metrics" lines={4} />;
  return (
    <div className="grid gap-4">
      <Card title="CloudWatch metrics">
        <div className="grid justify-items-start gap-2.5 [overflow-wrap:anywhere]">
          {data.most === undefined ? <MetricsOff setting={setting} /> : <MetricsOn data={data} />}
          <Price most={data.most} />
          <Button onClick={() => setShown(!isShown)}>
            {isShown ? "Hide code" : "Show code for a dashboard and alarms"}
          </Button>
        </div>
      </Card>
      {isShown && <MetricsCode setting={setting} pipelines={data.pipelines} />}
    </div>
  );
}

function MetricsOff({ setting: { id, label, from } }: { setting: TargetSetting }) {
  return (
    <p className="m-0">
      No metrics of {label} are sent. Turn them on{" "}
      {from === "added" ? (
        "in Accounts, Edit"
      ) : (
        <>
          with <Code>cloudWatchPipelines</Code> of {id} in <Code>GOLDSMITH_TARGETS</Code>
        </>
      )}
      : the number of pipelines that get metrics of their own. 0 sends those of the account alone.
    </p>
  );
}

function MetricsOn({ data }: { data: MetricsExport }) {
  const { pipelines, leftOut, leftOutCount, counted, inDoubt, sentAt, mistake } = data;
  return (
    <>
      <p className="m-0">
        Builds, their durations, the age of the latest image and its findings, in the namespace{" "}
        <Code>{METRICS_NAMESPACE}</Code>.{" "}
        {sentAt ? (
          <>
            Last sent <RelativeTime at={sentAt} />; {counted} {counted === 1 ? "build" : "builds"} sent in the
            last 15 days.
          </>
        ) : (
          "Nothing has been sent yet. Sending begins once the history has been read."
        )}
        {inDoubt > 0 &&
          ` ${inDoubt} ${inDoubt === 1 ? "build was" : "builds were"} being sent when the console was interrupted: it checks what CloudWatch has before it sends again.`}
      </p>
      {mistake && <Mistake mistake={mistake} statements={data.statements} />}
      <NameList
        label="Pipelines with metrics of their own"
        names={pipelines.map(({ name }) => name)}
        none="None: only the account as a whole"
      />
      {leftOutCount > 0 && (
        <NameList
          label="Left out: counted in the account's metrics only"
          names={leftOut}
          more={leftOutCount - leftOut.length}
        />
      )}
    </>
  );
}

function Mistake({
  mistake: { message, since, missingAction, nextTryAt },
  statements,
}: {
  mistake: NonNullable<MetricsExport["mistake"]>;
  statements: string;
}) {
  return (
    <div role="alert" className="grid w-full gap-1.5 rounded bg-fail-soft px-2.5 py-1.5 text-fail">
      <p className="m-0">
        {message} Since <RelativeTime at={since} />.{" "}
        {nextTryAt && "Nothing is lost: the console tries again within the hour."}
      </p>
      {missingAction && (
        <div className="grid gap-1 text-ink">
          <span className="flex items-center gap-1">
            Add to the policy of the console's role:{" "}
            <CopyButton text={statements} label="Copy the statements" />
          </span>
          <ScrolledText text={statements} layout="max-h-60 rounded bg-surface p-2" />
        </div>
      )}
    </div>
  );
}

function NameList({
  label,
  names,
  none,
  more = 0,
}: {
  label: string;
  names: string[];
  none?: string;
  more?: number;
}) {
  return (
    <p className="m-0">
      <span className="font-[550]">{label}</span>: {names.length === 0 ? none : names.join(", ")}
      {more > 0 && ` and ${more} more`}.
    </p>
  );
}

/** https://aws.amazon.com/cloudwatch/pricing/ */
function Price({ most }: { most: number | undefined }) {
  const { metricMonth, thousandRequests, page } = CLOUDWATCH_PRICES;
  const own = metricCount(1) - metricCount(0);
  return (
    <p className="m-0 text-ink-2">
      The list price is ${metricMonth.toFixed(2)} a month for each metric and ${thousandRequests.toFixed(2)}{" "}
      for a thousand requests, in us-east-1 (
      <a href={page} rel="noreferrer" className="underline">
        CloudWatch pricing
      </a>
      ); prices change and differ by Region.{" "}
      {most === undefined
        ? `The account is ${own} metrics, and each pipeline ${own} more.`
        : `At most ${metricCount(most)} metrics are sent, $${(metricCount(most) * metricMonth).toFixed(2)} a month; metrics without values cost nothing.`}
    </p>
  );
}

function Code({ children }: { children: string }) {
  return <code className="font-mono text-xs">{children}</code>;
}
