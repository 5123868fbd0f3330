"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useId, useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Radio } from "@/components/ui/inputs";
import { showToast } from "@/components/ui/toasts";
import { protectAmiAction } from "@/lib/actions/ami-actions";
import type { Refusal } from "@/lib/core/failure";
import type { AmiDetail } from "@/lib/fleet/amis/types";

type Protection = "on" | "with-cooldown" | "off";
const CHOICES: { value: Protection; label: string; means: string }[] = [
  { value: "off", label: "Off", means: "Anyone with permission can deregister it." },
  { value: "on", label: "On", means: "It can’t be deregistered until protection is turned off." },
  {
    value: "with-cooldown",
    label: "On, with a cooldown",
    means: "It can’t be deregistered until 24 hours after protection is turned off.",
  },
];
const STANDING: Record<string, Protection> = {
  "enabled-with-cooldown": "with-cooldown",
  "enabled-without-cooldown": "on",
};

/** Turns deregistration protection of an AMI on or off. */
export function ProtectAmiDialog({
  target,
  ami: { region, amiId, protection },
  onClose,
}: {
  target: string;
  ami: AmiDetail;
  onClose: () => void;
}) {
  const id = useId();
  const queries = useQueryClient();
  const standing = STANDING[protection ?? ""] ?? "off";
  const [chosen, setChosen] = useState<Protection>(standing);
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const save = () =>
    start(async () => {
      const result = await protectAmiAction({ target, region, amiId, protection: chosen });
      if (!result.ok) return setRefusal(result.error);
      showToast({ text: `Saved the deregistration protection of ${amiId}.` });
      onClose();
      await queries.invalidateQueries({ queryKey: ["amis", target] });
    });
  return (
    <ConfirmDialog
      title={`Deregistration protection of ${amiId}`}
      confirmLabel="Save protection"
      keepLabel="Cancel"
      isBusy={isBusy || chosen === standing}
      error={refusal}
      onConfirm={save}
      onClose={onClose}
    >
      <fieldset className="m-0 grid gap-2 border-0 p-0">
        <legend className="sr-only">Protection</legend>
        {CHOICES.map(({ value, label, means }) => (
          <label key={value} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
            <Radio name={id} checked={chosen === value} onChange={() => setChosen(value)} isAtTop />
            <span className="font-[550] text-ink">{label}</span>
            <span className="col-start-2 text-ink-3 text-xs">{means}</span>
          </label>
        ))}
      </fieldset>
    </ConfirmDialog>
  );
}
