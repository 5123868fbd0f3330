"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { FormProvider } from "react-hook-form";
import type { z } from "zod";
import { RestoredNote } from "@/components/form/restored-note";
import { useClientToken } from "@/components/form/use-client-token";
import { showRefusal, useResourceForm } from "@/components/form/use-resource-form";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { createResourceAction } from "@/lib/actions/resource-actions";
import type { ResourceKind } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";
import { FormRefusal } from "./form-refusal";

/** The form of a new resource; `children` are its fields. What is typed survives a reload of the tab. */
export function CreateResourceForm({
  target,
  kind,
  schema,
  defaultValues,
  children,
}: {
  target: string;
  kind: ResourceKind;
  schema: z.ZodType;
  defaultValues: JsonObject;
  children: ReactNode;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const { form, isRestored, startOver, forget } = useResourceForm({
    schema,
    defaultValues,
    keepAs: `new ${target} ${kind}`,
  });
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const tokenOf = useClientToken();

  const create = form.handleSubmit((values) => {
    const input = withoutEmpty(values as JsonObject);
    start(async () => {
      setRefusal(undefined);
      const result = await createResourceAction({ target, kind, input, clientToken: tokenOf(input) });
      if (!result.ok) return setRefusal(showRefusal(form, result.error));
      forget();
      await queries.invalidateQueries({ queryKey: ["resources", target], refetchType: "none" });
      router.push(urls.resource(target, { kind, name: String(input.name) }));
    });
  });

  return (
    <FormProvider {...form}>
      <form
        onSubmit={create}
        noValidate
        className="max-w-[880px] rounded-lg border border-line bg-surface shadow-soft"
      >
        {isRestored && <RestoredNote layout="border-b py-2" onStartOver={startOver} />}
        {children}
        <footer className="sticky bottom-0 grid gap-2.5 rounded-b-lg border-line border-t bg-surface px-3.5 py-3">
          <FormRefusal refusal={refusal} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => router.push(urls.resources(target, kind))}>Leave</Button>
            <PermittedButton
              action={kind === "lifecycle-policy" ? "change-lifecycle-policy" : "create-resource"}
              resource={String(form.watch("name") ?? "")}
              type="submit"
              variant="primary"
              disabled={isBusy}
            >
              {isBusy ? "Creating" : `Create ${KIND_FACTS[kind].one}`}
            </PermittedButton>
          </div>
        </footer>
      </form>
    </FormProvider>
  );
}
