"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FactList } from "@/components/ui/fact-list";
import { Input } from "@/components/ui/inputs";
import { showToast } from "@/components/ui/toasts";
import { copyLaunchConfigurationAction } from "@/lib/actions/roll-out-actions";
import type { Refusal } from "@/lib/core/failure";
import { templateCopyQuery } from "@/lib/queries/roll-outs";

/** What a launch configuration becomes as a launch template, and what does not carry over; then the copy. */
export function CopyConfigurationDialog({
  target,
  region,
  group,
  onClose,
}: {
  target: string;
  region: string;
  group: string;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const { data: preview, error } = useQuery(templateCopyQuery(target, { region, group }));
  const [typed, setTyped] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const name = (typed ?? preview?.suggestedName ?? "").trim();
  const copy = () =>
    start(async () => {
      setRefusal(undefined);
      const result = await copyLaunchConfigurationAction({ target, region, group, name });
      if (!result.ok) return setRefusal(Object.values(result.error.fields ?? {})[0] ?? result.error);
      showToast({ text: `${group} starts instances with the launch template ${name}, version 1.` });
      onClose();
      await Promise.all(
        ["roll-out-preview", "fleet"].map((of) => queries.invalidateQueries({ queryKey: [of, target] })),
      );
    });
  return (
    <ConfirmDialog
      title={`Copy the launch configuration of ${group}?`}
      confirmLabel="Copy to a launch template"
      keepLabel="Cancel"
      isBusy={isBusy || !preview || name === ""}
      error={refusal ?? error?.message}
      onConfirm={copy}
      onClose={onClose}
    >
      <div className="grid gap-3">
        <p className="m-0">
          The group starts new instances with version 1 of the template. Running instances stay as they are
          until you roll out.
        </p>
        <label className="grid gap-1">
          <span className="font-[550] text-ink">Name of the launch template</span>
          <Input
            value={typed ?? preview?.suggestedName ?? ""}
            spellCheck={false}
            onChange={({ target: { value } }) => setTyped(value)}
          />
        </label>
        {!preview && !error && <p className="m-0">Reading the launch configuration…</p>}
        {preview && (
          <section aria-label="Carried over" className="max-h-[36vh] overflow-auto">
            <FactList facts={preview.carried} />
          </section>
        )}
        {preview?.notes.map((note) => (
          <p key={note} className="m-0 text-wait">
            <span aria-hidden="true">! </span>
            {note}
          </p>
        ))}
        {preview?.notes.length === 0 && <p className="m-0 text-ok">✓ Everything carries over.</p>}
      </div>
    </ConfirmDialog>
  );
}
