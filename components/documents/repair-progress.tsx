import Link from "next/link";
import { FormRefusal } from "@/components/resources/form-refusal";
import type { Refusal } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import type { RepairStep } from "./use-repair";

const LOOK = {
  done: { glyph: "✓", className: "text-ok" },
  running: { glyph: "~", className: "text-run" },
  failed: { glyph: "×", className: "text-fail" },
} as const;

/** What exists by now and what went wrong: after a failure, the rest can be done from here or from its own page. */
export function RepairProgress({
  target,
  steps,
  refusal,
  name,
  from,
}: {
  target: string;
  steps: RepairStep[];
  refusal: Refusal | undefined;
  name: string;
  from: string;
}) {
  const created = steps.find(({ id, state }) => id === "component" && state === "done");
  const to = created?.text.split(" ").at(-1);
  const hasFailed = steps.some(({ state }) => state === "failed");
  return (
    <div role="status" aria-label="Progress" className="grid gap-1">
      {steps.length > 0 && (
        <ol className="m-0 grid list-none gap-0.5 p-0">
          {steps.map(({ id, text, state, reason }) => (
            <li key={id} className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-2">
              <span aria-hidden="true" className={`font-mono font-semibold ${LOOK[state].className}`}>
                {LOOK[state].glyph}
              </span>
              <span className="[overflow-wrap:anywhere]">
                {text}
                {reason && <span className="text-fail">. {reason}</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
      {hasFailed && to && (
        <p className="m-0 text-ink-2">
          What is listed above stays. Continue here, or later on the page{" "}
          <Link
            href={urls.moveVersion(target, "component", name, { from, to })}
            prefetch={false}
            className="underline"
          >
            Update to {to}
          </Link>
          .
        </p>
      )}
      <FormRefusal refusal={refusal} />
    </div>
  );
}
