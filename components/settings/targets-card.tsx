"use client";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { showToast } from "@/components/ui/toasts";
import { removeTargetAction } from "@/lib/actions/settings-actions";
import type { ConsoleError } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import type { Settings, TargetSetting } from "@/lib/settings/types";

const TargetDialog = dynamic(() => import("./target-dialog").then((file) => file.TargetDialog));

/** The accounts and Regions of this console: those of its environment, and those that were added here. */
export function TargetsCard({ target, settings }: { target: string; settings: Settings }) {
  const { targets, mayChangeTargets } = settings;
  const [edited, setEdited] = useState<TargetSetting | "new">();
  const [leaving, setLeaving] = useState<TargetSetting>();
  return (
    <Card
      title="Accounts"
      note={mayChangeTargets ? undefined : "Changed by administrators of all accounts"}
      flush
      action={
        mayChangeTargets && (
          <PermittedButton action="save-target" variant="primary" onClick={() => setEdited("new")}>
            Add account
          </PermittedButton>
        )
      }
    >
      <Table caption="Accounts of this console">
        <TableHead>
          <HeaderCell>Account</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell from="md">Role</HeaderCell>
          <HeaderCell from="sm">From</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </TableHead>
        <tbody>
          {targets.map((each) => (
            <Row key={`${each.id} ${each.from}`}>
              <Cell>
                <div className="grid">
                  {each.from === "overruled" ? (
                    <span className="font-[550]">{each.label}</span>
                  ) : (
                    <Link
                      href={urls.overview(each.id)}
                      prefetch={false}
                      className="font-[550] no-underline hover:underline"
                    >
                      {each.label}
                    </Link>
                  )}
                  <span className="text-ink-2 text-xs [overflow-wrap:anywhere]">
                    {each.accountId}, {each.region}
                  </span>
                </div>
              </Cell>
              <Cell>
                <AccountState setting={each} />
                <span className="text-ink-2 text-xs sm:hidden">{FROM_WORDS[each.from]}</span>
              </Cell>
              <Cell from="md">
                <span className="font-mono text-xs [overflow-wrap:anywhere]">
                  {each.roleArn ?? "own credentials"}
                </span>
              </Cell>
              <Cell from="sm">{FROM_WORDS[each.from]}</Cell>
              <Cell>
                {mayChangeTargets && each.from !== "environment" && (
                  <div className="flex flex-wrap justify-end gap-x-1">
                    {each.from === "added" && (
                      <Button
                        variant="quiet"
                        aria-label={`Edit ${each.label}`}
                        onClick={() => setEdited(each)}
                      >
                        Edit
                      </Button>
                    )}
                    <PermittedButton
                      action="remove-target"
                      variant="quiet"
                      aria-label={`Remove ${each.label}`}
                      onClick={() => setLeaving(each)}
                    >
                      Remove
                    </PermittedButton>
                  </div>
                )}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {edited && (
        <TargetDialog
          target={target}
          setting={edited === "new" ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
      {leaving && <RemoveDialog target={target} setting={leaving} onClose={() => setLeaving(undefined)} />}
    </Card>
  );
}

const FROM_WORDS: Record<TargetSetting["from"], string> = {
  environment: "Environment",
  added: "Added here",
  overruled: "Added here; the environment overrides it",
};

function AccountState({ setting: { account } }: { setting: TargetSetting }) {
  if (!account) return <StatusBadge tone="mute">Not used</StatusBadge>;
  if (account.state === "confirmed") return <StatusBadge tone="ok">Confirmed by AWS</StatusBadge>;
  return (
    <span className="grid justify-items-start gap-0.5">
      <StatusBadge tone={account.state === "differs" ? "fail" : "mute"}>
        {account.state === "differs" ? "Another account" : "Not known"}
      </StatusBadge>
      <span className="max-w-[40ch] text-ink-2 text-xs [overflow-wrap:anywhere]">{account.reason}</span>
    </span>
  );
}

function RemoveDialog({
  target,
  setting: { id, label },
  onClose,
}: {
  target: string;
  setting: TargetSetting;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const router = useRouter();
  const [refusal, setRefusal] = useState<ConsoleError>();
  const [isBusy, start] = useTransition();
  const remove = () =>
    start(async () => {
      const result = await removeTargetAction({ target, id });
      if (!result.ok) return setRefusal(result.error);
      await queries.invalidateQueries({ queryKey: ["settings", target] });
      showToast({ text: `Removed ${label}.` });
      onClose();
      router.refresh();
    });
  return (
    <ConfirmDialog
      title={`Remove ${label}?`}
      confirmLabel="Remove account"
      keepLabel="Cancel"
      danger
      isBusy={isBusy}
      error={refusal}
      onConfirm={remove}
      onClose={onClose}
    >
      This console stops serving it. Nothing changes in the account, and its history is kept.
    </ConfirmDialog>
  );
}
