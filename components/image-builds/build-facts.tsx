"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import { withShortArns } from "@/lib/core/arn";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { describeDuration } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import { capitalize } from "@/lib/core/words";
import { isInFlight, startedBy } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import {
  baseImageQuery,
  buildStandingQuery,
  findingCountsQuery,
  imageUsersQuery,
} from "@/lib/queries/image-builds";
import type { BuildTab } from "./build-tabs";
import { TabLink } from "./tab-link";
import { useBuildComparison } from "./use-build-comparison";

type Props = { target: string; build: ImageBuild; onShow: (tab: BuildTab) => void };

/** How a build began and how it stands, in words; what could not be read is "not known" in its own place. */
export function BuildFacts({ isWide, ...props }: Props & { isWide: boolean }) {
  const { target, build } = props;
  const ended = !isInFlight(build.status);
  const hasImage = build.amis.length + build.containers.length > 0;
  return (
    <dl
      className={`m-0 grid content-start gap-x-8 gap-y-1.5 px-3.5 py-3 ${isWide ? "sm:grid-cols-2 xl:grid-cols-3" : ""}`}
    >
      <Fact label="Started">
        <StartedBy target={target} build={build} />
      </Fact>
      <Fact label="Duration">
        <Duration target={target} build={build} />
      </Fact>
      {build.pipelineName && (
        <Fact label="Pipeline">
          <Link href={urls.pipeline(target, build.pipelineName)} prefetch={false}>
            {build.pipelineName}
          </Link>
        </Fact>
      )}
      {build.parentImage && (
        <Fact label="Base image">
          <BaseImageFact target={target} build={build} />
        </Fact>
      )}
      {ended && hasImage && (
        <>
          <Fact label="Findings">
            <FindingsFact {...props} />
          </Fact>
          <Fact label="In use">
            <UsersFact {...props} />
          </Fact>
        </>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 grid-cols-[86px_minmax(0,1fr)] gap-x-3">
      <dt className="text-ink-3">{label}</dt>
      <dd className="m-0 min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

/** The reason why a fact is not known opens on a line of its own, so that the fact keeps its height. */
const NotKnown = ({ why }: { why?: string | undefined }) => (
  <span className="text-ink-3" title={why}>
    Not known
  </span>
);

function StartedBy({ target, build }: Omit<Props, "onShow">) {
  const { data } = useQuery(buildStandingQuery(target, build));
  return (
    <>
      {data?.startedBy ? `By ${data.startedBy}` : capitalize(startedBy(build.buildType)) || <NotKnown />}{" "}
      <span className="text-ink-3">
        · <RelativeTime at={build.createdAt} />
      </span>
    </>
  );
}

function Duration({ target, build }: Omit<Props, "onShow">) {
  const { data } = useQuery(buildStandingQuery(target, build));
  const usual = data?.usual;
  return (
    <>
      {build.durationMs === undefined
        ? isInFlight(build.status)
          ? "Running"
          : "Not known"
        : describeDuration(build.durationMs)}
      {usual && (
        <span
          className="text-ink-3"
          title={`p95 ${describeDuration(usual.p95Ms)}, ${usual.count} successful builds of this pipeline in 90 days`}
        >
          {" "}
          p50 {describeDuration(usual.p50Ms)}
        </span>
      )}
    </>
  );
}

function BaseImageFact({ target, build }: Omit<Props, "onShow">) {
  const { data } = useQuery(baseImageQuery(target, build));
  // The reference says most of it already; its own name comes when it has been read.
  const fallback = withShortArns(build.parentImage ?? "")
    .split("/")
    .join(" ");
  if (!data) return <span title={build.parentImage}>{fallback}</span>;
  const { name, version, ownImage, amiId, amiName } = data;
  const said = (
    <span title={build.parentImage}>
      {name} {version && version !== "x.x.x" && <span className="text-ink-3">{version}</span>}
    </span>
  );
  return (
    <>
      {ownImage ? (
        <Link href={urls.image(target, ownImage)} prefetch={false}>
          {said}
        </Link>
      ) : (
        said
      )}
      {amiId && amiId !== name && (
        <span className="text-ink-3 text-xs" title={amiId}>
          {" "}
          {amiName ?? amiId}
        </span>
      )}
    </>
  );
}

function FindingsFact({ target, build, onShow }: Props) {
  const { data, error } = useQuery(findingCountsQuery(target, build));
  const { before } = useBuildComparison(target, build);
  if (error) return <NotKnown why={error.message} />;
  if (!data) return <span className="text-ink-3">Counting…</span>;
  if (!data.counts) return <span className="text-ink-3">Not scanned</span>;
  const { all, critical, high } = data.counts;
  return (
    <>
      <button
        type="button"
        onClick={() => onShow("findings")}
        className="cursor-pointer border-0 bg-transparent p-0 font-[inherit] text-ink hover:underline"
      >
        <b className={critical > 0 ? "font-semibold text-fail" : "font-semibold"}>{critical}</b> critical,{" "}
        <b className="font-semibold">{high}</b> high
        <span className="text-ink-3"> of {all}</span>
      </button>
      {before && <FindingsSince target={target} before={before} all={all} />}
    </>
  );
}

function FindingsSince({ target, before, all }: { target: string; before: ImageBuildKey; all: number }) {
  const { data } = useQuery(findingCountsQuery(target, before));
  if (!data?.counts) return null;
  const difference = all - data.counts.all;
  if (difference === 0) return null;
  return (
    <span className={`font-[550] ${difference < 0 ? "text-ok" : "text-fail"}`}>
      {` ${difference < 0 ? "↓" : "↑"} ${Math.abs(difference)} ${difference < 0 ? "fewer" : "more"}`}
    </span>
  );
}

/** Nothing is looked for here: what the summary found is repeated, and until then nothing is known. */
function UsersFact({ target, build, onShow }: Props) {
  const { data, error } = useQuery({ ...imageUsersQuery(target, build), enabled: false });
  const look = (
    <TabLink to="summary" onShow={onShow}>
      {data ? "Details" : "Check"}
    </TabLink>
  );
  if (!data)
    return (
      <>
        <NotKnown why={error?.message} /> · {look}
      </>
    );
  const users = data.amiUsers.length + data.recipes.length;
  const said = users === 0 ? "No usage found" : `${users} ${users === 1 ? "user" : "users"}`;
  return (
    <>
      {users > 0 ? <b className="font-semibold">{said}</b> : said}
      {data.doubts.length > 0 && (
        <span className="text-ink-3" title={data.doubts.join(" ")}>
          , not checked everywhere
        </span>
      )}
      {" · "}
      {look}
    </>
  );
}
