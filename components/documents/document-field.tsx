"use client";
import { useEffect, useEffectEvent, useId } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { useFieldError } from "@/components/form/field";
import { TextField } from "@/components/form/text-field";
import { Radio } from "@/components/ui/inputs";
import { starterDocuments } from "@/lib/component-document/starter-documents";
import { starterWorkflows } from "@/lib/workflow-document/starter-workflows";
import { DocumentKindEditor } from "./document-kind-editor";
import type { DocumentKind, PreviousVersion } from "./types";

const STARTERS: Record<DocumentKind, { by: string; texts: Record<string, string> }> = {
  component: { by: "platform", texts: starterDocuments },
  workflow: { by: "type", texts: starterWorkflows },
};
const SOURCES = [
  { value: "text", label: "Inline" },
  { value: "s3", label: "Amazon S3" },
] as const;

/** The document: written in the editor, or an address in S3 for one that is too long for a request. */
export function DocumentField({
  kind,
  previous,
  serverFinding,
}: {
  kind: DocumentKind;
  previous?: PreviousVersion;
  /** What AWS said about the document. */
  serverFinding?: string;
}) {
  const { setValue, clearErrors } = useFormContext();
  const { by, texts } = STARTERS[kind];
  const [text, source, variant] = useWatch({ name: ["data", "documentFrom", by] }) as unknown[];
  const value = typeof text === "string" ? text : "";
  const message = useFieldError("data");
  useStarter({ texts, variant, value, onChange: (starter) => setValue("data", starter) });
  return (
    <section aria-label="Document" className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <h2 className="m-0 font-semibold text-[13.5px]">Document</h2>
        <SourceChoice
          value={source === "s3" ? "s3" : "text"}
          onChange={(chosen) => {
            clearErrors(["data", "uri"]);
            setValue("documentFrom", chosen, { shouldDirty: true });
          }}
        />
      </div>
      {source === "s3" ? (
        <div className="rounded-lg border border-line bg-surface px-3.5 py-3">
          <TextField
            name="uri"
            label="S3 URI"
            isRequired
            isMono
            placeholder="s3://my-bucket/components/web.yml"
            hint="Up to 64 KB. Read once at creation with the console's role. Your inline text is kept."
          />
        </div>
      ) : (
        <>
          <DocumentKindEditor
            kind={kind}
            value={value}
            onChange={(typed) => setValue("data", typed, { shouldDirty: true, shouldValidate: true })}
            platform={typeof variant === "string" ? variant : undefined}
            type={typeof variant === "string" ? variant : undefined}
            compareWith={
              previous?.text === undefined ? undefined : { label: previous.version, text: previous.text }
            }
            serverFindings={serverFinding ? [{ message: serverFinding }] : []}
          />
          {message && (
            <p role="alert" className="m-0 text-fail text-xs [overflow-wrap:anywhere]">
              {message === serverFinding ? "AWS rejected the document. See Problems." : message}
            </p>
          )}
        </>
      )}
    </section>
  );
}

function SourceChoice({
  value,
  onChange,
}: {
  value: "text" | "s3";
  onChange: (value: "text" | "s3") => void;
}) {
  const name = useId();
  return (
    <fieldset className="m-0 flex flex-wrap gap-x-4 border-0 p-0">
      <legend className="sr-only">Document source</legend>
      {SOURCES.map((source) => (
        <label key={source.value} className="flex items-center gap-1.5">
          <Radio name={name} checked={value === source.value} onChange={() => onChange(source.value)} />
          {source.label}
        </label>
      ))}
    </fieldset>
  );
}

/** Another platform or type has another beginning, as long as nobody has written on the one that is there. */
function useStarter({
  texts,
  variant,
  value,
  onChange,
}: {
  texts: Record<string, string>;
  variant: unknown;
  value: string;
  onChange: (text: string) => void;
}) {
  const change = useEffectEvent(onChange);
  useEffect(() => {
    const wanted = texts[String(variant)];
    if (wanted !== undefined && wanted !== value && Object.values(texts).includes(value)) change(wanted);
  }, [texts, variant, value]);
}
