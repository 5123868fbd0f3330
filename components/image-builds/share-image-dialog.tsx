"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState, useTransition } from "react";
import { SuggestedInput } from "@/components/form/suggested-input";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { shareImageAction } from "@/lib/actions/image-build-actions";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { choicesQuery } from "@/lib/queries/choices";
import { imageSharingQuery } from "@/lib/queries/image-builds";

const ACCOUNT = /^\d{12}$/;

/** Lets other accounts build on an image and launch its AMIs, or takes that back. */
export function ShareImageDialog({
  target,
  build,
  onClose,
}: {
  target: string;
  build: ImageBuild;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const { data: sharing, error } = useQuery({ ...imageSharingQuery(target, build), staleTime: 0 });
  const { data: choices } = useQuery(choicesQuery(target, "accounts"));
  const known = sharing && [
    ...new Set([...sharing.accounts, ...sharing.amis.flatMap(({ accounts }) => accounts)]),
  ];
  const [edited, setEdited] = useState<string[]>();
  const [added, setAdded] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const accounts = edited ?? known ?? [];
  const { name, version, build: number } = build;

  const add = () => {
    const account = added.trim();
    if (!ACCOUNT.test(account)) return setWrong("An account ID is 12 digits.");
    setWrong(undefined);
    setEdited([...new Set([...accounts, account])]);
    setAdded("");
  };
  const share = () =>
    start(async () => {
      if (added.trim() !== "") return setWrong("Add this account, or empty the field.");
      setRefusal(undefined);
      const result = await shareImageAction({ target, key: { name, version, build: number }, accounts });
      await queries.invalidateQueries({
        queryKey: ["image-builds", target, name, version, number, "sharing"],
      });
      if (!result.ok) return setRefusal(result.error.message);
      onClose();
    });
  return (
    <ConfirmDialog
      title={`Share ${name} ${version}/${number}`}
      confirmLabel="Save sharing"
      keepLabel="Keep as it is"
      isBusy={isBusy || !sharing || edited === undefined}
      error={refusal ?? error?.message}
      onConfirm={share}
      onClose={onClose}
    >
      <div className="grid gap-3">
        <p className="m-0">These accounts may build on the image and launch its AMIs:</p>
        {!sharing && !error ? (
          <p className="m-0">Looking with whom it is shared.</p>
        ) : accounts.length === 0 ? (
          <p className="m-0 text-ink-3">No other account.</p>
        ) : (
          <ul aria-label="Shared with" className="m-0 grid list-none gap-1 p-0">
            {accounts.map((account) => (
              <li key={account} className="flex items-center justify-between rounded bg-sunken px-2.5">
                <span className="font-mono text-xs">{account}</span>
                <Button
                  variant="quiet"
                  layout="px-1.5"
                  aria-label={`Stop sharing with ${account}`}
                  onClick={() => setEdited(accounts.filter((each) => each !== account))}
                >
                  <X size={14} aria-hidden="true" />
                </Button>
              </li>
            ))}
          </ul>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-1.5">
          <SuggestedInput
            label="Account ID"
            placeholder="123456789012"
            value={added}
            onChange={setAdded}
            choices={choices?.choices ?? []}
            wiring={wrong ? { "aria-invalid": true, "aria-describedby": "account-wrong" } : undefined}
          />
          <Button onClick={add}>Add account</Button>
          {wrong && (
            <p id="account-wrong" role="alert" className="col-span-2 m-0 text-fail text-xs">
              {wrong}
            </p>
          )}
        </div>
        {sharing?.amis.some(({ isPublic }) => isPublic) && (
          <p className="m-0 text-wait">An AMI of it is public: every account launches it already.</p>
        )}
        {sharing?.doubts.map((doubt) => (
          <p key={doubt} className="m-0 text-ink-3 text-xs">
            {doubt}
          </p>
        ))}
        <p className="m-0 text-ink-3 text-xs">
          AWS refuses to share an AMI that is encrypted with its default key. Copies in other accounts are
          shared from there.
        </p>
      </div>
    </ConfirmDialog>
  );
}
