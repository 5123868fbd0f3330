"use client";

import { useDeferredValue, useMemo, useRef, useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { foldsBeside } from "@/lib/component-document/fold-other-steps";
import { outlineDocument } from "@/lib/component-document/outline-document";
import type { ParameterValues, Platform, Severity } from "@/lib/component-document/types";
import { counted } from "@/lib/core/words";
import type { DocumentEditorHandle } from "./document-editor";
import { DocumentFindings, type ServerFinding } from "./document-findings";
import { DocumentOutline } from "./document-outline";
import { DocumentPane } from "./document-pane";
import { DocumentPlan } from "./document-plan";
import { useDocumentFindings } from "./use-document-findings";

type Side = "problems" | "outline" | "plan";

/** A component document with everything that helps to read and write it. */
export function ComponentEditor({
  value,
  onChange,
  platform,
  readOnly = false,
  compareWith,
  serverFindings = [],
  focusStep,
}: {
  value: string;
  onChange?: (value: string) => void;
  platform?: Platform;
  readOnly?: boolean;
  /** An older text of the document; a switch then shows what changed since. */
  compareWith?: { label: string; text: string };
  serverFindings?: readonly ServerFinding[];
  /** Opens the document at this step, with the others folded and what is known about it below. */
  focusStep?: string;
}) {
  const editor = useRef<DocumentEditorHandle>(null);
  const [side, setSide] = useState<Side>(readOnly ? "outline" : "problems");
  const [values, setValues] = useState<ParameterValues>({});
  const findings = useDocumentFindings(value, platform);
  const settled = useDeferredValue(findings.text);
  const outline = useMemo(() => outlineDocument(settled), [settled]);
  const goTo = (offset: number) => editor.current?.goTo(offset);

  return (
    <div
      className={`grid min-w-0 content-start overflow-hidden rounded-[var(--radius)] border border-line bg-surface ${focusStep === undefined ? "lg:grid-cols-[minmax(0,1fr)_340px]" : ""}`}
    >
      <DocumentPane
        ref={editor}
        value={value}
        onChange={onChange}
        findings={findings}
        platform={platform}
        isReadOnly={readOnly}
        startAt={() => offsetOfStep(value, focusStep ?? stepInAddress())}
        foldAtStart={focusStep === undefined ? undefined : () => foldsBeside(value, focusStep)}
        label="Component document"
        compareWith={compareWith}
        hint={
          !readOnly && (
            <span className="text-[length:var(--small)] text-ink-3 max-sm:hidden">
              <kbd className="font-mono">Ctrl Space</kbd> to complete, <kbd className="font-mono">Esc</kbd>{" "}
              <kbd className="font-mono">Tab</kbd> to leave
            </span>
          )
        }
      />
      <Tabs
        selectedKey={side}
        onSelectionChange={(key) => setSide(key as Side)}
        className="flex max-h-[min(70vh,676px)] min-w-0 flex-col"
      >
        <TabList aria-label="About the document" className="flex gap-1 border-line border-b px-2 pt-1">
          <SideTab id="problems">
            Problems <Counts findings={findings.list} extra={serverFindings.length} />
          </SideTab>
          <SideTab id="outline">Outline</SideTab>
          <SideTab id="plan">Plan</SideTab>
        </TabList>
        <TabPanel id="problems" className="min-h-0 overflow-auto">
          <DocumentFindings
            findings={findings.list}
            serverFindings={serverFindings}
            canFix={!readOnly && findings.text === value}
            onSelect={goTo}
            onFix={({ fix }) => fix && editor.current?.edit(fix.edits)}
          />
        </TabPanel>
        <TabPanel id="outline" className="min-h-0 overflow-auto">
          <DocumentOutline phases={outline} onSelect={goTo} />
        </TabPanel>
        <TabPanel id="plan" className="min-h-0 overflow-auto">
          <DocumentPlan text={settled} values={values} onValuesChange={setValues} onSelect={goTo} />
        </TabPanel>
      </Tabs>
    </div>
  );
}

/** The step that the address names; see `urls.componentStep`. */
const stepInAddress = () => new URLSearchParams(location.hash.slice(1)).get("step");

/** Where a step begins. */
function offsetOfStep(text: string, name: string | null): number | undefined {
  if (name === null) return undefined;
  const steps = outlineDocument(text).flatMap((phase) => phase.steps);
  return steps.find((step) => step.name === name)?.from;
}

function SideTab({ id, children }: { id: Side; children: React.ReactNode }) {
  return (
    <Tab
      id={id}
      className="-mb-px flex cursor-pointer items-center gap-2 border-transparent border-b-2 px-2 py-1.5 text-ink-2 outline-none data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent data-[selected]:border-accent-solid data-[selected]:font-medium data-[selected]:text-ink"
    >
      {children}
    </Tab>
  );
}

const badges: Record<Severity, string> = {
  error: "bg-fail-soft text-fail",
  warning: "bg-wait-soft text-wait",
  info: "bg-run-soft text-run",
};

function Counts({ findings, extra }: { findings: readonly { severity: Severity }[]; extra: number }) {
  const severities: Severity[] = ["error", "warning", "info"];
  return severities.map((severity) => {
    const found = findings.filter((finding) => finding.severity === severity).length;
    const count = severity === "error" ? found + extra : found;
    if (count === 0) return null;
    const word = severity === "info" ? "note" : severity;
    return (
      <span
        key={severity}
        title={counted(count, word)}
        className={`rounded-full px-1.5 text-[length:var(--small)] ${badges[severity]}`}
      >
        {count}
        <span className="sr-only"> {count === 1 ? word : `${word}s`}</span>
      </span>
    );
  });
}
