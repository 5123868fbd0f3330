"use client";

import { unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { languageOf } from "./document-editor-assistance";
import { documentTheme } from "./document-editor-theme";

/** What changed from one version of a document to another, unchanged parts folded. */
export function DocumentDiff({ from, to, label }: { from: string; to: string; label: string }) {
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!place.current) return;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: to,
        extensions: [
          lineNumbers(),
          documentTheme,
          languageOf(to),
          EditorState.readOnly.of(true),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          unifiedMergeView({
            original: from,
            mergeControls: false,
            gutter: true,
            collapseUnchanged: { margin: 3, minSize: 6 },
          }),
        ],
      }),
    });
    return () => editor.destroy();
  }, [from, to, label]);

  return <div ref={place} className="h-full min-h-0 overflow-auto" />;
}
