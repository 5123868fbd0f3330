"use client";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { FormProvider } from "react-hook-form";
import { FORM_SCHEMAS } from "@/components/form/form-schemas";
import { RestoredNote } from "@/components/form/restored-note";
import { showRefusal, useResourceForm } from "@/components/form/use-resource-form";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toasts";
import { updateResourceAction } from "@/lib/actions/resource-actions";
import type { Refusal } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import type { JsonObject, Resource } from "@/lib/definitions/types";
import { writableMembers } from "@/lib/definitions/writable-members";
import { FormRefusal } from "./form-refusal";

// What changes is asked about when somebody saves.
const ChangeReview = dynamic(() => import("./change-review").then((file) => file.ChangeReview));

/**
 * The form over an existing resource; `children` are its fields. AWS replaces the whole, so the form holds every
 * member AWS gave, and what is going to change is shown before it does.
 */
export function EditResourceForm({
  target,
  resource,
  children,
}: {
  target: string;
  resource: Resource;
  children: ReactNode;
}) {
  const { kind, name, content } = resource;
  const router = useRouter();
  const queries = useQueryClient();
  const before = writableMembers(kind, content);
  const { form, isRestored, startOver, forget } = useResourceForm({
    loadSchema: FORM_SCHEMAS[kind],
    defaultValues: { name, ...before },
    keepAs: `edit ${resource.arn} ${changedAt(resource) ?? ""}`,
  });
  const [reviewed, setReviewed] = useState<JsonObject>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const page = urls.resource(target, { kind, name });

  const review = form.handleSubmit((values) => {
    setRefusal(undefined);
    setReviewed(writableMembers(kind, values as JsonObject));
  });
  const save = (input: JsonObject) =>
    start(async () => {
      const result = await updateResourceAction({ target, kind, name, input, basedOn: changedAt(resource) });
      if (!result.ok) {
        setRefusal(showRefusal(form, result.error));
        return setReviewed(undefined);
      }
      forget();
      await readAgain("none");
      showToast({ text: `Saved ${name}.`, undo: putBack });
      router.push(page);
      router.refresh();
    });
  const readAgain = async (refetchType: "none" | "active") => {
    await queries.invalidateQueries({ queryKey: ["resources", target], refetchType });
    await queries.invalidateQueries({ queryKey: ["pipelines", target], refetchType });
  };
  const putBack = async () => {
    const result = await updateResourceAction({ target, kind, name, input: before });
    if (!result.ok) return result.error.message;
    await readAgain("active");
    router.refresh();
  };

  return (
    <FormProvider {...form}>
      <form
        onSubmit={review}
        noValidate
        className="max-w-[880px] rounded-lg border border-line bg-surface shadow-soft"
      >
        {isRestored && <RestoredNote layout="border-b py-2" onStartOver={startOver} />}
        <h2 className="sr-only">Settings</h2>
        {children}
        <footer className="sticky bottom-0 grid gap-2.5 rounded-b-lg border-line border-t bg-surface px-3.5 py-3">
          <FormRefusal refusal={refusal} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => router.push(page)}>Cancel</Button>
            <PermittedButton
              action={kind === "lifecycle-policy" ? "change-lifecycle-policy" : "update-resource"}
              resource={name}
              type="submit"
              variant="primary"
              disabled={!form.formState.isDirty}
            >
              Review changes
            </PermittedButton>
          </div>
        </footer>
      </form>
      {reviewed && (
        <ChangeReview
          name={name}
          before={before}
          after={reviewed}
          isBusy={isBusy}
          onConfirm={() => save(reviewed)}
          onClose={() => setReviewed(undefined)}
        />
      )}
    </FormProvider>
  );
}

const changedAt = ({ updatedAt, createdAt }: Resource) => updatedAt ?? createdAt;
