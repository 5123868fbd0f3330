"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormProvider } from "react-hook-form";
import { showRefusal, useResourceForm } from "@/components/form/use-resource-form";
import { ChangeList } from "@/components/resources/change-review";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { createResourceAction } from "@/lib/actions/resource-actions";
import { KIND_FACTS } from "@/lib/image-builder/definitions/resource-kinds";
import type { JsonObject } from "@/lib/image-builder/definitions/types";
import { withoutEmpty } from "@/lib/image-builder/definitions/without-empty";
import { containerRecipeSchema, imageRecipeSchema } from "@/lib/image-builder/recipes/schemas";
import { urls } from "@/lib/urls";
import { RecipeFields, type RecipeKind } from "./recipe-fields";

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
  const [clientToken] = useState(() => crypto.randomUUID());
  const [refusal, setRefusal] = useState<string>();
  const { form, isRestored, startOver, forget } = useResourceForm({
    schema: kind === "image-recipe" ? imageRecipeSchema : containerRecipeSchema,
    defaultValues: initial,
    keepAs: `${target}/${kind}/${String(previous?.name ?? "new")}`,
  });

  const create = form.handleSubmit(async () => {
    setRefusal(undefined);
    const input = withoutEmpty(form.getValues() as JsonObject);
    const result = await createResourceAction({ target, kind, input, clientToken });
    if (!result.ok) return setRefusal(showRefusal(form, result.error));
    forget();
    await queries.invalidateQueries({ queryKey: ["resources", target], refetchType: "none" });
    const [version = ""] = result.value.arn.split("/").slice(-1);
    const [name, before] = [String(input.name), String(previous?.semanticVersion ?? "")];
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
          {isRestored && (
            <p
              role="status"
              className="m-0 mb-4 flex items-center gap-3 rounded bg-accent-soft px-2.5 py-1.5"
            >
              <span className="flex-1">This is what you had typed before.</span>
              <Button variant="quiet" onClick={startOver}>
                Start over
              </Button>
            </p>
          )}
          <RecipeFields target={target} kind={kind} isNameFixed={previous !== undefined} />
          {refusal && (
            <p role="alert" className="m-0 mt-4 rounded bg-fail-soft px-2.5 py-1.5 text-fail">
              {refusal}
            </p>
          )}
          <div className="mt-5 flex justify-end gap-2">
            <Button onClick={() => router.back()}>Cancel</Button>
            <PermittedButton
              action="create-resource"
              resource={String(form.watch("name") ?? "")}
              variant="primary"
              type="submit"
              disabled={form.formState.isSubmitting}
            >
              {form.formState.isSubmitting
                ? "Creating"
                : previous
                  ? "Create version"
                  : `Create ${KIND_FACTS[kind].one}`}
            </PermittedButton>
          </div>
        </Card>
        <div className="grid content-start gap-4">
          {previous && (
            <Card title="Changes" note={`against ${String(previous.semanticVersion)}`}>
              <ChangeList before={previous} after={withoutEmpty(form.watch() as JsonObject)} />
            </Card>
          )}
          <Card title="What a version is">
            <p className="m-0 text-ink-2">
              A recipe version does not change once it is made. Pipelines name a version; x.x.x in a component
              or base image follows its newest.
            </p>
          </Card>
        </div>
      </form>
    </FormProvider>
  );
}
