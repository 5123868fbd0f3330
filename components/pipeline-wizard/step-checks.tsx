"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { CheckList, summaryOf } from "@/components/resources/check-list";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RefusalNote } from "@/components/ui/refusal-note";
import { Skeleton } from "@/components/ui/skeleton";
import type { CheckedStep } from "@/lib/authoring/preflight/types";
import { draftChecksQuery } from "@/lib/queries/drafts";
import { useWizard } from "./wizard-context";

/** A pause in typing, after a save, that is worth asking AWS. */
const QUIET_MS = 1_200;

/** What AWS says of what stands in this step, looked at whenever it is complete and saved. */
export function StepChecks({ step }: { step: CheckedStep }) {
  const { target, draft, errors, saveState } = useWizard();
  const isComplete = Object.keys(errors[step] ?? {}).length === 0;
  const revision = useSettled(saveState.is === "saved" && isComplete ? draft.revision : undefined);
  const query = useQuery({
    ...draftChecksQuery(target, { id: draft.id, revision: revision ?? 0 }, step),
    enabled: isComplete && revision !== undefined,
  });
  const { data, error, isFetching } = query;
  const isOld = data !== undefined && (data.revision !== draft.revision || saveState.is !== "saved");
  return (
    <Card
      title="Checked in AWS"
      note={!isComplete ? undefined : isFetching || isOld ? "Checking…" : data && summaryOf(data.checks)}
      action={
        isComplete && (data || error) ? (
          <Button onClick={() => void query.refetch()} disabled={isFetching}>
            Check again
          </Button>
        ) : undefined
      }
    >
      <div aria-live="polite">
        {!isComplete ? (
          <p className="m-0 text-ink-2">Checks start when the required fields are filled in.</p>
        ) : error ? (
          <RefusalNote refusal={error.message} />
        ) : !data ? (
          <Skeleton label="Checking in AWS" lines={3} />
        ) : data.checks.length === 0 ? (
          <p className="m-0 text-ink-2">Nothing in this step depends on the account.</p>
        ) : (
          <CheckList checks={data.checks} />
        )}
      </div>
    </Card>
  );
}

/** The value once it has stood for a while; until then the one before, so that what is shown stays. */
function useSettled(value: number | undefined): number | undefined {
  const [settled, setSettled] = useState<number>();
  useEffect(() => {
    if (value === undefined) return;
    const timer = setTimeout(() => setSettled(value), QUIET_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
