"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { FormProvider } from "react-hook-form";
import { RestoredNote } from "@/components/form/restored-note";
import { useClientToken } from "@/components/form/use-client-token";
import { showRefusal, useResourceForm } from "@/components/form/use-resource-form";
import { showToast } from "@/components/ui/toasts";
import { checkResourceAction, createResourceAction } from "@/lib/actions/resource-actions";
import type { ConsoleError, Refusal } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { JsonObject } from "@/lib/definitions/types";
import { DocumentDetailsFields } from "./document-details-fields";
import { DocumentField } from "./document-field";
import { DocumentFormFooter } from "./document-form-footer";
import { documentFormSchema, toDocumentInput } from "./document-input";
import type { DocumentKind, PreviousVersion } from "./types";

/** Makes a component or workflow, a version of one or a copy. What is typed survives a reload and a refusal. */
export function DocumentForm({
  target,
  kind,
  defaultValues,
  draftName,
  previous,
  takenVersions,
}: {
  target: string;
  kind: DocumentKind;
  defaultValues: JsonObject;
  /** What is typed is kept under this name: a copy of one thing is no draft of another. */
  draftName: string;
  previous?: PreviousVersion;
  takenVersions: string[];
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const { form, isRestored, startOver, forget } = useResourceForm({
    loadSchema: documentFormSchema(kind),
    defaultValues,
    keepAs: `${target} ${kind} ${draftName}`,
  });
  const tokenFor = useClientToken();
  const [refusal, setRefusal] = useState<Refusal>();
  const [serverFinding, setServerFinding] = useState<string>();
  const [checked, setChecked] = useState<string>();
  const [isChecking, startCheck] = useTransition();
  const [isCreating, startCreate] = useTransition();

  const inputNow = () => toDocumentInput(form.getValues() as JsonObject);
  const begin = () => {
    setRefusal(undefined);
    setServerFinding(undefined);
    setChecked(undefined);
  };
  const refuse = (error: ConsoleError) => {
    if (error.fields?.data) setServerFinding(error.fields.data);
    setRefusal(showRefusal(form, error));
  };
  const check = form.handleSubmit(() => {
    const input = inputNow();
    startCheck(async () => {
      begin();
      const result = await checkResourceAction({ target, kind, input });
      if (result.ok) setChecked(JSON.stringify(input));
      else refuse(result.error);
    });
  });
  const create = form.handleSubmit(() => {
    const input = inputNow();
    startCreate(async () => {
      begin();
      const result = await createResourceAction({ target, kind, input, clientToken: tokenFor(input) });
      if (!result.ok) return refuse(result.error);
      forget();
      await queries.invalidateQueries({ queryKey: ["resources", target], refetchType: "none" });
      const [name, version] = [String(input.name), String(input.semanticVersion)];
      showToast({ text: `Created ${KIND_FACTS[kind].one} ${name} ${version}.` });
      router.push(
        previous && previous.dependents > 0 && previous.version !== version
          ? urls.moveVersion(target, kind, name, { from: previous.version, to: version })
          : urls.resource(target, { kind, name, version }),
      );
    });
  });

  return (
    <FormProvider {...form}>
      <form onSubmit={create} noValidate className="grid gap-4">
        {isRestored && <RestoredNote layout="rounded-lg border bg-surface py-1.5" onStartOver={startOver} />}
        <DocumentDetailsFields kind={kind} isVersion={previous !== undefined} takenVersions={takenVersions} />
        <DocumentField kind={kind} previous={previous} serverFinding={serverFinding} />
        <DocumentFormFooter
          noun={previous ? `version` : KIND_FACTS[kind].one}
          refusal={refusal}
          checkedInput={checked}
          toInput={toDocumentInput}
          isChecking={isChecking}
          isCreating={isCreating}
          onCheck={check}
          onLeave={() => router.push(urls.resources(target, kind))}
        />
      </form>
    </FormProvider>
  );
}
