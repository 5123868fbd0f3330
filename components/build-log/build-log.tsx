"use client";

import Link from "next/link";
import type { LogHead } from "@/lib/build-log/reader/types";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { apiUrls, urls } from "@/lib/core/urls";
import type { WorkflowExecution } from "@/lib/image-builder/image-builds/types";
import { LogView } from "./log-view";

/** The log of one build beside its steps, live while it is written. Changes to the address of the log begin a new one. */
export function BuildLog({
  target,
  imageBuildKey,
  workflows,
  head,
}: {
  target: string;
  imageBuildKey: ImageBuildKey;
  workflows: WorkflowExecution[];
  /** How the log begins, where it is kept. */
  head: LogHead | undefined;
}) {
  const url = apiUrls.buildLog(target, imageBuildKey);
  return (
    <LogView key={url} url={url} head={head} workflows={workflows}>
      <Link href={urls.compareBuildLogs(target, imageBuildKey)} prefetch={false} className="underline">
        Compare with the last successful build
      </Link>
    </LogView>
  );
}
