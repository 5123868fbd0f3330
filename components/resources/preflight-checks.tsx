"use client";
import { useEffect, useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Card } from "@/components/ui/card";
import { RefusalNote } from "@/components/ui/refusal-note";
import { Skeleton } from "@/components/ui/skeleton";
import { runPreflightAction } from "@/lib/actions/preflight-actions";
import type { PreflightCheck, PreflightSubject } from "@/lib/authoring/preflight/types";
import { CheckList, summaryOf } from "./check-list";

/** What a build is going to need, looked at in AWS: each check with its evidence and what to do. */
export function PreflightChecks({
  target,
  name,
  draftOf,
  runsAtOnce = false,
}: {
  target: string;
  /** Of the pipeline, also of one that is going to be. */
  name: string;
  /** What stands in a form, asked at each run; without it the pipeline is looked at as it is. */
  draftOf?: () => PreflightSubject["draft"];
  runsAtOnce?: boolean;
}) {
  const [checks, setChecks] = useState<PreflightCheck[]>();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const run = () =>
    start(async () => {
      const result = await runPreflightAction({ target, name, draft: draftOf?.() });
      setChecks(result.ok ? result.value : undefined);
      setRefusal(result.ok ? undefined : result.error.message);
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is first shown
  useEffect(() => {
    if (runsAtOnce) run();
  }, []);
  return (
    <Card
      title="Preflight"
      note={checks && summaryOf(checks)}
      action={
        <PermittedButton action="run-preflight" resource={name} onClick={run} disabled={isBusy}>
          {isBusy ? "Running checks…" : checks ? "Run again" : "Run checks"}
        </PermittedButton>
      }
    >
      <div aria-live="polite">
        {isBusy && !checks ? (
          <Skeleton label="Running checks" lines={5} />
        ) : refusal ? (
          <RefusalNote refusal={refusal} />
        ) : checks ? (
          <CheckList checks={checks} />
        ) : (
          <p className="m-0 max-w-[72ch] text-ink-2">
            Checks IAM, network, base image, components, keys, launch templates, and quotas before you build.
          </p>
        )}
      </div>
    </Card>
  );
}
