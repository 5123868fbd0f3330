import Link from "next/link";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusBadge } from "@/components/ui/status-badge";
import { urls } from "@/lib/core/urls";
import { shortReason } from "@/lib/image-builder/image-builds/build-status";
import type { Overview } from "@/lib/overview/types";

const CELLS = "[&>td]:border-line [&>td]:border-b [&>td]:px-3.5 [&>td]:py-1.5 [&:last-child>td]:border-0";

/** What waits for a person, and pipelines that fail or do not run at all, with what is known of the reason. */
export function NeedsAttention({
  target,
  waiting,
  failed,
  disabled,
}: {
  target: string;
  waiting: Overview["waiting"];
  failed: Overview["failed"];
  disabled: Overview["disabled"];
}) {
  if (waiting.length + failed.length + disabled.length === 0)
    return (
      <Card title="Needs attention">
        <p className="m-0 text-ink-2">Nothing: every pipeline's newest build ended good.</p>
      </Card>
    );
  return (
    <Card title="Needs attention" flush>
      <table className="w-full border-collapse">
        <caption className="sr-only">Pipelines that need attention</caption>
        <thead>
          <tr className="[&>th]:h-[30px] [&>th]:border-line [&>th]:border-b [&>th]:px-3.5 [&>th]:text-left [&>th]:font-medium [&>th]:text-ink-3 [&>th]:text-xs">
            <th scope="col">Pipeline</th>
            <th scope="col" className="max-md:hidden">
              What is wrong
            </th>
            <th scope="col">Since</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {waiting.map(({ stepExecutionId, build, imageName, pipelineName, stepName, startedAt }) => (
            <tr key={stepExecutionId} className={CELLS}>
              <td>
                <Link
                  href={pipelineName ? urls.pipeline(target, pipelineName) : urls.imageBuild(target, build)}
                  prefetch={false}
                  className="no-underline hover:underline md:whitespace-nowrap"
                >
                  {pipelineName ?? imageName}
                </Link>
              </td>
              <td className="max-w-[40ch] max-md:hidden">
                <Link
                  href={urls.approvals(target)}
                  prefetch={false}
                  className="text-ink-2 no-underline [overflow-wrap:anywhere] hover:underline"
                >
                  {stepName} waits for an answer
                </Link>
              </td>
              <td className="whitespace-nowrap text-ink-2">
                {startedAt ? <RelativeTime at={startedAt} /> : "unknown"}
              </td>
              <td>
                <Link href={urls.approvals(target)} prefetch={false} className="no-underline">
                  <StatusBadge tone="wait">waiting</StatusBadge>
                </Link>
              </td>
            </tr>
          ))}
          {failed.map(({ pipelineName, failures, build }) => (
            <tr key={pipelineName} className={CELLS}>
              <td>
                <Link
                  href={urls.pipeline(target, pipelineName)}
                  prefetch={false}
                  className="no-underline hover:underline md:whitespace-nowrap"
                >
                  {pipelineName}
                </Link>
              </td>
              <td className="max-w-[40ch] max-md:hidden">
                <Link
                  href={urls.imageBuild(target, build)}
                  prefetch={false}
                  className="line-clamp-2 text-ink-2 no-underline [overflow-wrap:anywhere] hover:underline"
                >
                  {build.reason ? shortReason(build.reason) : `Build ${build.version}/${build.build} failed`}
                </Link>
              </td>
              <td className="whitespace-nowrap text-ink-2">
                {failures === 1 ? "1 run" : `${failures} runs`}
              </td>
              <td>
                <StatusBadge tone="fail">failing</StatusBadge>
              </td>
            </tr>
          ))}
          {disabled.map(({ pipelineName, since }) => (
            <tr key={pipelineName} className={CELLS}>
              <td>
                <Link
                  href={urls.pipeline(target, pipelineName)}
                  prefetch={false}
                  className="no-underline hover:underline md:whitespace-nowrap"
                >
                  {pipelineName}
                </Link>
              </td>
              <td className="text-ink-2 max-md:hidden">Its schedule is off</td>
              <td className="whitespace-nowrap text-ink-2">
                {since ? <RelativeTime at={since} /> : "unknown"}
              </td>
              <td>
                <StatusBadge tone="mute">disabled</StatusBadge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
