"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { describeDuration } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import type { RollOutPreview } from "@/lib/fleet/roll-outs/types";
import { type GroupDraft, type GroupEdit, replacedBy } from "./group-draft";
import { PreferenceFields } from "./preference-fields";
import { RollOutPlanCard } from "./roll-out-plan-card";
import { counted } from "./roll-out-words";
import { TypedAlarms } from "./typed-alarms";
import { VersionChoice } from "./version-choice";
import { WayBackCard } from "./way-back-card";

const SECOND_MS = 1000;

/** One group of several before the start: its plan in a line, its refusals, and everything that can be changed. */
export function SeriesGroupCard({
  target,
  groupKey: { region, group },
  place: { index, of },
  preview,
  error,
  draft,
  wrong,
  onEdit,
  onMove,
  onLeaveOut,
}: {
  target: string;
  groupKey: { region: string; group: string };
  place: { index: number; of: number };
  preview: RollOutPreview | undefined;
  error: Error | undefined;
  draft: GroupDraft | undefined;
  wrong: Record<string, string>;
  onEdit: (edit: GroupEdit) => void;
  onMove: (to: number) => void;
  onLeaveOut: () => void;
}) {
  return (
    <Card
      title={`${index + 1} ${group}`}
      note={region}
      action={
        <div className="flex gap-1">
          <MoveButton
            label={`Move ${group} up`}
            isPossible={index > 0}
            position={index}
            onMove={() => onMove(index - 1)}
          >
            <ArrowUp size={14} aria-hidden />
          </MoveButton>
          <MoveButton
            label={`Move ${group} down`}
            isPossible={index < of - 1}
            position={index}
            onMove={() => onMove(index + 1)}
          >
            <ArrowDown size={14} aria-hidden />
          </MoveButton>
          <Button variant="quiet" aria-label={`Leave out ${group}`} onClick={onLeaveOut}>
            Leave out
          </Button>
        </div>
      }
    >
      {error && !preview ? (
        <p role="alert" className="m-0 text-fail">
          {error.message} Leave the group out, or try again later.
        </p>
      ) : !preview || !draft ? (
        <Skeleton label={`Loading ${group}`} lines={3} />
      ) : (
        <div className="grid gap-2.5">
          <Notes target={target} preview={preview} />
          {!preview.obstacle && (
            <>
              <Summary preview={preview} draft={draft} />
              <details open={Object.keys(wrong).length > 0 || undefined}>
                <summary className="cursor-pointer text-ink-2">Image, way back, and preferences</summary>
                <div className="mt-2 grid gap-3">
                  <div className="grid gap-3 lg:grid-cols-2">
                    <Card title="Image" note={preview.template && `launch template ${preview.template.name}`}>
                      <VersionChoice
                        preview={preview}
                        chosen={draft.choice}
                        onChange={(to) => onEdit({ to })}
                      />
                    </Card>
                    {draft.plan ? (
                      <RollOutPlanCard plan={draft.plan} desired={preview.desired} />
                    ) : (
                      <Card title="What happens">Enter whole numbers to see the plan.</Card>
                    )}
                  </div>
                  <WayBackCard
                    preview={preview}
                    wayBack={draft.wayBack}
                    choice={draft.choice}
                    pin={draft.pin}
                    onPin={(pin) => onEdit({ pin })}
                  />
                  <Card title="Preferences" note="defaults of the group and its maintenance policy">
                    <PreferenceFields
                      fields={draft.fields}
                      wrong={wrong}
                      {...(!draft.wayBack.isPossible && {
                        noAutoRollback: "AWS can't roll back here: see the way back.",
                      })}
                      {...(draft.isParameter && {
                        noSkipMatching: "Off: the version stays, its parameter's AMI changes.",
                      })}
                      alarmStates={
                        <TypedAlarms target={target} region={region} names={draft.preferences.alarms} />
                      }
                      onChange={(fields) => onEdit({ fields })}
                    />
                  </Card>
                </div>
              </details>
            </>
          )}
        </div>
      )}
    </Card>
  );
}

