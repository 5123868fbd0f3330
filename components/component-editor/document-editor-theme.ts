import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { Decoration, EditorView, MatchDecorator, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Drawn from the tokens of app/globals.css, so that the theme changes without the editor knowing. */
const frame = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "12.5px", height: "100%" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--ink)", paddingBlock: "10px" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": {
    backgroundColor: "var(--sunken)",
    color: "var(--ink-2)",
    borderRight: "1px solid var(--line)",
  },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in srgb, var(--mute-soft) 60%, transparent)",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 24%, transparent) !important",
  },
  ".cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--line-strong)" },
  ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: "var(--accent-soft)" },
  ".cm-tooltip": {
    backgroundColor: "var(--surface)",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius-s)",
    boxShadow: "0 4px 16px rgb(0 0 0 / 0.16)",
    maxWidth: "min(440px, 90vw)",
  },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "12px", maxHeight: "240px" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "3px 8px !important" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent-soft) !important",
    color: "var(--ink) !important",
  },
  ".cm-completionDetail": { color: "var(--ink-3)", fontStyle: "normal", marginLeft: "10px" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionInfo": { padding: "8px 10px", font: "400 12px/1.5 var(--font)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--ink)" },
  ".cm-panels input, .cm-panels button": {
    font: "inherit",
    color: "var(--ink)",
    background: "var(--surface)",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius-s)",
  },
  ".cm-diagnostic": { font: "400 12.5px/1.5 var(--font)", padding: "6px 10px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--fail)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--wait)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--run)" },
  ".cm-diagnosticAction": {
    backgroundColor: "var(--accent-solid)",
    color: "var(--accent-ink)",
    borderRadius: "var(--radius-s)",
    padding: "2px 8px",
  },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--fail) 1px" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--wait) 1px" },
  ".cm-lintRange-info": { backgroundImage: "none", textDecoration: "underline dotted var(--run) 1px" },
  ".cm-lint-marker-error": { content: "none", backgroundColor: "var(--fail)", borderRadius: "50%" },
  ".cm-lint-marker-warning": {
    content: "none",
    backgroundColor: "var(--wait)",
    clipPath: "polygon(50% 6%, 100% 94%, 0 94%)",
  },
  ".cm-lint-marker-info": { content: "none", backgroundColor: "var(--run)", borderRadius: "2px" },
  ".cm-lint-marker": { width: "9px", height: "9px", margin: "5px 0 0 2px" },
  ".cm-reference, .cm-reference span": { color: "var(--accent)", fontWeight: "600" },
  ".cm-changedLine": { backgroundColor: "var(--ok-soft) !important" },
  ".cm-deletedChunk": { backgroundColor: "var(--fail-soft) !important", paddingInline: "6px" },
  ".cm-changedText": { background: "color-mix(in srgb, var(--ok) 12%, transparent) !important" },
  ".cm-deletedText, .cm-deletedChunk .cm-deletedText": {
    background: "color-mix(in srgb, var(--fail) 12%, transparent) !important",
  },
  // The default signs are missing from most fonts.
  ".cm-collapsedLines:before, .cm-collapsedLines:after": { content: "'…'" },
  ".cm-collapsedLines": {
    background: "var(--sunken)",
    color: "var(--ink-2)",
    font: "400 12px/1.8 var(--font)",
    borderBlock: "1px solid var(--line)",
  },
});

/** Color means state in this console, so syntax is told apart by weight and by shades of ink. */
const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--ink)", fontWeight: "600" },
  { tag: [tags.string, tags.content, tags.number, tags.bool, tags.null], color: "var(--ink-2)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.meta, tags.keyword], color: "var(--ink-3)" },
]);

const references = new MatchDecorator({
  regexp: /\{\{[^{}\n]*\}\}/g,
  decoration: Decoration.mark({ class: "cm-reference" }),
});

const markReferences = ViewPlugin.define(
  (view) => ({
    marks: references.createDeco(view),
    update(update: ViewUpdate) {
      this.marks = references.updateDeco(update, this.marks);
    },
  }),
  { decorations: (plugin) => plugin.marks },
);

/** The editor writes its rules into a style element, which the page's policy allows with the page's nonce only. */
const nonce =
  typeof document === "undefined"
    ? undefined
    : document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

export const documentTheme: Extension = [
  nonce ? EditorView.cspNonce.of(nonce) : [],
  frame,
  syntaxHighlighting(highlight),
  markReferences,
];
