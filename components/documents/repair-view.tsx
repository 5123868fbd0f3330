"use client";
import Link from "next/link";
import { type KeyboardEvent, useState } from "react";
import { FormProvider, useFormContext, useWatch } from "react-hook-form";
import { RestoredNote } from "@/components/form/restored-note";
import { TextField } from "@/components/form/text-field";
import { showRefusal, useResourceForm } from "@/components/form/use-resource-form";
import { PermittedButton } from "@/components/shell/permitted-button";
import { buttonClass } from "@/components/ui/button";
import type { MovePlan } from "@/lib/authoring/version-moves/types";
import type { LogExcerpt } from "@/lib/build-log/types";
import type { Refusal } from "@/lib/core/failure";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { countedIfAny } from "@/lib/core/words";
import type { JsonObject } from "@/lib/definitions/types";
import { documentFormSchema, toDocumentInput } from "./document-input";
import { DocumentKindEditor } from "./document-kind-editor";
import { RepairChain } from "./repair-chain";
import { RepairLog } from "./repair-log";
import { RepairProgress } from "./repair-progress";
import type { PreviousVersion } from "./types";
import { useRepair } from "./use-repair";

/**
 * A failed component, opened at the step that failed with its log lines beside it. One button creates the next
 * version, moves what uses the failed one, and runs the pipeline.
 */
export function RepairView({
  target,
  build,
  step,
  defaultValues,
  previous,
  plan,
  pipeline,
  excerpt,
  failingLine,
  why,
}: {
  target: string;
  build: ImageBuildKey;
  /** The step that failed, as the document names it. */
  step: string | undefined;
  defaultValues: JsonObject;
  previous: PreviousVersion;
  /** What is going to be moved, as it would be if the version existed. */
  plan: MovePlan;
  pipeline: string | undefined;
  excerpt: LogExcerpt["lines"];
  failingLine: number | undefined;
  /** What the diagnosis says, as a title and an advice. */
  why: { title: string; text: string } | undefined;
}) {
  const { name, version: from } = previous;
  const { form, isRestored, startOver, forget } = useResourceForm({
    loadSchema: documentFormSchema("component"),
    defaultValues,
    keepAs: `${target} repair ${build.name}/${build.version}/${build.build} ${name} ${from}`,
  });
  const [left, setLeft] = useState<readonly string[]>([]);
  const [refusal, setRefusal] = useState<Refusal>();
  const [serverFinding, setServerFinding] = useState<string>();
  const { run, steps, isBusy } = useRepair({
    target,
    name,
    from,
    pipeline,
    isLeft: ({ id, after }) => left.includes(id) || (after !== undefined && left.includes(after)),
    onRefused: (error) => {
      if (error.fields?.data) setServerFinding(error.fields.data);
      setRefusal(showRefusal(form, error));
    },
    onEnd: forget,
  });
  const submit = form.handleSubmit(() => {
    setRefusal(undefined);
    setServerFinding(undefined);
    run(toDocumentInput(form.getValues() as JsonObject));
  });
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    // The editor would begin a line.
    event.preventDefault();
    event.stopPropagation();
    if (!isBusy) void submit();
  };
  const hasFailed = steps.some(({ state }) => state === "failed");
  return (
    <FormProvider {...form}>
      <form
        onSubmit={submit}
        onKeyDownCapture={onKeyDownCapture}
        noValidate
        className="grid grid-cols-1 gap-4"
      >
        {isRestored && <RestoredNote layout="rounded-lg border bg-surface py-1.5" onStartOver={startOver} />}
        <div className="grid grid-cols-1 gap-4 xl:grid-cols-[minmax(0,1.75fr)_minmax(0,1fr)]">
          <RepairEditor previous={previous} step={step} serverFinding={serverFinding} />
          <div className="grid min-w-0 content-start gap-4">
            <RepairLog target={target} build={build} excerpt={excerpt} failingLine={failingLine} why={why} />
          </div>
        </div>
        <section
          aria-label="New version"
          className="z-10 grid grid-cols-1 gap-3 rounded-lg border border-line-strong bg-surface px-3.5 py-3 shadow-soft xl:sticky xl:bottom-0"
        >
          <div className="grid grid-cols-1 gap-3 sm:grid-cols-[110px_minmax(0,1fr)_auto]">
            <TextField name="semanticVersion" label="Version" isRequired isMono />
            <TextField name="changeDescription" label="Change description" />
            <div className="flex flex-wrap items-end gap-2">
              <Link
                href={urls.imageBuild(target, build)}
                prefetch={false}
                className={buttonClass("secondary")}
              >
                Cancel
              </Link>
              <PermittedButton
                action="create-resource"
                resource={name}
                type="submit"
                variant="primary"
                layout="justify-center px-3 max-sm:whitespace-normal"
                disabled={isBusy}
                title="Ctrl+Enter"
              >
                {isBusy ? "Working…" : hasFailed ? "Continue" : labelOf(plan, left, pipeline)}
              </PermittedButton>
            </div>
          </div>
          <RepairChain
            plan={plan}
            name={name}
            from={from}
            pipeline={pipeline}
            left={left}
            onLeft={setLeft}
            isBusy={isBusy}
          />
          <RepairProgress target={target} steps={steps} refusal={refusal} name={name} from={from} />
        </section>
      </form>
    </FormProvider>
  );
}

function RepairEditor({
  previous,
  step,
  serverFinding,
}: {
  previous: PreviousVersion;
  step: string | undefined;
  serverFinding: string | undefined;
}) {
  const [data, platform] = useWatch({ name: ["data", "platform"] }) as unknown[];
  const { setValue } = useFormContext();
  return (
    <DocumentKindEditor
      kind="component"
      value={typeof data === "string" ? data : ""}
      onChange={(typed) => setValue("data", typed, { shouldDirty: true, shouldValidate: true })}
      platform={typeof platform === "string" ? platform : undefined}
      compareWith={previous.text === undefined ? undefined : { label: previous.version, text: previous.text }}
      serverFindings={serverFinding ? [{ message: serverFinding }] : []}
      focusStep={step}
    />
  );
}

/** "Create, update 1 recipe and 2 pipelines, and run". */
function labelOf(plan: MovePlan, left: readonly string[], pipeline: string | undefined): string {
  const moved = plan.steps.filter(
    ({ id, after, state }) =>
      state === "to do" && !left.includes(id) && !(after !== undefined && left.includes(after)),
  );
  const pipelines = moved.filter(({ kind }) => kind === "image-pipeline").length;
  const recipes = moved.length - pipelines;
  const updated = [countedIfAny(recipes, "recipe"), countedIfAny(pipelines, "pipeline")]
    .filter(Boolean)
    .join(" and ");
  if (!updated) return pipeline ? "Create and run" : "Create version";
  return pipeline ? `Create, update ${updated}, and run` : `Create and update ${updated}`;
}
