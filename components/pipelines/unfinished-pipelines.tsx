import Link from "next/link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DraftList } from "@/lib/authoring/drafts/types";
import { urls } from "@/lib/core/urls";

/** Creations that stopped between two writes: some of their parts exist, the pipeline does not. */
export function UnfinishedPipelines({
  target,
  drafts,
}: {
  target: string;
  /** Text: why they cannot be shown. Undefined for who may not see them. */
  drafts: DraftList | string | undefined;
}) {
  if (typeof drafts === "string") {
    return <p className="m-0 mb-4 text-ink-2">Couldn't load unfinished pipelines. {drafts}</p>;
  }
  const unfinished = drafts?.drafts.filter(({ state }) => state === "creating") ?? [];
  if (unfinished.length === 0) return null;
  return (
    <ul
      aria-label="Unfinished pipelines"
      className="m-0 mb-4 grid list-none gap-1 rounded-lg bg-wait-soft px-3.5 py-2.5"
    >
      {unfinished.map(({ id, name, updatedBy, updatedAt }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-2">
          <span className="text-wait">
            The creation of {name || "a pipeline"} is not finished. {updatedBy},{" "}
            <RelativeTime at={updatedAt} />.
          </span>
          <Link href={urls.draft(target, id, "review")} prefetch={false}>
            Continue or delete
          </Link>
        </li>
      ))}
    </ul>
  );
}
