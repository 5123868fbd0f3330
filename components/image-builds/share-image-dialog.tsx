"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { HOLDER_KINDS, HolderList, NO_HOLDERS } from "@/components/form/holder-list";
import { SuggestedInput } from "@/components/form/suggested-input";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Mono } from "@/components/ui/mono";
import { showToast } from "@/components/ui/toasts";
import { shareImageAction } from "@/lib/actions/image-build-actions";
import type { Refusal } from "@/lib/core/failure";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { readHolder } from "@/lib/image-builder/image-changes/schemas";
import type { ImageHolders, ImageSharing } from "@/lib/image-builder/image-changes/types";
import { choicesQuery } from "@/lib/queries/choices";
import { imageSharingQuery } from "@/lib/queries/image-builds";

const SHARE_COMMAND = "aws ram create-resource-share";

/** Lets accounts build on an image and launch its AMIs, organizations and their units launch them; or takes that back. */
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
  const choices = [
    useQuery(choicesQuery(target, "accounts")).data,
    useQuery(choicesQuery(target, "organizations")).data,
    useQuery(choicesQuery(target, "organizational-units")).data,
  ].flatMap((list) => list?.choices ?? []);
  const [edited, setEdited] = useState<ImageHolders>();
  const [added, setAdded] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const holders = edited ?? (sharing ? holdersOf(sharing) : NO_HOLDERS);
  const [organization] = [...holders.organizationArns, ...holders.organizationalUnitArns];
  const { name, version, build: number } = build;

  const add = () => {
    const holder = readHolder(added);
    if (!holder.of) return setWrong(holder.wrong);
    setWrong(undefined);
    setEdited({ ...holders, [holder.of]: [...new Set([...holders[holder.of], holder.value])] });
    setAdded("");
  };
  const share = () =>
    start(async () => {
      if (added.trim() !== "") return setWrong("Add this value or clear the field.");
      setRefusal(undefined);
      const refused = await send(holders);
      if (refused) return setRefusal(refused);
      const before = sharing && holdersOf(sharing);
      showToast({
        text: `Saved the sharing of ${name} ${version}/${number}.`,
        // What was shared in part, with some of its AMIs, would come back whole.
        ...(before &&
          isWhole(sharing) && {
            undo: async () => {
              const reason = await send(before);
              return typeof reason === "string" ? reason : reason?.message;
            },
          }),
      });
      onClose();
    });
  const send = async (wanted: ImageHolders): Promise<Refusal | undefined> => {
    const result = await shareImageAction({ target, key: { name, version, build: number }, ...wanted });
    await queries.invalidateQueries({ queryKey: ["image-builds", target, name, version, number, "sharing"] });
    return result.ok ? undefined : result.error;
  };
  return (
    <ConfirmDialog
      title={`Share ${name} ${version}/${number}`}
      confirmLabel="Save sharing"
      keepLabel="Cancel"
      isGuarded
      isBusy={isBusy || !sharing || edited === undefined}
      error={refusal ?? error?.message}
      onConfirm={share}
      onClose={onClose}
    >
      <div className="grid gap-3">
        <p className="m-0">
          Shared principals can launch the AMIs; accounts can also use the image in recipes.
        </p>
        {!sharing && !error ? (
          <p className="m-0">Loading sharing…</p>
        ) : HOLDER_KINDS.every((of) => holders[of].length === 0) ? (
          <p className="m-0 text-ink-3">Not shared</p>
        ) : (
          <HolderList holders={holders} layout="max-h-[30vh] overflow-auto" onChange={setEdited} />
        )}
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-1.5">
          <SuggestedInput
            label="Account ID, organization ARN, or OU ARN"
            placeholder="123456789012 or arn:aws:organizations::"
            value={added}
            onChange={setAdded}
            choices={choices}
            wiring={wrong ? { "aria-invalid": true, "aria-describedby": "holder-wrong" } : undefined}
          />
          {/* Added to nothing, it would stand for all there is, and the others would lose the image. */}
          <Button onClick={add} disabled={!sharing}>
            Add
          </Button>
          {wrong && (
            <p
              id="holder-wrong"
              role="alert"
              className="col-span-2 m-0 text-fail text-xs [overflow-wrap:anywhere]"
            >
              {wrong}
            </p>
          )}
        </div>
        {sharing?.amis.some(({ isPublic }) => isPublic) && (
          <p className="m-0 text-wait">An AMI of this image is public: any AWS account can launch it.</p>
        )}
        {sharing?.doubts.map((doubt) => (
          <p key={doubt} className="m-0 text-ink-3 text-xs">
            {doubt}
          </p>
        ))}
        {organization && (
          <div className="grid gap-1 text-ink-3 text-xs">
            To let an organization use the image in recipes, share it in AWS Resource Access Manager:
            <Mono
              copy
            >{`${SHARE_COMMAND} --name ${name} --resource-arns ${build.arn} --principals ${organization}`}</Mono>
          </div>
        )}
        <p className="m-0 text-ink-3 text-xs">
          AMIs encrypted with the AWS managed key can't be shared. Share copies in other accounts from those
          accounts.
        </p>
      </div>
    </ConfirmDialog>
  );
}

/** Whether every AMI is shared with the same, so that saving these again brings back what was. */
function isWhole({ accounts, amis, doubts }: ImageSharing): boolean {
  const lists = amis.map((ami) => HOLDER_KINDS.map((of) => ami[of].toSorted().join()).join(";"));
  const [first] = amis;
  return (
    doubts.length === 0 &&
    new Set(lists).size <= 1 &&
    (!first || accounts.toSorted().join() === first.accounts.toSorted().join())
  );
}

/** Whoever has any part of the image. */
function holdersOf({ accounts, amis }: ImageSharing): ImageHolders {
  const all = (of: keyof ImageHolders) => amis.flatMap((ami) => ami[of]);
  return {
    accounts: [...new Set([...accounts, ...all("accounts")])],
    organizationArns: [...new Set(all("organizationArns"))],
    organizationalUnitArns: [...new Set(all("organizationalUnitArns"))],
  };
}
