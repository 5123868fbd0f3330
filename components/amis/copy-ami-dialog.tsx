"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { SuggestedInput } from "@/components/form/suggested-input";
import { useClientToken } from "@/components/form/use-client-token";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Checkbox, Input } from "@/components/ui/inputs";
import { showToast } from "@/components/ui/toasts";
import { copyAmiAction } from "@/lib/actions/ami-actions";
import type { Refusal } from "@/lib/core/failure";
import type { AmiDetail } from "@/lib/fleet/amis/types";
import { choicesQuery } from "@/lib/queries/choices";

/** Copies an AMI to Regions, each with the key that encrypts it there. */
export function CopyAmiDialog({
  target,
  ami: { region, amiId, name, encryption },
  onClose,
}: {
  target: string;
  ami: AmiDetail;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const tokenOf = useClientToken();
  const regions = useQuery(choicesQuery(target, "regions")).data;
  const [newName, setName] = useState(name);
  /** The key of each chosen Region; "" leaves it to AWS. */
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const copies = Object.entries(chosen).map(([to, keyId]) => ({
    region: to,
    ...(keyId.trim() && { keyId: keyId.trim() }),
  }));
  const copy = () =>
    start(async () => {
      const request = { region, amiId, name: newName.trim(), copies };
      const result = await copyAmiAction({ target, ...request, token: tokenOf(request) });
      await queries.invalidateQueries({ queryKey: ["amis", target] });
      if (!result.ok) return setRefusal(Object.values(result.error.fields ?? {})[0] ?? result.error);
      const failed = result.value.copies.flatMap((one) => ("reason" in one ? one : []));
      const begun = result.value.copies.flatMap((one) =>
        "amiId" in one ? `${one.amiId} in ${one.region}` : [],
      );
      if (begun.length > 0) showToast({ text: `AWS is copying ${amiId}: ${begun.join(", ")}.` });
      if (failed.length === 0) return onClose();
      // Those that were begun are no longer asked for.
      setChosen(Object.fromEntries(failed.map((one) => [one.region, chosen[one.region] ?? ""])));
      setRefusal(failed.map((one) => `${one.region}: ${one.reason}`).join(" "));
    });
  const toggle = (to: string, isChosen: boolean) => {
    const { [to]: _, ...others } = chosen;
    setChosen(isChosen ? { ...others, [to]: "" } : others);
  };
  return (
    <ConfirmDialog
      title={`Copy ${amiId}`}
      confirmLabel={copies.length > 1 ? `Copy to ${copies.length} Regions` : "Copy"}
      keepLabel="Cancel"
      isGuarded
      isBusy={isBusy || copies.length === 0 || newName.trim().length < 3}
      error={refusal}
      onConfirm={copy}
      onClose={onClose}
    >
      <div className="grid gap-3">
        <p className="m-0">
          Copies belong to this account and are shared with no one. Tags are copied.
          {encryption.state === "not encrypted"
            ? " Without a key, a copy is encrypted only where the Region encrypts by default."
            : " Without a key, AWS uses the Region’s default key, and what an AWS managed key encrypts can’t be shared."}
        </p>
        <label className="grid gap-1">
          <span className="font-[550] text-ink">Name</span>
          <Input value={newName} onChange={({ target: { value } }) => setName(value)} maxLength={128} />
        </label>
        <fieldset className="m-0 grid max-h-[36vh] gap-1.5 overflow-auto border-0 p-0">
          <legend className="mb-1 p-0 font-[550] text-ink">Regions</legend>
          {regions?.choices.map(({ value }) => (
            <div key={value} className="grid gap-1">
              <label className="flex items-center gap-2">
                <Checkbox
                  checked={value in chosen}
                  onChange={({ target: { checked } }) => toggle(value, checked)}
                />
                {value}
              </label>
              {value in chosen && (
                <KeyInput
                  target={target}
                  region={value}
                  value={chosen[value] ?? ""}
                  onChange={(keyId) => setChosen({ ...chosen, [value]: keyId })}
                />
              )}
            </div>
          ))}
          {regions?.reason && <p className="m-0 text-wait">{regions.reason}</p>}
          {!regions && <p className="m-0">Loading Regions…</p>}
        </fieldset>
      </div>
    </ConfirmDialog>
  );
}

function KeyInput({
  target,
  region,
  value,
  onChange,
}: {
  target: string;
  region: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const choices = useQuery(choicesQuery(target, "kms-keys", region)).data?.choices ?? [];
  return (
    <div className="pl-5">
      <SuggestedInput
        label={`Key in ${region}`}
        placeholder="Key to encrypt with, optional"
        value={value}
        onChange={onChange}
        choices={choices}
      />
    </div>
  );
}
