"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { type BadgeTone, StatusBadge } from "@/components/ui/status-badge";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { revokeTokenAction } from "@/lib/actions/token-actions";
import type { TokenList, TokenSummary } from "@/lib/api-tokens/types";
import { useTokenWrite } from "./use-token-write";

const TokenDialog = dynamic(() => import("./token-dialog").then((file) => file.TokenDialog));
const ConfirmDialog = dynamic(() =>
  import("@/components/ui/confirm-dialog").then((file) => file.ConfirmDialog),
);

const STATES: Record<TokenSummary["state"], { tone: BadgeTone; word: string }> = {
  active: { tone: "ok", word: "Active" },
  resting: { tone: "wait", word: "Paused" },
  powerless: { tone: "fail", word: "No rights" },
  expired: { tone: "mute", word: "Expired" },
  revoked: { tone: "mute", word: "Revoked" },
};

/** Tokens that work, with the button for a new one; or, without `choices`, those that have ended. */
export function TokensCard({
  target,
  tokens,
  choices,
}: {
  target: string;
  tokens: TokenSummary[];
  choices?: TokenList["choices"];
}) {
  const [isCreating, setIsCreating] = useState(false);
  const [leaving, setLeaving] = useState<TokenSummary>();
  const { refusal, isBusy, write } = useTokenWrite(target);
  return (
    <Card
      title={choices ? "Tokens" : "Ended tokens"}
      flush
      action={
        choices && (
          <PermittedButton action="create-token" variant="primary" onClick={() => setIsCreating(true)}>
            Create token
          </PermittedButton>
        )
      }
    >
      {tokens.length === 0 ? (
        <EmptyState title="No API tokens yet">
          Create one for a pipeline that runs builds, or for a script that reads what was built.
        </EmptyState>
      ) : (
        <Table caption={choices ? "API tokens" : "API tokens that have ended"}>
          <TableHead>
            <HeaderCell>Token</HeaderCell>
            <HeaderCell from="sm">May act as</HeaderCell>
            <HeaderCell from="md">Last used</HeaderCell>
            <HeaderCell from="sm">{choices ? "Expires" : "Expired"}</HeaderCell>
            <HeaderCell>State</HeaderCell>
            {choices && (
              <HeaderCell>
                <span className="sr-only">Actions</span>
              </HeaderCell>
            )}
          </TableHead>
          <tbody>
            {tokens.map((token) => (
              <Row key={token.id}>
                <Cell>
                  <span className="grid gap-0.5">
                    <span className="font-[550] [overflow-wrap:anywhere]">{token.name}</span>
                    <span className="text-ink-2 text-xs [overflow-wrap:anywhere]">
                      <code>{token.shown}…</code>
                      {token.kind !== "person" && ` · ${token.kind}`}
                      {!token.isOwn && ` · created by ${token.makerName}`}
                    </span>
                  </span>
                </Cell>
                <Cell from="sm">
                  {scopeWords(token)}
                  {token.isBounded && token.state === "active" && (
                    <span className="block text-ink-2 text-xs">Only while its creator has the role.</span>
                  )}
                </Cell>
                <Cell from="md">
                  {token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : "Never"}
                  {token.lastUsedFrom && (
                    <span className="block text-ink-2 text-xs">from {token.lastUsedFrom}</span>
                  )}
                </Cell>
                <Cell from="sm">
                  <RelativeTime at={token.expiresAt} />
                </Cell>
                <Cell>
                  <span className="grid justify-items-start gap-0.5">
                    <StatusBadge tone={STATES[token.state].tone}>{STATES[token.state].word}</StatusBadge>
                    <StateReason token={token} />
                  </span>
                </Cell>
                {choices && (
                  <Cell>
                    <div className="flex justify-end">
                      {token.mayRevoke && (
                        <PermittedButton
                          action="revoke-token"
                          variant="quiet"
                          onClick={() => setLeaving(token)}
                        >
                          Revoke…
                        </PermittedButton>
                      )}
                    </div>
                  </Cell>
                )}
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {isCreating && choices && (
        <TokenDialog target={target} choices={choices} onClose={() => setIsCreating(false)} />
      )}
      {leaving && (
        <ConfirmDialog
          title={`Revoke ${leaving.name}?`}
          confirmLabel="Revoke token"
          keepLabel="Keep it"
          danger
          isBusy={isBusy}
          error={refusal}
          onConfirm={() =>
            write(
              () => revokeTokenAction({ target, id: leaving.id }),
              () => setLeaving(undefined),
            )
          }
          onClose={() => setLeaving(undefined)}
        >
          Programs that use it are refused from now on. A revoked token can't be brought back.
        </ConfirmDialog>
      )}
    </Card>
  );
}

function scopeWords({ role, targets, namePrefixes }: TokenSummary): string {
  const where = targets.includes("*") ? "all accounts" : targets.join(", ");
  const names = namePrefixes.map((prefix) => `${prefix}*`).join(", ");
  return `${role} on ${where}${names && `, names ${names}`}`;
}

/** Why a token that has not ended does nothing. */
function StateReason({ token: { state, pausesAfterDays } }: { token: TokenSummary }) {
  const days = `${pausesAfterDays} ${pausesAfterDays === 1 ? "day" : "days"}`;
  const why =
    state === "resting"
      ? `Its creator has not signed in for ${days}.`
      : state === "powerless" && "Its creator no longer has any of these rights.";
  return why && <span className="text-ink-2 text-xs">{why}</span>;
}
