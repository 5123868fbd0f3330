"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { type Later, LaterField } from "@/components/form/later-field";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Checkbox } from "@/components/ui/inputs";
import { showToast } from "@/components/ui/toasts";
import {
  deprecateAmiAction,
  deregisterAmiAction,
  disableAmiAction,
  enableAmiAction,
} from "@/lib/actions/ami-actions";
import type { Refusal } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import { type Effect, judgeRetirement } from "@/lib/fleet/amis/judge-retirement";
import type { AmiDetail } from "@/lib/fleet/amis/types";
import { sharingText } from "./ami-words";

export type AmiStep = "hide" | "show" | "stop" | "restore" | "remove";

const WORDS: Record<
  AmiStep,
  { title: string; confirm: string; keep: string; isDanger: boolean; done: string }
> = {
  hide: { title: "Hide", confirm: "Hide", keep: "Cancel", isDanger: false, done: "is deprecated" },
  show: {
    title: "Show again",
    confirm: "Show again",
    keep: "Cancel",
    isDanger: false,
    done: "is no longer deprecated",
  },
  stop: {
    title: "Stop launches from",
    confirm: "Stop launches",
    keep: "Keep launching",
    isDanger: true,
    done: "is disabled",
  },
  restore: { title: "Restore", confirm: "Restore", keep: "Cancel", isDanger: false, done: "is restored" },
  remove: { title: "Remove", confirm: "Remove", keep: "Keep the AMI", isDanger: true, done: "is removed" },
};

/** Asks before a step of retiring an AMI, with what it does. */
export function AmiStepDialog({
  target,
  ami,
  step,
  onClose,
}: {
  target: string;
  ami: AmiDetail;
  step: AmiStep;
  onClose: () => void;
}) {
  const { region, amiId, kept, snapshots, readAt } = ami;
  const router = useRouter();
  const queries = useQueryClient();
  const [at, setAt] = useState<Later>({ text: "" });
  const [shareAgain, setShareAgain] = useState(true);
  const [deleteSnapshots, setDeleteSnapshots] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const { title, confirm, keep, isDanger, done } = WORDS[step];
  const of = { target, region, amiId };
  const take = () => {
    if (step === "hide") return deprecateAmiAction({ ...of, ...(at.instant && { at: at.instant }) });
    if (step === "show") return deprecateAmiAction({ ...of, at: null });
    if (step === "stop") return disableAmiAction(of);
    if (step === "restore") return enableAmiAction({ ...of, shareAgain: shareAgain && kept !== undefined });
    return deregisterAmiAction({ ...of, deleteSnapshots });
  };
  const run = () =>
    start(async () => {
      if (step === "hide" && at.wrong) return setRefusal(at.wrong);
      setRefusal(undefined);
      const result = await take();
      if (!result.ok) return setRefusal(Object.values(result.error.fields ?? {})[0] ?? result.error);
      const stayed = result.value?.stayed ?? [];
      const left = stayed.map(({ snapshotId, outcome }) => `${snapshotId} (${outcome})`).join(", ");
      showToast({ text: `${amiId} ${done}.${left && ` These snapshots stayed: ${left}.`}` });
      onClose();
      if (step === "remove") router.push(urls.amis(target));
      await queries.invalidateQueries({ queryKey: ["amis", target] });
    });
  return (
    <ConfirmDialog
      title={`${title} ${amiId}?`}
      confirmLabel={confirm}
      keepLabel={keep}
      danger={isDanger}
      isBusy={isBusy}
      error={refusal}
      onConfirm={run}
      onClose={onClose}
    >
      <div className="grid gap-2">
        {effectsOf(ami, step, Date.parse(readAt)).map(({ text }) => (
          <p key={text} className="m-0">
            {text}
          </p>
        ))}
        {step === "hide" && <LaterField label="From" later={at} onChange={setAt} />}
        {step === "restore" && kept && (
          <label className="flex items-start gap-2">
            <Checkbox
              checked={shareAgain}
              onChange={({ target: { checked } }) => setShareAgain(checked)}
              isAtTop
            />
            <span>
              Share again as before: {sharingText(kept)}
              <span className="block font-mono text-xs [overflow-wrap:anywhere]">
                {[...kept.accounts, ...kept.organizationArns, ...kept.organizationalUnitArns].join(", ")}
              </span>
            </span>
          </label>
        )}
        {step === "remove" && snapshots.length > 0 && (
          <label className="flex items-start gap-2">
            <Checkbox
              checked={deleteSnapshots}
              onChange={({ target: { checked } }) => setDeleteSnapshots(checked)}
              isAtTop
            />
            Delete its {snapshots.length === 1 ? "snapshot" : `${snapshots.length} snapshots`} too
          </label>
        )}
      </div>
    </ConfirmDialog>
  );
}

function effectsOf(ami: AmiDetail, step: AmiStep, now: number): Effect[] {
  const steps = judgeRetirement(ami, now);
  if (step === "hide" || step === "stop" || step === "remove") return steps[step].effects;
  if (step === "show") return [{ kind: "fine", text: "Accounts that may launch it find it in lists again." }];
  return [
    {
      kind: "fine",
      text: ami.kept
        ? "Instances can start from it again."
        : "Instances can start from it again. No sharing was kept for it.",
    },
  ];
}
