"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import type { LogHead } from "@/lib/build-log/reader/types";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { apiUrls, urls } from "@/lib/core/urls";
import type { WorkflowExecution } from "@/lib/image-builder/image-builds/types";
import { LogView } from "./log-view";

const StepEvidencePanel = dynamic(() =>
  import("./step-evidence-panel").then((module) => module.StepEvidencePanel),
);

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
  const [opened, setOpened] = useState<{ id: string; name: string }>();
  return (
    <LogView key={url} url={url} head={head} workflows={workflows} onEvidence={setOpened}>
      {opened && (
        <StepEvidencePanel
          target={target}
          imageBuildKey={imageBuildKey}
          step={opened}
          onClose={() => setOpened(undefined)}
        />
      )}
      <Link href={urls.compareBuildLogs(target, imageBuildKey)} prefetch={false} className="underline">
        Compare with the last successful build
      </Link>
    </LogView>
  );
}
