"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";

/** Copies an id. `label` says what is copied: "Copy ami-0123". */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const copy = async () => {
    setState(
      await navigator.clipboard.writeText(text).then(
        () => "copied" as const,
        () => "failed" as const,
      ),
    );
  };
  return (
    <button
      type="button"
      onClick={copy}
      onBlur={() => setState("idle")}
      aria-label={label}
      title={label}
      className="inline-grid size-6 cursor-pointer place-items-center rounded border-0 bg-transparent text-ink-3 hover:bg-mute-soft hover:text-ink"
    >
      {state === "copied" ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      <span role="status" className="sr-only">
        {state === "copied" && "Copied"}
        {state === "failed" && "The browser blocked copying"}
      </span>
    </button>
  );
}