/** What keeps the group from being started, and what could not be read. */
function Notes({
  target,
  preview: { obstacle, active, doubts, owner },
}: {
  target: string;
  preview: RollOutPreview;
}) {
  return (
    <>
      {obstacle && (
        <Note glyph="!">
          {obstacle} Leave the group out, or <Link href={urls.fleet(target)}>change it first</Link>.
        </Note>
      )}
      {active && (
        <Note glyph="!">
          An instance refresh of this group is in progress ({active.refreshId}).{" "}
          {active.rollOutId && <Link href={urls.rollOut(target, active.rollOutId)}>Open the roll-out</Link>}
        </Note>
      )}
      {owner && (
        <Note glyph="!">
          {owner} owns this group by its tags. Its next run may undo this: change the version there too.
        </Note>
      )}
      {doubts.map((doubt) => (
        <Note key={doubt} glyph="?">
          {doubt}
        </Note>
      ))}
    </>
  );
}

function Note({ glyph, children }: { glyph: string; children: ReactNode }) {
  return (
    <p role="status" className="m-0 rounded-md bg-wait-soft px-3 py-1.5 text-wait">
      <span aria-hidden="true">{glyph} </span>
      {children}
    </p>
  );
}

function Summary({
  preview: { instances, versions, current, newAmi },
  draft,
}: {
  preview: RollOutPreview;
  draft: GroupDraft;
}) {
  const { choice, plan, wayBack, preferences } = draft;
  const textOf = (number: number | undefined) => {
    const version = versions.find((one) => one.number === number);
    const { build } = version ?? {};
    return build ? `${build.name} ${build.version}/${build.build}` : `version ${number ?? "not known"}`;
  };
  const to =
    "version" in choice
      ? textOf(choice.version)
      : newAmi
        ? `${newAmi.image.name} ${newAmi.image.version}/${newAmi.image.build}`
        : choice.amiId;
  const total = plan && plan.seconds.replacing + plan.seconds.checkpoints + plan.seconds.baking;
  return (
    <ul className="m-0 flex list-none flex-wrap gap-x-5 gap-y-1 p-0 [overflow-wrap:anywhere]">
      <li>
        {textOf(current)} <span aria-hidden="true">→</span>
        <span className="sr-only"> to </span> <b>{to}</b>
      </li>
      {plan && (
        <li>
          {replacedBy(plan) > 0
            ? `Replaces ${replacedBy(plan)} of ${counted(instances.length, "instance")} in ${counted(plan.batches.length, "batch", "batches")}, about ${describeDuration((total ?? 0) * SECOND_MS)}`
            : "Replaces nothing: all instances run this version"}
        </li>
      )}
      {plan && (
        <li className={plan.capacity.least === 0 && plan.replaced.length > 0 ? "text-wait" : "text-ink-2"}>
          {plan.capacity.least} to {plan.capacity.most} in service
        </li>
      )}
      <li>
        {wayBack.isPossible ? (
          <span className="text-ok">✓ Roll-back possible</span>
        ) : (
          <span className="text-fail">× No roll-back</span>
        )}
      </li>
      <li className="text-ink-2">
        {preferences.alarms.length > 0 ? counted(preferences.alarms.length, "alarm") : "No alarms"}
      </li>
    </ul>
  );
}

/** Keeps the focus after the move, so that one key moves a group further. */
function MoveButton({
  label,
  isPossible,
  position,
  onMove,
  children,
}: {
  label: string;
  isPossible: boolean;
  position: number;
  onMove: () => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLSpanElement>(null);
  const [movedFrom, setMovedFrom] = useState<number>();
  useEffect(() => {
    if (movedFrom === undefined || movedFrom === position) return;
    box.current?.querySelector("button")?.focus();
    setMovedFrom(undefined);
  }, [movedFrom, position]);
  return (
    <span ref={box}>
      <Button
        variant="quiet"
        layout="justify-center px-2"
        aria-label={label}
        title={label}
        aria-disabled={isPossible ? undefined : true}
        onClick={() => {
          if (!isPossible) return;
          setMovedFrom(position);
          onMove();
        }}
      >
        {children}
      </Button>
    </span>
  );
}
