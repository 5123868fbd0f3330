import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { StatusBadge } from "@/components/ui/status-badge";
import type { CleanUpPlan, PlannedThing } from "@/lib/fleet/clean-up/types";
import { countedKinds, KIND_WORDS } from "./clean-up-words";
import { ThingLink } from "./thing-link";

/** How far the removal is: what is gone, and what is being removed. */
export type Progress = { gone: ReadonlySet<string>; current?: string; failed?: string };

/** What goes, in order, each with what happens to it and how far it is. */
export function GoingList({
  target,
  things,
  progress,
}: {
  target: string;
  things: PlannedThing[];
  progress: Progress;
}) {
  return (
    <Card title="Will be removed" note={things.length > 0 ? "in this order" : undefined} flush>
      {things.length === 0 ? (
        <EmptyState title="Nothing can be removed">
          Everything that is left is used, protected, shared, or not known.
        </EmptyState>
      ) : (
        <ol className="m-0 list-none p-0" aria-label="Will be removed">
          {things.map((thing, index) => (
            <li
              key={thing.id}
              className="grid grid-cols-[2rem_minmax(0,1fr)_auto] gap-x-2 border-line px-3.5 py-2 not-last:border-b"
            >
              <span className="text-ink-3 tabular-nums">{index + 1}</span>
              <span className="min-w-0">
                <ThingName target={target} thing={thing} isGone={progress.gone.has(thing.id)} />
                {thing.what !== "Deleted." && <span className="block text-ink-2">{thing.what}</span>}
              </span>
              <span>
                <StateOf id={thing.id} progress={progress} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function StateOf({ id, progress: { gone, current, failed } }: { id: string; progress: Progress }) {
  if (gone.has(id)) return <StatusBadge tone="ok">removed</StatusBadge>;
  if (failed === id) return <StatusBadge tone="fail">failed</StatusBadge>;
  return current === id && <StatusBadge tone="run">removing</StatusBadge>;
}

/** What stays, each with the reasons. */
export function StayingList({ target, stays }: { target: string; stays: CleanUpPlan["stays"] }) {
  if (stays.length === 0) return null;
  return (
    <Card title="Stays" note={countedKinds(stays)} flush>
      <ul className="m-0 list-none p-0" aria-label="Stays">
        {stays.map((thing) => (
          <li
            key={thing.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 border-line px-3.5 py-2 not-last:border-b"
          >
            <span className="min-w-0">
              <ThingName target={target} thing={thing} />
              {thing.why.map((why) => (
                <span key={why} className="block text-ink-2 [overflow-wrap:anywhere]">
                  {why}
                </span>
              ))}
            </span>
            <span>
              {thing.isNotKnown ? (
                <StatusBadge tone="wait">not known</StatusBadge>
              ) : (
                <StatusBadge tone="mute">stays</StatusBadge>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ThingName({ target, thing, isGone }: { target: string; thing: PlannedThing; isGone?: boolean }) {
  return (
    <span className="block">
      <span className="text-ink-3">{KIND_WORDS[thing.kind][0]} </span>
      <ThingLink target={target} thing={thing} isGone={isGone} />
      {thing.region && (
        <span className="ml-1.5 whitespace-nowrap font-mono text-ink-3 text-xs">{thing.region}</span>
      )}
    </span>
  );
}
