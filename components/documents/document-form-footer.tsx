"use client";
import { useWatch } from "react-hook-form";
import { FormRefusal } from "@/components/resources/form-refusal";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import type { Refusal } from "@/lib/core/failure";
import type { JsonObject } from "@/lib/definitions/types";

/** What to do with the form, and what came of it. */
export function DocumentFormFooter({
  noun,
  refusal,
  checkedInput,
  toInput,
  isChecking,
  isCreating,
  onCheck,
  onLeave,
}: {
  noun: string;
  /** What AWS said that belongs to no field. */
  refusal?: Refusal;
  /** The input, as JSON, that AWS would take. */
  checkedInput?: string;
  toInput: (values: JsonObject) => JsonObject;
  isChecking: boolean;
  isCreating: boolean;
  onCheck: () => void;
  onLeave: () => void;
}) {
  const values = useWatch();
  const name = String(values.name ?? "");
  const isStillChecked = checkedInput === JSON.stringify(toInput(values as JsonObject));
  return (
    <footer className="z-10 grid gap-2 rounded-lg border border-line bg-surface px-3.5 py-2.5 shadow-soft md:sticky md:bottom-0">
      <FormRefusal refusal={refusal} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <span role="status" className="mr-auto text-ink-2">
          {checkedInput &&
            (isStillChecked ? (
              <>
                <span aria-hidden="true" className="text-ok">
                  ✓
                </span>{" "}
                Document is valid.
              </>
            ) : (
              "Changed since the last validation."
            ))}
        </span>
        <Button variant="quiet" onClick={onLeave}>
          Cancel
        </Button>
        <PermittedButton
          action="check-resource"
          resource={name}
          onClick={onCheck}
          disabled={isChecking || isCreating}
        >
          {isChecking ? "Validating…" : "Validate with AWS"}
        </PermittedButton>
        <PermittedButton
          action="create-resource"
          resource={name}
          type="submit"
          variant="primary"
          disabled={isChecking || isCreating}
        >
          {isCreating ? "Creating…" : `Create ${noun}`}
        </PermittedButton>
      </div>
    </footer>
  );
}
