"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/inputs";
import { ModalPanel } from "@/components/ui/modal-panel";
import { RefusalNote } from "@/components/ui/refusal-note";
import { RefusalText } from "@/components/ui/refusal-text";
import { showToast } from "@/components/ui/toasts";
import { saveTargetAction } from "@/lib/actions/settings-actions";
import { cutText } from "@/lib/core/canonical-text";
import type { ConsoleError } from "@/lib/core/failure";
import { ENVIRONMENTS, MOST_METRIC_PIPELINES } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import { capitalize } from "@/lib/core/words";
import type { TargetSetting } from "@/lib/settings/types";

const FIELDS = [
  { name: "label", label: "Name", hint: "Shown in the account switch.", placeholder: "Production" },
  { name: "accountId", label: "Account ID", hint: "12 digits.", placeholder: "123456789012" },
  { name: "region", label: "Region", hint: "One entry for each Region.", placeholder: "us-east-1" },
  {
    name: "roleArn",
    label: "Role ARN",
    hint: "The role that the console assumes. Empty: its own credentials.",
    placeholder: "arn:aws:iam::123456789012:role/Goldsmith",
  },
  {
    name: "externalId",
    label: "External ID",
    hint: "If the role's trust policy asks for one.",
    placeholder: "",
  },
  {
    name: "cloudWatchPipelines",
    label: "CloudWatch metrics: pipelines",
    hint: `How many pipelines get metrics of their own, 0 to ${MOST_METRIC_PIPELINES}. Empty: no metrics are sent. AWS charges for each metric; the CloudWatch metrics card shows the price.`,
    placeholder: "",
  },
] as const;
type Name = (typeof FIELDS)[number]["name"] | "id";

/** Adds an account, or changes one that was added. AWS is asked which account it is before anything is saved. */
export function TargetDialog({
  target,
  setting,
  onClose,
}: {
  target: string;
  setting: TargetSetting | undefined;
  onClose: () => void;
}) {
  const form = useId();
  const queries = useQueryClient();
  const router = useRouter();
  const [values, setValues] = useState<Record<Name, string>>({
    id: setting?.id ?? "",
    label: setting?.label ?? "",
    accountId: setting?.accountId ?? "",
    region: setting?.region ?? "",
    roleArn: setting?.roleArn ?? "",
    externalId: setting?.externalId ?? "",
    cloudWatchPipelines: setting?.cloudWatchPipelines?.toString() ?? "",
  });
  const [environment, setEnvironment] = useState(setting?.environment ?? "");
  const [refusal, setRefusal] = useState<ConsoleError>();
  const [isBusy, start] = useTransition();
  const id = setting?.id ?? (values.id || idFrom(values.label));
  const save = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      setRefusal(undefined);
      const { label, accountId, region, roleArn, externalId, cloudWatchPipelines } = values;
      const result = await saveTargetAction({
        ...{ target, id, label, accountId, region },
        roleArn: roleArn || undefined,
        externalId: externalId || undefined,
        environment: environment || undefined,
        cloudWatchPipelines: cloudWatchPipelines.trim() ? Number(cloudWatchPipelines) : undefined,
        isChange: setting !== undefined,
      });
      if (!result.ok) return setRefusal(result.error);
      await queries.invalidateQueries({ queryKey: ["settings", target] });
      showToast({
        text: setting ? `Saved ${label}.` : `Added ${label}.`,
        link: { label: "Open it", href: urls.overview(id) },
      });
      onClose();
      router.refresh();
    });
  };
  const title = setting ? `Edit ${setting.label}` : "Add account";
  const fieldOf = (name: Name, label: string, hint: string, placeholder: string) => {
    const wrong = refusal?.fields?.[name];
    return (
      <div key={name} className="grid gap-1">
        <label htmlFor={`${form}-${name}`} className="font-[550]">
          {label}
        </label>
        <Input
          id={`${form}-${name}`}
          value={name === "id" ? id : values[name]}
          isMono={name !== "label"}
          autoComplete="off"
          placeholder={placeholder}
          disabled={name === "id" && setting !== undefined}
          aria-describedby={`${form}-${name}-hint`}
          aria-invalid={wrong !== undefined}
          onChange={(event) => setValues({ ...values, [name]: event.target.value })}
        />
        <span
          id={`${form}-${name}-hint`}
          className={`text-xs [overflow-wrap:anywhere] ${wrong ? "text-fail" : "text-ink-2"}`}
        >
          {wrong ? <RefusalText refusal={wrong} /> : hint}
        </span>
      </div>
    );
  };
  return (
    <ModalPanel label={title} onClose={onClose}>
      <form onSubmit={save} className="grid gap-3 p-4">
        <h2 className="m-0 font-semibold text-[15px]">{title}</h2>
        {FIELDS.map(({ name, label, hint, placeholder }) => fieldOf(name, label, hint, placeholder))}
        {fieldOf("id", "ID", "Part of the console's addresses; it can't be changed later.", "production")}
        <div className="grid gap-1">
          <label htmlFor={`${form}-environment`} className="font-[550]">
            Environment
          </label>
          <Select
            id={`${form}-environment`}
            look="form"
            value={environment}
            aria-describedby={`${form}-environment-hint`}
            onChange={(event) => setEnvironment(event.target.value)}
          >
            <option value="">None</option>
            {ENVIRONMENTS.map((each) => (
              <option key={each} value={each}>
                {capitalize(each)}
              </option>
            ))}
          </Select>
          <span id={`${form}-environment-hint`} className="text-ink-2 text-xs">
            In production, running, deleting and sharing ask for the account's name.
          </span>
        </div>
        {refusal && !refusal.fields && <RefusalNote refusal={refusal} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <PermittedButton action="save-target" type="submit" variant="primary" disabled={isBusy}>
            {isBusy ? "Checking with AWS…" : "Check and save"}
          </PermittedButton>
        </div>
      </form>
    </ModalPanel>
  );
}

const idFrom = (label: string) =>
  cutText(
    label
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, ""),
    63,
  );
