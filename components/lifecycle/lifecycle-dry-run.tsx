"use client";
import { useFormContext, useWatch } from "react-hook-form";
import type { JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";
import { LifecyclePreview } from "./lifecycle-preview";

/** The dry run of the policy as it stands in the form, before it is saved. */
export function LifecycleDryRun({ target }: { target: string }) {
  const { getValues } = useFormContext();
  const name: unknown = useWatch({ name: "name" });
  return (
    <div className="border-line border-t p-3.5">
      <LifecyclePreview
        target={target}
        name={String(name ?? "")}
        policyOf={() => withoutEmpty(getValues() as JsonObject)}
      />
    </div>
  );
}
