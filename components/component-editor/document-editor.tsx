"use client";

import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import {
  bracketMatching,
  foldEffect,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
} from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { type Ref, useEffect, useId, useImperativeHandle, useRef } from "react";
import type { Finding, Platform, SourceRange, TextEdit } from "@/lib/component-document/types";
import { assistance, diagnosticOf, languageOf } from "./document-editor-assistance";
import { documentTheme } from "./document-editor-theme";

export interface DocumentEditorHandle {
  /** Puts the cursor at an offset, in the middle of the view, and focuses the editor. */
  goTo(offset: number): void;
  /** Changes the text as one step that can be undone, and focuses the editor there. */
  edit(edits: TextEdit[]): void;
}

const keys: Extension = keymap.of([
  ...closeBracketsKeymap,
  ...defaultKeymap,
  ...searchKeymap,
  ...historyKeymap,
  ...foldKeymap,
  ...completionKeymap,
  ...lintKeymap,
  indentWithTab,
]);

/** The text of a document with gutter, completion and hover help. Give it a height. */
export function DocumentEditor({
  ref,
  value,
  onChange,
  findings,
  platform,
  language = "component",
  isReadOnly = false,
  startAt,
  foldAtStart,
  label,
}: {
  ref?: Ref<DocumentEditorHandle>;
  value: string;
  onChange?: (value: string) => void;
  /** What the linter said about exactly this value; about an older one it is not shown. */
  findings: { text: string; list: readonly Finding[] };
  platform: Platform | undefined;
  /** Completion and hover help know component documents only. */
  language?: "component" | "workflow";
  isReadOnly?: boolean;
  /** Asked once, when the text is there: the offset to open it at, undefined for the beginning. */
  startAt?: () => number | undefined;
  /** Asked once: what of the text is folded at first. The editor then has the focus, for who came to change it. */
  foldAtStart?: (() => readonly SourceRange[]) | undefined;
  label: string;
}) {
  const hintId = useId();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const change = useRef(onChange);
  const slots = useRef({
    language: new Compartment(),
    assistance: new Compartment(),
    mode: new Compartment(),
  });
  const initial = useRef({ value, platform, language, isReadOnly, startAt, foldAtStart, label });

  useEffect(() => {
    change.current = onChange;
  }, [onChange]);

  useEffect(() => {
    if (!place.current) return;
    const { language: syntax, assistance: help, mode } = slots.current;
    const start = initial.current;
    const anchor = start.startAt?.() ?? 0;
    const editor = new EditorView({
      parent: place.current,
      ...(anchor > 0 && { scrollTo: EditorView.scrollIntoView(anchor, { y: "center" }) }),
      state: EditorState.create({
        doc: start.value,
        selection: { anchor },
        extensions: [
          lineNumbers(),
          foldGutter(),
          lintGutter({ hoverTime: 150 }),
          highlightActiveLineGutter(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          drawSelection(),
          history(),
          indentUnit.of("  "),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          keys,
          documentTheme,
          syntax.of(languageOf(start.value)),
          help.of(start.language === "component" ? assistance(start.platform) : []),
          mode.of(modeOf(start.isReadOnly)),
          EditorView.contentAttributes.of({
            "aria-label": start.label,
            "aria-describedby": hintId,
            tabindex: "0",
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change.current?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    if (start.foldAtStart) {
      const folds = start.foldAtStart().map(([from, to]) => foldEffect.of({ from, to }));
      editor.dispatch({ effects: [...folds, EditorView.scrollIntoView(anchor, { y: "center" })] });
      editor.focus();
    }
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [hintId]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  const isJson = /^\s*[{[]/.test(value);
  useEffect(() => {
    view.current?.dispatch({ effects: slots.current.language.reconfigure(languageOf(isJson ? "{" : "")) });
  }, [isJson]);

  useEffect(() => {
    if (language !== "component") return;
    view.current?.dispatch({ effects: slots.current.assistance.reconfigure(assistance(platform)) });
  }, [platform, language]);

  useEffect(() => {
    view.current?.dispatch({ effects: slots.current.mode.reconfigure(modeOf(isReadOnly)) });
  }, [isReadOnly]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() !== findings.text) return;
    editor.dispatch(setDiagnostics(editor.state, findings.list.map(diagnosticOf)));
  }, [findings]);

  useImperativeHandle(ref, () => ({
    goTo(offset) {
      const editor = view.current;
      if (!editor) return;
      const anchor = Math.min(offset, editor.state.doc.length);
      editor.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: "center" }),
      });
      editor.focus();
    },
    edit(edits) {
      view.current?.dispatch({
        changes: edits,
        selection: { anchor: edits[0]?.from ?? 0 },
        scrollIntoView: true,
        userEvent: "input.fix",
      });
      view.current?.focus();
    },
  }));

  return (
    <>
      <div ref={place} className="h-full min-h-0 overflow-hidden" />
      <p id={hintId} className="sr-only">
        {isReadOnly
          ? "Read-only. Move with the arrow keys; Control F searches."
          : "Tab indents. To leave the editor press Escape, then Tab. Control Space completes, Control Shift M lists problems."}
      </p>
    </>
  );
}

/** Read only still takes focus: people read, search and copy with the keyboard too. */
const modeOf = (isReadOnly: boolean): Extension => [
  EditorState.readOnly.of(isReadOnly),
  EditorView.editorAttributes.of({ class: isReadOnly ? "cm-read-only" : "" }),
];
