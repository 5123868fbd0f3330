import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusBadge } from "@/components/ui/status-badge";
import { urls } from "@/lib/core/urls";
import { shortReason, startedBy, toneOf } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";

/** The newest builds of one pipeline, newest first. */
export function PipelineBuilds({ target, builds }: { target: string; builds: ImageBuildSummary[] }) {
  if (builds.length === 0)
    return (
      <EmptyState title="No builds yet">Run the pipeline: its first build appears here at once.</EmptyState>
    );
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">Builds</caption>
      <thead>
        <tr className="[&>th]:h-[30px] [&>th]:border-line [&>th]:border-b [&>th]:px-3.5 [&>th]:text-left [&>th]:font-medium [&>th]:text-ink-3 [&>th]:text-xs">
          <th scope="col">Build</th>
          <th scope="col">Result</th>
          <th scope="col">Started</th>
          <th scope="col" className="hidden md:table-cell">
            AMI or reason
          </th>
        </tr>
      </thead>
      <tbody>
        {builds.map((build) => (
          <tr
            key={build.arn}
            className="hover:bg-sunken [&:last-child>td]:border-0 [&>td]:h-9 [&>td]:border-line [&>td]:border-b [&>td]:px-3.5 [&>td]:py-1"
          >
            <td>
              <Link
                href={urls.imageBuild(target, build)}
                prefetch={false}
                className="font-mono text-xs no-underline hover:underline"
              >
                {`${build.version}/${build.build}`}
              </Link>
            </td>
            <td>
              <StatusBadge tone={toneOf(build.status)}>{build.status.toLowerCase()}</StatusBadge>
            </td>
            <td className="text-ink-2 md:whitespace-nowrap">
              <RelativeTime at={build.createdAt} />{" "}
              <span className="text-ink-3">{startedBy(build.buildType)}</span>
            </td>
            <td className="hidden max-w-[46ch] md:table-cell">
              {build.amis[0] && build.status !== "FAILED" ? (
                <span className="font-mono text-xs">{build.amis[0].amiId}</span>
              ) : (
                <span className="line-clamp-1 text-ink-2 text-xs">
                  {build.reason && shortReason(build.reason)}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
