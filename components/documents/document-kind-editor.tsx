"use client";
import { workflowTypes } from "goldsmith-languages/workflow";
import dynamic from "next/dynamic";
import type { ServerFinding } from "@/components/component-editor/document-findings";
import type { Platform } from "@/lib/component-document/types";
import type { DocumentKind } from "./types";

/** As high as the text with the line below it, so that nothing moves when it comes. */
const Loading = () => (
  <div
    role="status"
    className="h-[calc(min(70vh,640px)+39px)] min-h-[327px] animate-pulse bg-sunken motion-reduce:animate-none"
  >
    <span className="sr-only">Loading the editor…</span>
  </div>
);
/** Each knows its own language: a page of one kind does not load the other. */
const ComponentEditor = dynamic(
  () => import("@/components/component-editor/component-editor").then((module) => module.ComponentEditor),
  { loading: Loading },
);
const WorkflowEditor = dynamic(
  () => import("@/components/component-editor/workflow-editor").then((module) => module.WorkflowEditor),
  { loading: Loading },
);

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
