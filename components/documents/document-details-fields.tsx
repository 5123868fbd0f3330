"use client";
import { useWatch } from "react-hook-form";
import { SelectField } from "@/components/form/select-field";
import { TagFields } from "@/components/form/tag-fields";
import { TextField } from "@/components/form/text-field";
import { TextListField } from "@/components/form/text-list-field";
import { Card } from "@/components/ui/card";
import { supportedOsVersions } from "@/lib/component-document/supported-os-versions";
import type { DocumentKind } from "./types";

const PLATFORMS = ["Linux", "Windows", "macOS"] as const;
const WORKFLOW_TYPES = ["BUILD", "TEST", "DISTRIBUTION"] as const;
const optionsOf = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** Everything of a component or workflow but its document. */
export function DocumentDetailsFields({
  kind,
  isVersion,
  takenVersions,
}: {
  kind: DocumentKind;
  /** Another version of something: name and type are given. */
  isVersion: boolean;
  takenVersions: string[];
}) {
  return (
    <Card title="Details">
      <div className="grid gap-x-4 gap-y-3 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
        <TextField name="name" label="Name" isRequired isReadOnly={isVersion} />
        <VersionField takenVersions={takenVersions} />
        {kind === "component" ? (
          <SelectField
            name="platform"
            label="Platform"
            isRequired
            isReadOnly={isVersion}
            options={optionsOf(PLATFORMS)}
          />
        ) : (
          <SelectField
            name="type"
            label="Type"
            isRequired
            isReadOnly={isVersion}
            options={optionsOf(WORKFLOW_TYPES)}
          />
        )}
        <div className="grid gap-x-4 gap-y-3 md:col-span-3 md:grid-cols-2">
          <TextField name="description" label="Description" lines={2} />
          <TextField
            name="changeDescription"
            label="Change description"
            lines={2}
            hint="Shown in the version list."
          />
        </div>
      </div>
      <details className="mt-3 border-line border-t pt-3">
        <summary className="cursor-pointer font-[550]">
          {kind === "component" ? "OS versions, tags, encryption" : "Tags, encryption"}
        </summary>
        <div className="mt-3 grid gap-x-6 gap-y-4 md:grid-cols-2">
          {kind === "component" && <OsVersionsField />}
          <TagFields name="tags" label="Tags" hint="Up to 50." />
          <TextField
            name="kmsKeyId"
            label="KMS key"
            isMono
            placeholder="alias/my-key, or a key ARN"
            hint="Encrypts the document. Default: an AWS owned key."
          />
        </div>
      </details>
    </Card>
  );
}

/** AWS makes a second build of a version that exists, unless the document is the same. */
function VersionField({ takenVersions }: { takenVersions: string[] }) {
  const version: unknown = useWatch({ name: "semanticVersion" });
  const isTaken = takenVersions.some((taken) => taken === version);
  return (
    <TextField
      name="semanticVersion"
      label="Version"
      isRequired
      isMono
      hint={
        isTaken
          ? `${version} exists. AWS creates a new build of it if the document differs, and rejects it otherwise.`
          : undefined
      }
    />
  );
}

function OsVersionsField() {
  const platform: unknown = useWatch({ name: "platform" });
  const known = PLATFORMS.find((each) => each === platform);
  return (
    <TextListField
      name="supportedOsVersions"
      label="Supported OS versions"
      addLabel="Add an OS version"
      hint="Matched by prefix with the base image's OS version. If empty, all versions of the platform."
      choices={known ? supportedOsVersions[known].map((value) => ({ value, label: value })) : []}
    />
  );
}
