"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { describeDuration } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import { counted } from "@/lib/core/words";
import type { RollOutPreview } from "@/lib/fleet/roll-outs/types";
import { type GroupDraft, type GroupEdit, replacedBy } from "./group-draft";
import { GroupDraftFields } from "./group-draft-fields";
import { ActiveNote, DoubtNotes, PreviewNote } from "./preview-notes";

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
                  <GroupDraftFields
                    target={target}
                    preview={preview}
                    draft={draft}
                    wrong={wrong}
                    onEdit={onEdit}
                  />
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
function Notes({ target, preview }: { target: string; preview: RollOutPreview }) {
  const { obstacle, active, doubts, owner } = preview;
  return (
    <>
      {obstacle && (
        <PreviewNote glyph="!">
          {obstacle} Leave the group out, or <Link href={urls.fleet(target)}>change it first</Link>.
        </PreviewNote>
      )}
      {active && <ActiveNote target={target} active={active} />}
      {owner && (
        <PreviewNote glyph="!">
          {owner} owns this group by its tags. Its next run may undo this: change the version there too.
        </PreviewNote>
      )}
      <DoubtNotes doubts={doubts} />
    </>
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
