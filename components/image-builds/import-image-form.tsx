"use client";
import dynamic from "next/dynamic";
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
import { importImageAction } from "@/lib/actions/image-build-actions";
import { urls } from "@/lib/core/urls";
import type { JsonObject } from "@/lib/definitions/types";

const ImportIsoFields = dynamic(() => import("./import-iso-fields").then((file) => file.ImportIsoFields));

/** The only one, as https://docs.aws.amazon.com/imagebuilder/latest/userguide/import-iso-disk.html has it. */
const ISO_OS_VERSION = "Microsoft Windows 11";

const BLANK: JsonObject = { from: "vm", name: "", semanticVersion: "1.0.0", platform: "Linux" };

/** Makes an image of what was not built here: a virtual machine, or a disk file of Windows. */
export function ImportImageForm({ target }: { target: string }) {
  const { form, isRestored, startOver, refusal, isBusy, submit, leaveTo } = useCreation({
    loadSchema: async () => (await import("@/lib/image-builder/image-imports/schemas")).imageImportSchema,
    defaultValues: BLANK,
    keepAs: `${target} import image`,
    send: (input, clientToken) => importImageAction({ target, input, clientToken }),
    stale: ["image-builds", target],
    doneOf: ({ name }) => `Started the import of ${String(name)}.`,
    pageOf: (_, made) => urls.imageBuild(target, made),
  });
  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate className="grid max-w-[880px] gap-4">
        {isRestored && <RestoredNote layout="rounded-lg border bg-surface py-1.5" onStartOver={startOver} />}
        <Card title="Image">
          <div className="grid gap-x-4 gap-y-3 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1.4fr)]">
            <TextField name="name" label="Name" isRequired />
            <TextField name="semanticVersion" label="Version" isRequired isMono />
            <OsVersionField />
            <div className="md:col-span-3">
              <TextField name="description" label="Description" />
            </div>
            <div className="md:col-span-3">
              <TagFields name="tags" label="Tags" />
            </div>
          </div>
        </Card>
        <Card title="Source">
          <SourceFields target={target} />
        </Card>
        <footer className="grid gap-2 rounded-lg border border-line bg-surface px-3.5 py-2.5 shadow-soft">
          <FormRefusal refusal={refusal} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button variant="quiet" onClick={() => leaveTo(urls.images(target))}>
              Cancel
            </Button>
            <ImportButton isBusy={isBusy} />
          </div>
        </footer>
      </form>
    </FormProvider>
  );
}

/** AWS imports disk files of one system only. */
function OsVersionField() {
  const isVm = useWatch({ name: "from" }) === "vm";
  if (isVm) return <TextField name="osVersion" label="OS version" placeholder="Ubuntu 24.04" />;
  return <SelectField name="osVersion" label="OS version" none={ISO_OS_VERSION} options={[]} />;
}

function SourceFields({ target }: { target: string }) {
  const isVm = useWatch({ name: "from" }) === "vm";
  return (
    <div className="grid gap-3">
      <SelectField
        name="from"
        label="Source"
        isRequired
        options={[
          { value: "vm", label: "Virtual machine imported by EC2" },
          { value: "iso", label: "Windows 11 disk file in S3" },
        ]}
      />
      {isVm ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            name="vmImportTaskId"
            label="Import task"
            isRequired
            isMono
            placeholder="import-ami-0123456789abcdef0"
            hint="The task ID returned by ec2 import-image."
          />
          <SelectField
            name="platform"
            label="Platform"
            isRequired
            options={["Linux", "Windows", "macOS"].map((value) => ({ value, label: value }))}
          />
        </div>
      ) : (
        <ImportIsoFields target={target} />
      )}
    </div>
  );
}

function ImportButton({ isBusy }: { isBusy: boolean }) {
  const name: unknown = useWatch({ name: "name" });
  return (
    <PermittedButton
      action="import-image"
      resource={String(name ?? "")}
      type="submit"
      variant="primary"
      disabled={isBusy}
    >
      {isBusy ? "Importing…" : "Import image"}
    </PermittedButton>
  );
}
