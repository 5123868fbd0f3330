import Link from "next/link";
import { urls } from "@/lib/core/urls";
import type { FleetRow, RunningShare } from "@/lib/fleet/groups/types";
import { MixedNote } from "./drift-badges";

const FILLS: Record<RunningShare["look"], string> = {
  newest: "fill-ok-calm",
  older: "fill-wait-calm",
  deregistered: "fill-fail-calm",
  unknown: "fill-mute-calm",
};
const WORDS: Record<RunningShare["look"], string> = {
  newest: "",
  older: "",
  deregistered: ", AMI deregistered",
  unknown: "",
};
const WIDTH = 132;
const MOST_SHARES = 4;

/** Instances by the image that they run: a bar of shares, and each share in words. */
export function RunningBar({ target, row }: { target: string; row: FleetRow }) {
  if (row.size === 0) return <span className="text-ink-2">No instances</span>;
  const shown = row.running.slice(0, MOST_SHARES);
  let left = 0;
  return (
    <div className="grid gap-1">
      <svg
        viewBox={`0 0 ${WIDTH} 8`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className="h-2 w-[132px] max-w-full"
      >
        {row.running.map((share) => {
          const width = (share.count / row.size) * WIDTH;
          const from = left;
          left += width;
          return (
            <rect
              key={share.amiId ?? "unknown"}
              x={from}
              width={Math.max(1, width - 1)}
              height={8}
              rx={1}
              className={FILLS[share.look]}
            />
          );
        })}
      </svg>
      <MixedNote mixed={row.mixed} size={row.size} />
      <ul className="m-0 list-none p-0 text-ink-2 text-xs">
        {shown.map((share) => (
          <li key={share.amiId ?? "unknown"} className="[overflow-wrap:anywhere]">
            {share.count} on <ShareName target={target} region={row.region} share={share} />
            {WORDS[share.look]}
          </li>
        ))}
        {row.running.length > shown.length && <li>and {row.running.length - shown.length} more AMIs</li>}
      </ul>
    </div>
  );
}

function ShareName({
  target,
  region,
  share: { build, amiName, amiId, look },
}: {
  target: string;
  region: string;
  share: RunningShare;
}) {
  if (!build && (!amiId || look === "deregistered")) return amiName ?? amiId ?? "an unknown AMI";
  if (!build)
    return (
      <Link
        href={urls.ami(target, { region, amiId: amiId ?? "" })}
        prefetch={false}
        className="no-underline hover:underline"
      >
        {amiName ?? amiId}
      </Link>
    );
  return (
    <Link
      href={urls.imageBuild(target, build)}
      prefetch={false}
      className="no-underline hover:underline"
    >{`${build.version}/${build.build}`}</Link>
  );
}
