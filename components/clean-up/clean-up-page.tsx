"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useRefusal } from "@/components/shell/permissions-provider";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { RefusalText } from "@/components/ui/refusal-text";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { urls } from "@/lib/core/urls";
import type { CleanUpPlan } from "@/lib/fleet/clean-up/types";
import { cleanUpQuery } from "@/lib/queries/clean-up";
import { GoingList, StayingList } from "./clean-up-lists";
import { countedKinds } from "./clean-up-words";
import { useCleanUp } from "./use-clean-up";

/** Everything that a pipeline made: what a clean-up removes, in which order, and what stays and why. */
export function CleanUpPage({ target, name }: { target: string; name: string }) {
  const { data: plan, error, refetch, isFetching } = useQuery(cleanUpQuery(target, name));
  const queries = useQueryClient();
  const run = useCleanUp(target, name, async () => {
    await Promise.all(
      ["pipelines", "resources", "amis", "roll-outs"].map((key) =>
        queries.invalidateQueries({ queryKey: [key, target], refetchType: "none" }),
      ),
    );
    await refetch();
  });
  const refused = useRefusal("run-clean-up-step", name);
  const [asked, setAsked] = useState<CleanUpPlan>();
  const label = plan?.begun ? "Remove the rest:" : "Remove";
  const shown = run.plan ?? plan;
  return (
    <>
      <PageHeader
        crumbs={
          <>
            <Crumb to={urls.pipelines(target)}>Pipelines</Crumb>
            {plan && !plan.isGone && (
              <>
                {" "}
                / <Crumb to={urls.pipeline(target, name)}>{name}</Crumb>
              </>
            )}
          </>
        }
        title={`Clean up ${name}`}
        detail={
          plan?.begun && (
            <span className="text-ink-2">
              begun <RelativeTime at={plan.begun.at} /> by {plan.begun.by}
            </span>
          )
        }
      >
        {plan && (
          <>
            <Button
              onClick={() => {
                run.forget();
                refetch();
              }}
              disabled={isFetching || run.isBusy}
            >
              Check again
            </Button>
            {plan.goes.length > 0 && !run.plan && (
              <PermittedButton
                action="begin-clean-up"
                resource={name}
                variant="danger"
                disabled={isFetching || refused !== undefined}
                title={refused}
                onClick={() => setAsked(plan)}
              >
                {`${label} ${plan.goes.length}`}
              </PermittedButton>
            )}
          </>
        )}
      </PageHeader>
      {run.refusal && (
        <p role="alert" className="mt-0 mb-4 rounded-md bg-fail-soft px-3.5 py-2 text-fail">
          {run.failedName} was not removed. <RefusalText refusal={run.refusal} /> What was removed before it
          is gone; everything else is still there. Check again, then remove the rest.
        </p>
      )}
      {run.isDone && (
        <p role="status" className="mt-0 mb-4 rounded-md bg-ok-soft px-3.5 py-2 text-ok">
          <span aria-hidden="true">✓ </span>
          Removed {run.progress.gone.size}.{" "}
          {plan && plan.stays.length + plan.goes.length > 0
            ? `${plan.stays.length + plan.goes.length} are left.`
            : "Nothing of it is left."}
        </p>
      )}
      {shown && plan ? (
        <div className="grid gap-4">
          {(shown.goes.length > 0 || shown.stays.length > 0) && (
            <GoingList target={target} things={shown.goes} progress={run.progress} />
          )}
          {shown.goes.length === 0 && shown.stays.length === 0 && !run.isDone && (
            <Card>Nothing that {name} made is left.</Card>
          )}
          <StayingList target={target} stays={plan.stays} />
          <ul className="m-0 grid gap-1 pl-4 text-ink-2" aria-label="Not part of this">
            {plan.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      ) : (
        <Card flush>
          {error ? (
            <ReadFailure title={`Couldn't plan the clean-up of ${name}`} error={error} onRetry={refetch} />
          ) : (
            <Skeleton label="Reading what the pipeline made" lines={10} />
          )}
        </Card>
      )}
      {asked && (
        <ConfirmDialog
          title={`Remove ${asked.goes.length} of ${name}?`}
          confirmLabel={`Remove ${asked.goes.length}`}
          keepLabel="Keep everything"
          danger
          onConfirm={() => {
            setAsked(undefined);
            run.start(asked);
          }}
          onClose={() => setAsked(undefined)}
        >
          <p className="m-0">{countedKinds(asked.goes)}. This can’t be undone.</p>
          <p className="mt-2 mb-0">
            Each is checked again right before it is removed. Keep this page open until the last one is gone;
            otherwise come back to remove the rest.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
