"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { HolderList, NO_HOLDERS } from "@/components/form/holder-list";
import { SuggestedInput } from "@/components/form/suggested-input";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/inputs";
import { ModalPanel } from "@/components/ui/modal-panel";
import { RefusalNote } from "@/components/ui/refusal-note";
import { showToast } from "@/components/ui/toasts";
import { useConfirmGuard } from "@/components/ui/use-confirm-guard";
import { previewAmiSharingAction, shareAmiAction } from "@/lib/actions/ami-actions";
import type { Refusal } from "@/lib/core/failure";
import type { AmiDetail, AmiSharingPreview } from "@/lib/fleet/amis/types";
import { readHolder } from "@/lib/image-builder/image-changes/schemas";
import type { ImageHolders } from "@/lib/image-builder/image-changes/types";
import { choicesQuery } from "@/lib/queries/choices";
import { KeyHelp } from "./key-help";
import { VerdictTable } from "./verdict-table";

/** Shares an AMI: first who could launch it with its keys, then the change. */
export function ShareAmiDialog({
  target,
  ami,
  onClose,
}: {
  target: string;
  ami: AmiDetail;
  onClose: () => void;
}) {
  const { region, amiId } = ami;
  const queries = useQueryClient();
  const choices = [
    useQuery(choicesQuery(target, "accounts")).data,
    useQuery(choicesQuery(target, "organizations")).data,
    useQuery(choicesQuery(target, "organizational-units")).data,
  ].flatMap((list) => list?.choices ?? []);
  const [holders, setHolders] = useState<ImageHolders>(ami.holders ?? NO_HOLDERS);
  const [preview, setPreview] = useState<AmiSharingPreview>({ keys: ami.keys, verdicts: ami.verdicts });
  const [added, setAdded] = useState("");
  const [evenWithoutKey, setEvenWithoutKey] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const guard = useConfirmGuard(true);
  const refused = preview.verdicts.filter(({ launch }) => launch === "no");
  const isManaged = preview.keys.some(({ manager }) => manager === "AWS");

  const check = (next: ImageHolders) =>
    start(async () => {
      setRefusal(undefined);
      setHolders(next);
      const { accounts, organizationArns, organizationalUnitArns } = next;
      const result = await previewAmiSharingAction({
        ...{ target, region, amiId, accounts, organizationArns, organizationalUnitArns },
      });
      if (result.ok) setPreview(result.value);
      else setRefusal(result.error);
    });
  const add = () => {
    const holder = readHolder(added);
    if (!holder.of) return setRefusal(holder.wrong);
    setAdded("");
    check({ ...holders, [holder.of]: [...new Set([...holders[holder.of], holder.value])] });
  };
  const share = () =>
    start(async () => {
      if (added.trim() !== "") return setRefusal("Add this value or clear the field.");
      setRefusal(undefined);
      const { accounts, organizationArns, organizationalUnitArns } = holders;
      const result = await shareAmiAction({
        ...{ target, region, amiId, accounts, organizationArns, organizationalUnitArns, evenWithoutKey },
      });
      if (!result.ok) return setRefusal(result.error);
      showToast({ text: `Saved the sharing of ${amiId}.` });
      onClose();
      await queries.invalidateQueries({ queryKey: ["amis", target] });
    });
  return (
    <ModalPanel label={`Share ${amiId}`} isWide onClose={onClose}>
      <div className="grid max-h-[84vh] grid-rows-[auto_minmax(0,1fr)_auto]">
        <h2 className="m-0 px-4 pt-4 pb-2 font-semibold text-[15px]">Share {amiId}</h2>
        <div className="grid content-start gap-3 overflow-auto px-4 pb-3">
          <p className="m-0 text-ink-2">
            The accounts, organizations, and units below can launch it in {region}. To copy it, they also need
            its snapshots.
          </p>
          {!ami.holders && (
            <p className="m-0 text-wait">Its current sharing is not known. Try again later.</p>
          )}
          <HolderList holders={holders} onChange={check} />
          <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-1.5">
            <SuggestedInput
              label="Account ID, organization ARN, or OU ARN"
              placeholder="123456789012 or arn:aws:organizations::"
              value={added}
              onChange={setAdded}
              choices={choices}
            />
            <Button onClick={add} disabled={!ami.holders || isBusy}>
              Add
            </Button>
          </div>
          {preview.verdicts.length > 0 && (
            <section aria-label="Can they launch it?" className="rounded border border-line">
              <VerdictTable verdicts={preview.verdicts} />
              <KeyHelp region={region} keys={preview.keys} verdicts={preview.verdicts} />
            </section>
          )}
          {preview.verdicts.length > 0 && !isManaged && (
            <div>
              <PermittedButton
                action="preview-ami-sharing"
                resource={ami.build?.name ?? ""}
                onClick={() => check(holders)}
                disabled={isBusy}
              >
                Check the key again
              </PermittedButton>
            </div>
          )}
          {refused.length > 0 && !isManaged && (
            <label className="flex items-start gap-2">
              <Checkbox
                checked={evenWithoutKey}
                onChange={({ target: { checked } }) => setEvenWithoutKey(checked)}
                isAtTop
              />
              Share it now and allow the key later
            </label>
          )}
        </div>
        <div className="grid gap-2 border-line border-t px-4 py-3">
          {guard.field}
          {refusal && <RefusalNote refusal={refusal} />}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" onClick={share} disabled={isBusy || !ami.holders || !guard.isOpen}>
              Save sharing
            </Button>
          </div>
        </div>
      </div>
    </ModalPanel>
  );
}
