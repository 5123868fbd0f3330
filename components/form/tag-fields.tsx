"use client";
import { X } from "lucide-react";
import { useState } from "react";
import { Controller } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/inputs";
import { useFieldError } from "./field";

/** Keys and values at the path `name` of the form, as one member: a key may hold dots. */
export function TagFields({ name, label, hint }: { name: string; label: string; hint?: string }) {
  const message = useFieldError(name);
  return (
    <Controller
      name={name}
      render={({ field: { value, onChange } }) => (
        <TagInputs
          label={label}
          hint={hint}
          message={message}
          tags={typeof value === "object" && value !== null ? (value as Record<string, string>) : {}}
          onChange={onChange}
        />
      )}
    />
  );
}

/** The same outside a form. Rows without a key yet are not among the tags. */
export function TagInputs({
  label,
  hint,
  message,
  tags,
  onChange,
}: {
  label: string;
  hint?: string;
  message?: string;
  tags: Record<string, string>;
  onChange: (tags: Record<string, string>) => void;
}) {
  const [rows, setRows] = useState(() => Object.entries(tags));
  // A form that was reset, or a draft that was loaded, has other tags than these rows.
  const isStale = !sameTags(tagsOf(rows), tags);
  const shown = isStale ? Object.entries(tags) : rows;
  const change = (changed: [string, string][]) => {
    setRows(changed);
    onChange(tagsOf(changed));
  };
  const twice = shown.find(
    ([key], index) => key !== "" && shown.findIndex(([other]) => other === key) !== index,
  );
  const said = twice ? `Key "${twice[0]}" is used twice. The last value is used.` : message;
  return (
    <fieldset className="m-0 grid gap-1.5 border-0 p-0">
      <legend className="mb-1 p-0 font-[550]">
        {label} <span className="font-normal text-ink-3">optional</span>
      </legend>
      {shown.map(([key, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a key is typed letter by letter, so a row has no other name
        <div key={index} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] gap-1.5">
          <Input
            aria-label={`Key ${index + 1}`}
            placeholder="Key"
            value={key}
            onChange={({ target }) => change(shown.with(index, [target.value, value]))}
          />
          <Input
            aria-label={`Value for ${key || `key ${index + 1}`}`}
            placeholder="Value"
            value={value}
            onChange={({ target }) => change(shown.with(index, [key, target.value]))}
          />
          <Button
            variant="quiet"
            layout="px-1.5"
            aria-label={`Remove tag ${key || index + 1}`}
            onClick={() => change(shown.toSpliced(index, 1))}
          >
            <X size={14} aria-hidden="true" />
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => setRows([...shown, ["", ""]])}>Add a tag</Button>
      </div>
      {said ? (
        <p role="alert" className="m-0 text-fail text-xs">
          {said}
        </p>
      ) : (
        hint && <p className="m-0 text-ink-3 text-xs">{hint}</p>
      )}
    </fieldset>
  );
}

const tagsOf = (rows: [string, string][]) => Object.fromEntries(rows.filter(([key]) => key !== ""));

const sameTags = (a: Record<string, string>, b: Record<string, string>) =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([key, value]) => b[key] === value);
