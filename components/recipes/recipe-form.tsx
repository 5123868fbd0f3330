"use client";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormProvider } from "react-hook-form";
import { FORM_SCHEMAS } from "@/components/form/form-schemas";
import { RestoredNote } from "@/components/form/restored-note";
import { useClientToken } from "@/components/form/use-client-token";
import { showRefusal, useResourceForm } from "@/components/form/use-resource-form";
import { FormRefusal } from "@/components/resources/form-refusal";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { showToast } from "@/components/ui/toasts";
import { createResourceAction } from "@/lib/actions/resource-actions";
import { parseImageBuilderArn } from "@/lib/core/arn";
import type { Refusal } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";
import { RecipeFields, type RecipeKind } from "./recipe-fields";

const ChangeList = dynamic(() =>
  import("@/components/resources/change-list").then((file) => file.ChangeList),
);

/** A new recipe, or with `previous` another version of one. What is typed survives a reload. */
export function RecipeForm({
  target,
  kind,
  initial,
  previous,
  dependents = 0,
}: {
  target: string;
  kind: RecipeKind;
  initial: JsonObject;
  previous?: JsonObject;
  /** How many name the previous version. */
  dependents?: number;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const tokenOf = useClientToken();
  const [refusal, setRefusal] = useState<Refusal>();
  const { form, isRestored, startOver, forget } = useResourceForm({
    loadSchema: FORM_SCHEMAS[kind],
    defaultValues: initial,
    keepAs: `${target}/${kind}/${String(previous?.name ?? "new")}`,
  });

  const create = form.handleSubmit(async () => {
    setRefusal(undefined);
    const input = withoutEmpty(form.getValues() as JsonObject);
    const result = await createResourceAction({ target, kind, input, clientToken: tokenOf(input) });
    if (!result.ok) return setRefusal(showRefusal(form, result.error));
    forget();
    await queries.invalidateQueries({ queryKey: ["resources", target], refetchType: "none" });
    const { version = "" } = parseImageBuilderArn(result.value.arn) ?? {};
    const [name, before] = [String(input.name), String(previous?.semanticVersion ?? "")];
    showToast({
      text: `Created ${KIND_FACTS[kind].one} ${name} ${version}.`,
      link: { label: "Use it in a new pipeline", href: urls.newPipeline(target) },
    });
    router.push(
      before && before !== version && dependents > 0
        ? urls.moveVersion(target, kind, name, { from: before, to: version })
        : urls.resource(target, { kind, name, version }),
    );
  });

  return (
    <FormProvider {...form}>
      <form onSubmit={create} noValidate className="grid gap-4 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <Card>
          {isRestored && <RestoredNote layout="-mx-3.5 -mt-3 mb-4 border-b py-2" onStartOver={startOver} />}
          <RecipeFields target={target} kind={kind} isNameFixed={previous !== undefined} />
          <div className="mt-4">
            <FormRefusal refusal={refusal} />
          </div>
          <div className="mt-4 flex justify-end gap-2">
            <Button onClick={() => router.back()}>Leave</Button>
            <PermittedButton
              action="create-resource"
              resource={String(form.watch("name") ?? "")}
              variant="primary"
              type="submit"
              disabled={form.formState.isSubmitting}
            >
              {form.formState.isSubmitting
                ? "Creating…"
                : previous
                  ? "Create version"
                  : `Create ${KIND_FACTS[kind].one}`}
            </PermittedButton>
          </div>
        </Card>
        <div className="grid content-start gap-4">
          {previous && (
            <Card title="Changes" note={`compared with ${String(previous.semanticVersion)}`}>
              <ChangeList before={previous} after={withoutEmpty(form.watch() as JsonObject)} />
            </Card>
          )}
          <Card title="About versions">
            <p className="m-0 text-ink-2">
              Versions are immutable. Pipelines reference a version; use x.x.x in a component or base image
              for the latest.
            </p>
          </Card>
        </div>
      </form>
    </FormProvider>
  );
}
