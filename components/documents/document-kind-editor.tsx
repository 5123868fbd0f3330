"use client";
import { workflowTypes } from "goldsmith-languages/workflow";
import { ComponentEditor } from "@/components/component-editor/component-editor";
import type { ServerFinding } from "@/components/component-editor/document-findings";
import { WorkflowEditor } from "@/components/component-editor/workflow-editor";
import type { Platform } from "@/lib/component-document/types";
import type { DocumentKind } from "./types";

const PLATFORMS: readonly Platform[] = ["Linux", "Windows", "macOS"];

/** The editor that knows the documents of the kind. */
export function DocumentKindEditor({
  kind,
  platform,
  type,
  focusStep,
  ...rest
}: {
  kind: DocumentKind;
  value: string;
  onChange?: (value: string) => void;
  platform?: string;
  type?: string;
  readOnly?: boolean;
  compareWith?: { label: string; text: string };
  serverFindings?: readonly ServerFinding[];
  /** Of a component: the step it is opened at. */
  focusStep?: string;
}) {
  if (kind === "workflow")
    return <WorkflowEditor {...rest} type={workflowTypes.find((known) => known === type)} />;
  return (
    <ComponentEditor
      {...rest}
      focusStep={focusStep}
      platform={PLATFORMS.find((known) => known === platform)}
    />
  );
}
