"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { type Fact, FactList } from "@/components/ui/fact-list";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { describeDuration } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import type { RollOutView } from "@/lib/fleet/roll-outs/types";
import { rollOutQuery } from "@/lib/queries/roll-outs";
import { AlarmList } from "./alarm-list";
import { CheckpointCard } from "./checkpoint-card";
import { RollOutInstances } from "./roll-out-instances";
import { RollOutProgress } from "./roll-out-progress";
import { startText, statusOf } from "./roll-out-words";
import { StepButton } from "./step-button";

const SECOND_MS = 1000;

/** One roll-out, live: how far it is, instance by instance, and what can be done about it. */
export function RollOutPage({ target, id }: { target: string; id: string }) {
  const { data, error, refetch } = useQuery(rollOutQuery(target, id));
  if (data) return <Loaded target={target} rollOut={data} />;
  if (error) return <ReadFailure title="Couldn't load the roll-out" error={error} onRetry={refetch} />;
  return <Skeleton label="Loading the roll-out" lines={8} />;
}

function Loaded({ target, rollOut }: { target: string; rollOut: RollOutView }) {
  const { group, region, before, after, steps, checkpoint, endedAt } = rollOut;
  const { tone, word } = statusOf(rollOut);
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.rollOuts(target)}>Roll-outs</Crumb>}
        title={group}
        detail={
          <>
            <span className="text-ink-2 [overflow-wrap:anywhere]">
              {startText(before)} <span aria-hidden="true">→</span>
              <span className="sr-only"> to </span> {startText(after)}
            </span>
            <span role="status" aria-label="Roll-out status">
              <StatusBadge tone={tone}>{word}</StatusBadge>
            </span>
          </>
        }
      >
        {!endedAt && !checkpoint && (
          <StepButton target={target} rollOut={rollOut} step="rollBack" possible={steps.rollBack} />
        )}
        {!endedAt && !checkpoint && (
          <StepButton target={target} rollOut={rollOut} step="cancel" possible={steps.cancel} />
        )}
        {endedAt && steps.carryOn.can && (
          <StepButton target={target} rollOut={rollOut} step="carryOn" possible={steps.carryOn} />
        )}
        {endedAt && steps.turnBack.can && (
          <StepButton target={target} rollOut={rollOut} step="turnBack" possible={steps.turnBack} />
        )}
      </PageHeader>
      <div className="grid gap-3">
        {rollOut.doubts.map((doubt) => (
          <p key={doubt} role="status" className="m-0 rounded-md bg-wait-soft px-3.5 py-2 text-wait">
            <span aria-hidden="true">? </span>
            {doubt}
          </p>
        ))}
        <Related target={target} rollOut={rollOut} />
        <RollOutProgress rollOut={rollOut} />
        {checkpoint && <CheckpointCard target={target} rollOut={rollOut} checkpoint={checkpoint} />}
        <div className="grid gap-3 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
          <div className="grid content-start gap-3">
            <RollOutInstances rollOut={rollOut} />
            <WayBack rollOut={rollOut} />
          </div>
          <div className="grid content-start gap-3">
            {rollOut.alarms.length > 0 && (
              <Card title="Alarms" note={endedAt ? "as they are now" : "one in ALARM stops the roll-out"}>
                <AlarmList alarms={rollOut.alarms} />
              </Card>
            )}
            <Card title="Preferences" note={region}>
              <FactList facts={factsOf(rollOut)} />
            </Card>
          </div>
        </div>
      </div>
    </>
  );
}

function Related({
  target,
  rollOut: { continues, returns, followedBy, series },
}: {
  target: string;
  rollOut: RollOutView;
}) {
  const before = continues ?? returns;
  if (!before && !followedBy && !series) return null;
  return (
    <p className="m-0 text-ink-2">
      {series && (
        <>
          Part of{" "}
          <Link href={urls.rollOutSeries(target, series)} prefetch={false}>
            a roll-out to several groups
          </Link>
          .{" "}
        </>
      )}
      {before && (
        <>
          {continues ? "Continues" : "Returns from"}{" "}
          <Link href={urls.rollOut(target, before)} prefetch={false}>
            an earlier roll-out
          </Link>
          .{" "}
        </>
      )}
      {followedBy && (
        <>
          {followedBy.as === "continues" ? "Continued by" : "Returned by"}{" "}
          <Link href={urls.rollOut(target, followedBy.id)} prefetch={false}>
            a later roll-out
          </Link>
          .
        </>
      )}
    </p>
  );
}

/** What can be undone, how, and what stays: with the reason where there is no way. */
function WayBack({ rollOut: { steps, limits, before, endedAt, pinned, after } }: { rollOut: RollOutView }) {
  const { rollBack, turnBack } = steps;
  return (
    <Card title="Way back" note={`to ${startText(before)}`}>
      <div className="grid gap-2">
        {!endedAt && (
          <p className="m-0">
            {rollBack.can ? (
              <span className="font-[550] text-ok">✓ Roll-back possible</span>
            ) : (
              <>
                <span className="font-[550] text-fail">× No roll-back</span> {rollBack.why}
              </>
            )}
          </p>
        )}
        {endedAt && (
          <p className="m-0">
            {turnBack.can ? (
              <>
                <span className="font-[550] text-ok">✓ Return possible</span> by another roll-out to version{" "}
                {before.version}.
              </>
            ) : (
              <>
                <span className="font-[550] text-ink-2">– No return</span> {turnBack.why}
              </>
            )}
          </p>
        )}
        {limits.map((limit) => (
          <p key={limit} className="m-0 text-wait">
            <span aria-hidden="true">! </span>
            {limit}
          </p>
        ))}
        {pinned && (
          <p className="m-0 text-ink-2">
            The group followed {pinned}. It was set to version {before.version} for this roll-out
            {endedAt ? "" : `, and is set to version ${after.version} when it succeeds`}.
          </p>
        )}
        <p className="m-0 text-ink-2">
          Neither undoes what new instances wrote to databases, queues, or shared volumes.
        </p>
      </div>
    </Card>
  );
}

function factsOf({ preferences, startedAt, startedBy, endedAt, refreshId }: RollOutView): Fact[] {
  const p = preferences;
  return [
    { label: "Started by", value: startedBy },
    { label: "Started", value: <RelativeTime at={startedAt} /> },
    { label: "Ended", value: endedAt && <RelativeTime at={endedAt} /> },
    { label: "Capacity", value: `${p.minHealthyPercentage}% to ${p.maxHealthyPercentage}%` },
    { label: "Warm-up", value: describeDuration(p.instanceWarmup * SECOND_MS) },
    {
      label: "Checkpoints",
      value:
        p.checkpointPercentages.length > 0
          ? `${p.checkpointPercentages.join(", ")}%, ${describeDuration(p.checkpointDelay * SECOND_MS)} each`
          : "None",
    },
    { label: "Bake time", value: p.bakeTime > 0 ? describeDuration(p.bakeTime * SECOND_MS) : undefined },
    { label: "Alarms", value: p.alarms.length > 0 ? p.alarms.join(", ") : "None watched" },
    { label: "Automatic roll-back", value: p.autoRollback ? "Yes" : "No" },
    { label: "Skip matching", value: p.skipMatching ? "Yes" : "No" },
    { label: "Protected", value: p.scaleInProtectedInstances },
    { label: "Standby", value: p.standbyInstances },
    { label: "Instance refresh", value: refreshId ?? "Not confirmed by AWS yet" },
  ];
}
