"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState, useTransition } from "react";
import { useClientToken } from "@/components/form/use-client-token";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ReadFailure } from "@/components/shell/read-failure";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { createResourceAction, updateResourceAction } from "@/lib/actions/resource-actions";
import type { MovePlan, MoveStep } from "@/lib/authoring/version-moves/types";
import type { MovableKind } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { movePlanQuery } from "@/lib/queries/resources";
import { MoveStepRow } from "./move-step-row";

type Move = { kind: MovableKind; name: string; from: string; to: string };

/**
 * Has recipes and pipelines use another version, one step after the other. What is done is read from AWS, so that
 * a page closed halfway goes on where it was.
 */
export function MoveVersionView({ target, move }: { target: string; move: Move }) {
  const { data: plan, error, refetch } = useQuery(movePlanQuery(target, move));
  const { kind, name, from, to } = move;
  return (
    <>
      <PageHeader
        crumbs={
          <Crumb to={urls.resource(target, { kind, name, version: to })}>
            {name} {to}
          </Crumb>
        }
        title={`Update from ${from} to ${to}`}
      />
      {plan ? (
        <MoveSteps target={target} move={move} plan={plan} />
      ) : (
        <Card flush>
          {error ? (
            <ReadFailure title="Couldn't check usage" error={error} onRetry={refetch} />
          ) : (
            <Skeleton label="Checking usage" lines={6} />
          )}
        </Card>
      )}
    </>
  );
}

function MoveSteps({ target, move, plan }: { target: string; move: Move; plan: MovePlan }) {
  const queries = useQueryClient();
  const tokenFor = useClientToken();
  const [left, setLeft] = useState<string[]>([]);
  const [running, setRunning] = useState<string>();
  const [failed, setFailed] = useState<{ id: string; message: string }>();
  const [isBusy, start] = useTransition();
  const { kind, name, from, to } = move;

  const isLeft = (step: MoveStep) => left.includes(step.id) || (step.after && left.includes(step.after));
  const todo = plan.steps.filter((step) => step.state === "to do" && !isLeft(step));
  const [next] = todo;
  const carryOut = ({ kind: of, name: what, change }: MoveStep) => {
    const { after = {}, basedOn } = change ?? {};
    return of === "image-pipeline"
      ? updateResourceAction({ target, kind: of, name: what, input: after, basedOn })
      : createResourceAction({ target, kind: of, input: after, clientToken: tokenFor(after) });
  };
  const run = () =>
    start(async () => {
      setFailed(undefined);
      for (const step of todo) {
        setRunning(step.id);
        const result = await carryOut(step);
        if (!result.ok) {
          setFailed({ id: step.id, message: result.error.message });
          break;
        }
      }
      setRunning(undefined);
      await queries.invalidateQueries({ queryKey: ["resources", target] });
      await queries.invalidateQueries({ queryKey: ["pipelines", target], refetchType: "none" });
    });

  const done = plan.steps.filter(({ state }) => state !== "to do").length;
  return (
    <Card
      title={`Resources using ${from}`}
      note={plan.steps.length > 0 ? `${done} of ${plan.steps.length} use ${to}` : undefined}
      flush
    >
      {plan.hidden && <p className="m-0 px-3.5 pt-3 text-wait">The list may be incomplete. {plan.hidden}</p>}
      {plan.steps.length === 0 ? (
        <EmptyState title={`${plan.name} ${from} is not in use`}>
          Recipes and pipelines that use another version aren't affected.
        </EmptyState>
      ) : (
        <ol className="m-0 list-none divide-y divide-line p-0">
          {plan.steps.map((step) => (
            <MoveStepRow
              key={step.id}
              target={target}
              step={step}
              isChosen={!isLeft(step)}
              isRunning={running === step.id}
              isBusy={isBusy}
              refusal={failed?.id === step.id ? failed.message : undefined}
              onChoose={(chosen) =>
                setLeft(chosen ? left.filter((id) => id !== step.id) : [...left, step.id])
              }
            />
          ))}
        </ol>
      )}
      <footer className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-3.5 py-3">
        <span role="status" className="mr-auto text-ink-2">
          {plan.steps.length > 0 && done === plan.steps.length && `All resources use ${to}.`}
        </span>
        <Link
          href={urls.resource(target, { kind, name, version: to })}
          prefetch={false}
          className={buttonClass(todo.length > 0 ? "quiet" : "primary")}
        >
          {todo.length > 0 ? "Skip" : `See ${to}`}
        </Link>
        {next && (
          <PermittedButton {...permissionFor(next)} variant="primary" onClick={run} disabled={isBusy}>
            {isBusy
              ? "Updating…"
              : failed
                ? `Continue with ${todo.length}`
                : `Update ${todo.length} to ${to}`}
          </PermittedButton>
        )}
      </footer>
    </Card>
  );
}

/** Pipelines are changed, recipes get another version. */
const permissionFor = ({ kind, name }: MoveStep) =>
  kind === "image-pipeline"
    ? ({ action: "update-resource", resource: name } as const)
    : ({ action: "create-resource", resource: name } as const);
