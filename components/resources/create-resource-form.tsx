"use client";
import type { ReactNode } from "react";
import { FormProvider } from "react-hook-form";
import { FORM_SCHEMAS } from "@/components/form/form-schemas";
import { RestoredNote } from "@/components/form/restored-note";
import { useCreation } from "@/components/form/use-creation";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { createResourceAction } from "@/lib/actions/resource-actions";
import type { ResourceKind } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { JsonObject } from "@/lib/definitions/types";
import { FormRefusal } from "./form-refusal";

/** The form of a new resource; `children` are its fields. What is typed survives a reload of the tab. */
export function CreateResourceForm({
  target,
  kind,
  defaultValues,
  children,
}: {
  target: string;
  kind: ResourceKind;
  defaultValues: JsonObject;
  children: ReactNode;
}) {
  const { form, isRestored, startOver, refusal, isBusy, submit, leaveTo } = useCreation({
    loadSchema: FORM_SCHEMAS[kind],
    defaultValues,
    keepAs: `new ${target} ${kind}`,
    send: (input, clientToken) => createResourceAction({ target, kind, input, clientToken }),
    stale: ["resources", target],
    doneOf: ({ name }) => `Created ${KIND_FACTS[kind].one} ${String(name)}.`,
    pageOf: ({ name }) => urls.resource(target, { kind, name: String(name) }),
  });

  return (
    <FormProvider {...form}>
      <form
        onSubmit={submit}
        noValidate
        className="max-w-[880px] rounded-lg border border-line bg-surface shadow-soft"
      >
        {isRestored && <RestoredNote layout="border-b py-2" onStartOver={startOver} />}
        <h2 className="sr-only">Settings</h2>
        {children}
        <footer className="sticky bottom-0 grid gap-2.5 rounded-b-lg border-line border-t bg-surface px-3.5 py-3">
          <FormRefusal refusal={refusal} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => leaveTo(urls.resources(target, kind))}>Cancel</Button>
            <PermittedButton
              action={kind === "lifecycle-policy" ? "change-lifecycle-policy" : "create-resource"}
              resource={String(form.watch("name") ?? "")}
              type="submit"
              variant="primary"
              disabled={isBusy}
            >
              {isBusy ? "Creating…" : `Create ${KIND_FACTS[kind].one}`}
            </PermittedButton>
          </div>
        </footer>
      </form>
    </FormProvider>
  );
}
