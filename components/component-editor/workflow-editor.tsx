"use client";

import type { WorkflowType } from "goldsmith-languages/workflow";
import { useDeferredValue, useMemo, useRef } from "react";
import { lintWorkflow } from "@/lib/workflow-document/lint-workflow";
import { modelWorkflow } from "@/lib/workflow-document/workflow-model";
import type { DocumentEditorHandle } from "./document-editor";
import { DocumentFindings, type ServerFinding } from "./document-findings";
import { DocumentPane } from "./document-pane";

/** A workflow document: its text, what is wrong with it, its steps. */
export function WorkflowEditor({
  value,
  type,
  onChange,
  readOnly = false,
  compareWith,
  serverFindings = [],
}: {
  value: string;
  /** What the workflow is made for; without one, nothing is said of what a type does not allow. */
  type?: WorkflowType | undefined;
  onChange?: (value: string) => void;
  readOnly?: boolean;
  compareWith?: { label: string; text: string };
  serverFindings?: readonly ServerFinding[];
}) {
  const editor = useRef<DocumentEditorHandle>(null);
  const settled = useDeferredValue(value);
  const findings = useMemo(() => ({ text: settled, list: lintWorkflow(settled, { type }) }), [settled, type]);
  const steps = useMemo(() => modelWorkflow(settled).steps ?? [], [settled]);
  const goTo = (offset: number) => editor.current?.goTo(offset);
  return (
    <div className="grid min-w-0 overflow-hidden rounded-[var(--radius)] border border-line bg-surface lg:grid-cols-[minmax(0,1fr)_300px]">
      <DocumentPane
        ref={editor}
        value={value}
        onChange={onChange}
        findings={findings}
        platform={undefined}
        language="workflow"
        isReadOnly={readOnly}
        label="Workflow document"
        compareWith={compareWith}
      />
      <div className="max-h-[min(70vh,676px)] min-w-0 overflow-auto">
        {(!readOnly || findings.list.length > 0) && (
          <section aria-label="Problems" className="border-line border-b">
            <DocumentFindings
              findings={findings.list}
              serverFindings={serverFindings}
              canFix={false}
              onSelect={goTo}
              onFix={() => undefined}
            />
          </section>
        )}
        <section aria-label="Steps" className="p-3">
          <h3 className="m-0 mb-1 font-semibold">Steps</h3>
          {steps.length === 0 && (
            <p className="m-0 text-ink-2">Steps appear here once the document has them.</p>
          )}
          <ol className="m-0 list-none p-0">
            {steps.map((step) => (
              <li key={step.range[0]}>
                <button
                  type="button"
                  onClick={() => goTo(step.range[0])}
                  className="flex w-full min-w-0 items-center gap-2 rounded-[var(--radius-s)] px-2 py-1 text-left hover:bg-mute-soft"
                >
                  <span className="grid min-w-0 [overflow-wrap:anywhere]">
                    {step.name}
                    <span className="font-mono text-[length:var(--small)] text-ink-3">{step.action}</span>
                  </span>
                  <span className="ml-auto shrink-0 font-mono text-[length:var(--small)] text-ink-3">
                    <span className="sr-only">line </span>
                    {step.line}
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </div>
  );
}
