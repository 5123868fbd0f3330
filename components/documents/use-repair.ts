"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useClientToken } from "@/components/form/use-client-token";
import { runPipelineAction } from "@/lib/actions/pipeline-actions";
import { createResourceAction, updateResourceAction } from "@/lib/actions/resource-actions";
import type { MovePlan, MoveStep } from "@/lib/authoring/version-moves/types";
import type { ConsoleError } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import type { JsonObject } from "@/lib/definitions/types";
import { movePlanQuery } from "@/lib/queries/resources";

/** A write that is done, under way or refused, as a line of progress. */
export type RepairStep = { id: string; text: string; state: "done" | "running" | "failed"; reason?: string };

/**
 * Creates a version of a component, has what uses the old one use it, and runs the pipeline: one write after the
 * other. Any of them can fail. What exists by then is on the list, and another `run` goes on after it: the version is
 * not created again, and what is left to move is read from AWS each time.
 */
export function useRepair({
  target,
  name,
  from,
  pipeline,
  isLeft,
  onRefused,
  onEnd,
}: {
  target: string;
  name: string;
  /** The version that failed. */
  from: string;
  /** Run at the end; without one, nothing runs. */
  pipeline: string | undefined;
  /** What stays with the old version. */
  isLeft: (step: MoveStep) => boolean;
  /** AWS or the console refused the version itself. */
  onRefused: (error: ConsoleError) => void;
  /** All is done; what was typed need not be kept. */
  onEnd: () => void;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const tokenFor = useClientToken();
  const [steps, setSteps] = useState<RepairStep[]>([]);
  /** The input of the version that exists by now, as JSON. */
  const [created, setCreated] = useState<string>();
  const [isBusy, start] = useTransition();

  const said = (step: RepairStep) =>
    setSteps((before) => [...before.filter(({ id }) => id !== step.id), step]);
  const attempt = async (
    id: string,
    texts: { doing: string; done: string; failed: string },
    work: () => Promise<{ ok: true } | { ok: false; error: ConsoleError }>,
  ): Promise<ConsoleError | undefined> => {
    said({ id, text: texts.doing, state: "running" });
    const result = await work();
    said(
      result.ok
        ? { id, text: texts.done, state: "done" }
        : { id, text: texts.failed, state: "failed", reason: result.error.message },
    );
    return result.ok ? undefined : result.error;
  };
  const carryOut = ({ kind, name: what, change }: MoveStep) => {
    const { after = {}, basedOn } = change ?? {};
    return kind === "image-pipeline"
      ? updateResourceAction({ target, kind, name: what, input: after, basedOn })
      : createResourceAction({ target, kind, input: after, clientToken: tokenFor(after) });
  };

  const run = (input: JsonObject) =>
    start(async () => {
      const to = String(input.semanticVersion);
      const content = JSON.stringify(input);
      setSteps((before) => before.filter(({ state }) => state === "done"));
      if (created !== content) {
        const texts = {
          doing: `Creating ${name} ${to}…`,
          done: `Created ${name} ${to}`,
          failed: `Couldn't create ${name} ${to}`,
        };
        const refusal = await attempt("component", texts, () =>
          createResourceAction({ target, kind: "component", input, clientToken: tokenFor(input) }),
        );
        if (refusal) return onRefused(refusal);
        setCreated(content);
      }
      const move = movePlanQuery(target, { kind: "component", name, from, to });
      let plan: MovePlan;
      try {
        plan = await queries.fetchQuery(move);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return said({ id: "plan", text: `Couldn't read what uses ${from}`, state: "failed", reason });
      }
      for (const step of plan.steps.filter((each) => each.state === "to do" && !isLeft(each))) {
        const noun = step.kind === "image-pipeline" ? "pipeline" : "recipe";
        const what = `${noun} ${step.name}${step.newVersion ? ` ${step.newVersion}` : ""}`;
        const [doing, done] = noun === "recipe" ? ["Creating", "Created"] : ["Updating", "Updated"];
        const texts = {
          doing: `${doing} ${what}…`,
          done: `${done} ${what}`,
          failed: `Couldn't ${noun === "recipe" ? "create" : "update"} ${what}`,
        };
        if (await attempt(step.id, texts, () => carryOut(step))) return;
      }
      await queries.invalidateQueries({ queryKey: ["resources", target], refetchType: "none" });
      await queries.invalidateQueries({ queryKey: ["pipelines", target], refetchType: "none" });
      if (pipeline === undefined) {
        onEnd();
        return router.push(urls.resource(target, { kind: "component", name, version: to }));
      }
      const texts = {
        doing: `Starting ${pipeline}…`,
        done: `Started ${pipeline}`,
        failed: `Couldn't start ${pipeline}`,
      };
      await attempt("run", texts, async () => {
        const result = await runPipelineAction({ target, name: pipeline });
        if (result.ok) {
          onEnd();
          router.push(urls.imageBuild(target, result.value));
        }
        return result;
      });
    });
  return { run, steps, isBusy, created };
}
