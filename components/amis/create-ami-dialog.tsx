"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { RebootChoice } from "@/components/form/reboot-choice";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Input } from "@/components/ui/inputs";
import { showToast } from "@/components/ui/toasts";
import { createAmiAction } from "@/lib/actions/ami-actions";
import type { Refusal } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";

/** Creates an AMI from an instance, with or without a reboot. */
export function CreateAmiDialog({
  target,
  home,
  onClose,
}: {
  target: string;
  home: string;
  onClose: () => void;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const [region, setRegion] = useState(home);
  const [instanceId, setInstanceId] = useState("");
  const [name, setName] = useState("");
  const [reboot, setReboot] = useState(true);
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const create = () =>
    start(async () => {
      setRefusal(undefined);
      const input = { region: region.trim(), instanceId: instanceId.trim(), name: name.trim(), reboot };
      const result = await createAmiAction({ target, ...input });
      if (!result.ok) return setRefusal(Object.values(result.error.fields ?? {})[0] ?? result.error);
      showToast({ text: `AWS is creating ${result.value.amiId}.` });
      onClose();
      router.push(urls.ami(target, result.value));
      await queries.invalidateQueries({ queryKey: ["amis", target] });
    });
  const fields = [
    { label: "Region", value: region, set: setRegion },
    { label: "Instance ID", value: instanceId, set: setInstanceId, placeholder: "i-0abc1234def567890" },
    { label: "Name", value: name, set: setName },
  ];
  return (
    <ConfirmDialog
      title="Create an AMI from an instance"
      confirmLabel={reboot ? "Reboot and create" : "Create without a reboot"}
      keepLabel="Cancel"
      isBusy={isBusy || instanceId.trim() === "" || name.trim() === ""}
      error={refusal}
      onConfirm={create}
      onClose={onClose}
    >
      <div className="grid gap-3">
        {fields.map(({ label, value, set, placeholder }) => (
          <label key={label} className="grid gap-1">
            <span className="font-[550] text-ink">{label}</span>
            <Input
              value={value}
              placeholder={placeholder}
              spellCheck={false}
              onChange={({ target: { value: typed } }) => set(typed)}
            />
          </label>
        ))}
        <RebootChoice reboot={reboot} onChange={setReboot} />
      </div>
    </ConfirmDialog>
  );
}
