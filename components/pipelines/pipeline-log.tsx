"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import type { PipelineLog as Log, PipelineRunNote } from "@/lib/build-log/pipeline-log/types";
import { urls } from "@/lib/core/urls";
import { pipelineLogQuery } from "@/lib/queries/pipeline-log";

const SHOWN_AT_FIRST = 8;
const TONES = { started: "ok", skipped: "mute", failed: "fail", other: "mute" } as const;

/** Why scheduled runs started or were skipped, as Image Builder wrote it into the pipeline's own log group. */
export function PipelineLog({ target, name }: { target: string; name: string }) {
  const { data: log, error, refetch } = useQuery(pipelineLogQuery(target, name));
  return (
    <Card title="Schedule history" note="why runs started or were skipped" flush>
      {log ? (
        <Notes target={target} log={log} />
      ) : error ? (
        <ReadFailure title="Couldn't load the pipeline's log" error={error} onRetry={refetch} />
      ) : (
        <Skeleton label="Loading the pipeline's log" lines={4} />
      )}
    </Card>
  );
}

function Notes({ target, log: { notes, group, reason, isCut } }: { target: string; log: Log }) {
  const [showsAll, setShowsAll] = useState(false);
  if (notes.length === 0)
    return (
      <EmptyState title="No entries yet">
        {reason ?? "No recent scheduled runs."} Log group <Mono>{group}</Mono>.
      </EmptyState>
    );
  const shown = showsAll ? notes : notes.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <ol aria-label="Entries, latest first" className="m-0 list-none p-0">
        {shown.map((note) => (
          <li
            key={`${note.at} ${note.message}`}
            className="grid gap-x-3 gap-y-0.5 border-line px-3.5 py-2 not-last:border-b sm:grid-cols-[auto_minmax(0,1fr)]"
          >
            <span className="flex items-baseline gap-2 sm:w-[190px]">
              {note.outcome !== "other" && (
                <StatusBadge tone={TONES[note.outcome]}>{note.outcome}</StatusBadge>
              )}
              <span className="text-ink-3 text-xs">
                <RelativeTime at={note.at} />
              </span>
            </span>
            <span className="text-[13px] [overflow-wrap:anywhere]">
              {note.message} <BuildLink target={target} build={note.build} />
            </span>
          </li>
        ))}
      </ol>
      {notes.length > shown.length && (
        <Button variant="quiet" layout="m-2 px-2" onClick={() => setShowsAll(true)}>
          Show {notes.length - shown.length} earlier
        </Button>
      )}
      {isCut && notes.length === shown.length && (
        <p className="m-0 border-line border-t px-3.5 py-2 text-ink-2">
          Earlier entries were not read. Log group <Mono>{group}</Mono>.
        </p>
      )}
    </>
  );
}

function BuildLink({ target, build }: { target: string; build: PipelineRunNote["build"] }) {
  if (!build) return null;
  return (
    <Link href={urls.imageBuild(target, build)} prefetch={false} className="whitespace-nowrap underline">
      Build {build.version}/{build.build}
    </Link>
  );
}
