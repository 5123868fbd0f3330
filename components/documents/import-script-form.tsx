"use client";
import { FormProvider, useWatch } from "react-hook-form";
import { RestoredNote } from "@/components/form/restored-note";
import { SelectField } from "@/components/form/select-field";
import { TagFields } from "@/components/form/tag-fields";
import { TextField } from "@/components/form/text-field";
import { useCreation } from "@/components/form/use-creation";
import { FormRefusal } from "@/components/resources/form-refusal";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { importComponentAction } from "@/lib/actions/resource-actions";
import { urls } from "@/lib/core/urls";
import type { JsonObject } from "@/lib/definitions/types";

const BLANK: JsonObject = {
  name: "",
  semanticVersion: "1.0.0",
  type: "BUILD",
  format: "SHELL",
  platform: "Linux",
  data: "",
};
const choices = (...values: string[]) => values.map((value) => ({ value, label: value }));

/** Makes a component of a shell script; AWS writes the document around it. */
export function ImportScriptForm({ target }: { target: string }) {
  const { form, isRestored, startOver, refusal, isBusy, submit, leaveTo } = useCreation({
    loadSchema: async () => (await import("@/lib/definitions/import-component-schema")).importComponentSchema,
    defaultValues: BLANK,
    keepAs: `${target} import component`,
    send: (input, clientToken) => importComponentAction({ target, input, clientToken }),
    stale: ["resources", target],
    doneOf: ({ name }) => `Created component ${String(name)}.`,
    pageOf: ({ name, semanticVersion }) =>
      urls.resource(target, { kind: "component", name: String(name), version: String(semanticVersion) }),
  });
  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate className="grid max-w-[880px] gap-4">
        {isRestored && <RestoredNote layout="rounded-lg border bg-surface py-1.5" onStartOver={startOver} />}
        <Card title="Component">
          <div className="grid gap-x-4 gap-y-3 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)]">
            <TextField name="name" label="Name" isRequired />
            <TextField name="semanticVersion" label="Version" isRequired isMono />
            <SelectField
              name="platform"
              label="Platform"
              isRequired
              options={choices("Linux", "Windows", "macOS")}
            />
            <SelectField name="type" label="Phase" isRequired options={choices("BUILD", "TEST")} />
            <div className="md:col-span-4">
              <TextField name="description" label="Description" />
            </div>
            <div className="md:col-span-4">
              <TextField name="changeDescription" label="Change description" />
            </div>
            <div className="md:col-span-4">
              <TagFields name="tags" label="Tags" />
            </div>
          </div>
        </Card>
        <Card title="Shell script" note="inline or in S3">
          <div className="grid gap-3">
            <TextField
              name="data"
              label="Script"
              lines={12}
              isMono
              hint={<InlineRoom />}
              placeholder={"#!/bin/bash\nset -euo pipefail"}
            />
            <TextField name="uri" label="S3 URI" isMono placeholder="s3://my-bucket/scripts/harden.sh" />
            <TextField name="kmsKeyId" label="KMS key" isMono placeholder="alias/my-key, or a key ARN" />
          </div>
        </Card>
        <footer className="z-10 grid gap-2 rounded-lg border border-line bg-surface px-3.5 py-2.5 shadow-soft md:sticky md:bottom-0">
          <FormRefusal refusal={refusal} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button variant="quiet" onClick={() => leaveTo(urls.resources(target, "component"))}>
              Cancel
            </Button>
            <ImportButton isBusy={isBusy} />
          </div>
        </footer>
      </form>
    </FormProvider>
  );
}

/** AWS's NonEmptyString ends where most scripts begin to be useful: said before it is reached. */
function InlineRoom() {
  const text: unknown = useWatch({ name: "data" });
  const length = typeof text === "string" ? text.length : 0;
  return (
    <>
      {length.toLocaleString("en")} of 1,024 characters. Store a longer script in S3, or put it in a component
      step.
    </>
  );
}

function ImportButton({ isBusy }: { isBusy: boolean }) {
  const name: unknown = useWatch({ name: "name" });
  return (
    <PermittedButton
      action="import-component"
      resource={String(name ?? "")}
      type="submit"
      variant="primary"
      disabled={isBusy}
    >
      {isBusy ? "Importing…" : "Import script"}
    </PermittedButton>
  );
}
