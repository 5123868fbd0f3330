import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import type { Diagnostic } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { hoverTooltip } from "@codemirror/view";
import { explainAt, type Suggestion, suggestAt } from "@/lib/component-document/document-assistance";
import type { Finding, Platform } from "@/lib/component-document/types";

export const languageOf = (text: string): Extension => (/^\s*[{[]/.test(text) ? json() : yaml());

const insertionOf = (suggestion: Suggestion, areKeys: boolean, text: string, at: number) => {
  if (suggestion.kind === "reference") {
    const open = /\{\{$/.test(text.slice(0, at)) ? " " : "";
    return `${open}${suggestion.label}${/^\s*\}\}/.test(text.slice(at)) ? "" : " }}"}`;
  }
  return areKeys && !/^["']?\s*:/.test(text.slice(at)) && !/["']$/.test(text.slice(0, at))
    ? `${suggestion.label}: `
    : suggestion.label;
};

function complete(platform: Platform | undefined) {
  return ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const text = state.doc.toString();
    const found = suggestAt(text, pos, platform);
    if (!found || found.items.length === 0) return null;
    const isReference = found.items.every(({ kind }) => kind === "reference");
    if (!explicit && !isReference && found.from === pos) return null;
    return {
      from: found.from,
      validFor: /^[\w.[\]-]*$/,
      options: found.items.map((item) => ({
        label: item.label,
        detail: item.detail,
        info: item.description || undefined,
        boost: item.isRequired ? 10 : 0,
        apply: (view, _completion, from, to) => {
          const now = view.state.doc.toString();
          const insert = insertionOf(item, found.areKeys, now.slice(0, from) + now.slice(to), from);
          view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length } });
        },
      })),
    };
  };
}

const line = (tag: "strong" | "span" | "p", text: string, style: string) => {
  const element = document.createElement(tag);
  element.textContent = text;
  element.style.cssText = style;
  return element;
};

/** Help for the word under the pointer. Everything is set as text: documents are not ours to trust. */
const explainOnHover = hoverTooltip((view, pos) => {
  const found = explainAt(view.state.doc.toString(), pos);
  if (!found) return null;
  return {
    pos: found.from,
    end: found.to,
    above: true,
    create: () => {
      const dom = document.createElement("div");
      dom.style.cssText = "padding: 8px 10px; font: 400 12.5px/1.5 var(--font); display: grid; gap: 2px";
      dom.append(
        line("strong", found.title, "font: 600 12px/1.5 var(--mono)"),
        line("span", found.detail, "color: var(--ink-3)"),
        line("p", found.description, "margin: 0; white-space: pre-wrap; overflow-wrap: anywhere"),
      );
      if (found.link) {
        const link = document.createElement("a");
        link.href = found.link;
        link.textContent = "AWS user guide";
        link.target = "_blank";
        link.rel = "noreferrer";
        link.style.cssText = "color: var(--accent)";
        dom.append(link);
      }
      return { dom };
    },
  };
});

export const assistance = (platform: Platform | undefined): Extension => [
  autocompletion({ override: [complete(platform)], icons: false }),
  explainOnHover,
];

/** A finding as the editor's gutter shows it, with its fix as a button. */
export const diagnosticOf = (finding: Finding): Diagnostic => ({
  from: finding.from,
  to: finding.to,
  severity: finding.severity,
  message: finding.message,
  source: finding.rule,
  actions: finding.fix
    ? [
        {
          name: finding.fix.title,
          apply: (view) => {
            view.dispatch({ changes: finding.fix?.edits ?? [], userEvent: "input.fix" });
            view.focus();
          },
        },
      ]
    : [],
});
