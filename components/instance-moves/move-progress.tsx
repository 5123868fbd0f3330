"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { DoubtList } from "@/components/ui/doubt-list";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import { urls } from "@/lib/core/urls";
import type { MoveStep, MoveStepState, MoveView } from "@/lib/fleet/moves/types";
import { ChangeDestinationButton } from "./change-destination-button";
import { MoveStepButton } from "./move-step-button";

const LOOKS: Record<MoveStepState["state"], { glyph: string; word: string; color: string }> = {
  done: { glyph: "✓", word: "done", color: "text-ok" },
  "under way": { glyph: "◐", word: "under way", color: "text-run" },
  open: { glyph: "○", word: "to do", color: "text-ink-3" },
  failed: { glyph: "×", word: "failed", color: "text-fail" },
  "not needed": { glyph: "–", word: "not needed", color: "text-ink-3" },
  "not known": { glyph: "?", word: "not known", color: "text-wait" },
};

/** The steps of a move with what exists of each. It can be left and come back to at any time. */
export function MoveProgress({ target, move }: { target: string; move: MoveView }) {
  const { destination, steps, endedAt, endedBy, region } = move;
  const canChange = !endedAt && steps.launch.state !== "done" && steps.launch.state !== "not known";
  return (
    <>
      <DoubtList doubts={move.doubts} />
      <Card
        title={`To ${destination.region}`}
        note={
          endedAt ? (
            <>
              ended <RelativeTime at={endedAt} /> by {endedBy}
            </>
          ) : (
            <>
              started <RelativeTime at={move.startedAt} /> by {move.startedBy}
            </>
          )
        }
        action={canChange && <ChangeDestinationButton target={target} move={move} />}
      >
        <FactList
          facts={[
            { label: "From", value: region },
            { label: "Subnet", value: <Mono>{destination.subnetId}</Mono> },
            { label: "Instance type", value: destination.instanceType },
            { label: "Security groups", value: <Mono>{destination.securityGroupIds.join(", ")}</Mono> },
            { label: "Key pair", value: destination.keyName ?? "none" },
            { label: "Key for the copy", value: destination.keyId },
          ]}
        />
      </Card>
      <Card title="Steps" flush>
        <ol className="m-0 list-none p-0">
          {STEPS.filter(({ step }) => steps[step].state !== "not needed").map(({ step, title, shows }) => (
            <StepRow key={step} target={target} move={move} step={step} title={title}>
              {shows(target, move)}
            </StepRow>
          ))}
        </ol>
      </Card>
      {!endedAt && (
        <div className="flex justify-end">
          <MoveStepButton target={target} move={move} step="end" />
        </div>
      )}
    </>
  );
}

function StepRow({
  target,
  move,
  step,
  title,
  children,
}: {
  target: string;
  move: MoveView;
  step: MoveStep;
  title: string;
  children: ReactNode;
}) {
  const { state, possible } = move.steps[step];
  const { glyph, word, color } = LOOKS[state];
  const waits = state === "open" && !possible.can && !move.endedAt && step !== "check";
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 border-line border-b px-3.5 py-2.5 last:border-b-0">
      <span aria-hidden="true" className={`w-4 text-center ${color}`}>
        {glyph}
      </span>
      <div className="grid min-w-0 flex-1 basis-48 gap-0.5">
        <span>
          <span className="font-[550]">{title}</span> <span className={`text-xs ${color}`}>{word}</span>
        </span>
        <div className="text-ink-2 text-xs [overflow-wrap:anywhere]">
          {children}
          {waits && !possible.can && <span>{possible.why}</span>}
        </div>
      </div>
      {possible.can && step !== "check" && (
        <MoveStepButton target={target} move={move} step={step} isAgain={state === "failed"} />
      )}
    </li>
  );
}

const STEPS: { step: MoveStep; title: string; shows: (target: string, move: MoveView) => ReactNode }[] = [
  {
    step: "ami",
    title: "Create an AMI of the instance",
    shows: (target, { ami, region }) =>
      ami && (
        <>
          <AmiLink target={target} region={region} amiId={ami.amiId} /> is {ami.state}.{" "}
        </>
      ),
  },
  {
    step: "copy",
    title: "Copy it to the Region",
    shows: (target, { copy, destination: { region } }) =>
      copy && (
        <>
          <AmiLink target={target} region={region} amiId={copy.amiId} /> is {copy.state}.{" "}
        </>
      ),
  },
  {
    step: "launch",
    title: "Launch the new instance",
    shows: (_, { launched }) =>
      launched && (
        <>
          <Mono>{launched.instanceId}</Mono> is {launched.state}.
          {launched.reason && ` AWS says: ${launched.reason}`}{" "}
        </>
      ),
  },
  {
    step: "check",
    title: "Check that it runs",
    shows: (_, { launched, steps }) =>
      launched?.checks
        ? `AWS’s status checks: ${launched.checks}.${steps.stop.possible.can ? " Check your application yourself before you stop the old instance." : ""}`
        : "AWS checks the instance and its host.",
  },
  {
    step: "stop",
    title: "Stop the old instance",
    shows: (_, { old, instanceId }) => (
      <>
        <Mono>{instanceId}</Mono> is {old.state}.{" "}
        {old.state === "stopped" &&
          "Its volumes stay and cost money. Terminate it in AWS’s console when nothing needs it. "}
      </>
    ),
  },
];

function AmiLink({ target, region, amiId }: { target: string; region: string; amiId: string }) {
  return (
    <Link href={urls.ami(target, { region, amiId })} prefetch={false} className="font-mono">
      {amiId}
    </Link>
  );
}
