"use client";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Select } from "@/components/ui/inputs";

/** How a form is named, and what writes it. */
export type CodeForm = [label: string, write: () => string];

/** The same in several forms of code, to copy: each is written when it is chosen. */
export function CodeForms({ title, forms }: { title: string; forms: readonly CodeForm[] }) {
  const labels = forms.map(([label]) => label);
  const [form, setForm] = useState(labels[0] ?? "");
  const text = forms.find(([label]) => label === form)?.[1]() ?? "";
  return (
    <Card
      title={title}
      action={
        <span className="flex items-center gap-2">
          <Select
            aria-label="Format"
            value={form}
            onChange={({ target }) => setForm(target.value)}
            look="bar"
          >
            {labels.map((label) => (
              <option key={label}>{label}</option>
            ))}
          </Select>
          <CopyButton text={text} label={`Copy as ${form}`} />
        </span>
      }
      flush
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
      <section aria-label={form} tabIndex={0} className="max-h-96 overflow-auto px-3.5 py-3">
        <pre className="m-0 font-mono text-xs">{text}</pre>
      </section>
    </Card>
  );
}
