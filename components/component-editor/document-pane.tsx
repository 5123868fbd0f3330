"use client";

import dynamic from "next/dynamic";
import { type ComponentProps, type ReactNode, type Ref, useImperativeHandle, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { DocumentEditorHandle, DocumentEditor as DocumentEditorType } from "./document-editor";
import { DocumentSize } from "./document-size";

const Skeleton = () => (
  <div role="status" className="h-full animate-pulse bg-sunken motion-reduce:animate-none">
    <span className="sr-only">Loading the editor…</span>
  </div>
);
const DocumentEditor = dynamic(() => import("./document-editor").then((module) => module.DocumentEditor), {
  ssr: false,
  loading: Skeleton,
});
const DocumentDiff = dynamic(() => import("./document-diff").then((module) => module.DocumentDiff), {
  ssr: false,
  loading: Skeleton,
});

/** The text of a document with its size below, or what changed since an older one. `ref` leads back to the text. */
export function DocumentPane({
  ref,
  compareWith,
  hint,
  ...editor
}: Omit<ComponentProps<typeof DocumentEditorType>, "ref"> & {
  ref: Ref<DocumentEditorHandle>;
  /** An older text of the document; a switch then shows what changed since. */
  compareWith?: { label: string; text: string } | undefined;
  /** Keys worth knowing, beside the size. */
  hint?: ReactNode;
}) {
  const text = useRef<DocumentEditorHandle>(null);
  const [isComparing, setComparing] = useState(false);
  useImperativeHandle(ref, () => {
    // The editor can take focus only when it is on the page.
    const showText = () => flushSync(() => setComparing(false));
    return {
      goTo(offset) {
        showText();
        text.current?.goTo(offset);
      },
      edit(edits) {
        showText();
        text.current?.edit(edits);
      },
    };
  }, []);
  return (
    <div className="flex min-w-0 flex-col border-line max-lg:border-b lg:border-r">
      <div className="h-[min(70vh,640px)] min-h-72">
        <div className={isComparing ? "hidden" : "h-full"}>
          <DocumentEditor ref={text} {...editor} />
        </div>
        {isComparing && compareWith && (
          <DocumentDiff
            from={compareWith.text}
            to={editor.value}
            label={`Changes since ${compareWith.label}`}
          />
        )}
      </div>
      <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-line border-t px-3 py-1">
        <DocumentSize text={editor.value} />
        {hint}
        {compareWith && (
          <button
            type="button"
            aria-pressed={isComparing}
            onClick={() => setComparing(!isComparing)}
            className="ml-auto rounded-[var(--radius-s)] border border-line-strong px-2 py-0.5 text-[length:var(--small)] hover:bg-mute-soft focus-visible:outline-2 focus-visible:outline-accent aria-pressed:bg-mute-soft"
          >
            Changes since {compareWith.label}
          </button>
        )}
      </div>
    </div>
  );
}
