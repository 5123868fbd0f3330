import Link from "next/link";
import { AccountMark } from "@/components/shell/target-names";
import { Card } from "@/components/ui/card";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { urls } from "@/lib/core/urls";
import type { AccountStanding } from "@/lib/overview/types";

/** Where each account stands, and how far its history is. */
export function AccountsCard({ accounts, days }: { accounts: AccountStanding[]; days: number }) {
  return (
    <Card title="Accounts" note={`success in ${days} days`} flush>
      <Table caption="Accounts">
        <TableHead>
          <HeaderCell>Account</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell isNumeric>Success</HeaderCell>
        </TableHead>
        <tbody>
          {accounts.map((account) => (
            <Row key={account.target}>
              <Cell layout="[overflow-wrap:anywhere]">
                <Link
                  href={urls.overview(account.target)}
                  prefetch={false}
                  className="no-underline hover:underline"
                >
                  <AccountMark target={account.target} />
                </Link>
                <span className="block font-mono text-[11px] text-ink-3">
                  {account.accountId} {account.region}
                </span>
              </Cell>
              <Cell>
                <AccountState account={account} />
              </Cell>
              <Cell isNumeric>{successOf(account)}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function AccountState({ account }: { account: AccountStanding }) {
  const { pipelines, failing, stale, index, reason } = account;
  return (
    <>
      {failing > 0 && <span className="mr-2 font-[550] text-fail">{failing} failing</span>}
      {stale > 0 && <span className="mr-2 font-[550] text-wait">{stale} stale</span>}
      {failing === 0 && stale === 0 && index !== "away" && (
        <span className="text-ink-2">{pipelines === 0 ? "No pipelines with builds" : "None failing"}</span>
      )}
      {index !== "current" && <span className="block text-wait text-xs">{historyInWords(account)}</span>}
      {reason && <span className="block text-wait text-xs [overflow-wrap:anywhere]">{reason}</span>}
    </>
  );
}

/** What of an account's history is missing. */
function historyInWords({ index, behindMinutes = 0 }: AccountStanding): string {
  switch (index) {
    case "current":
      return "";
    case "away":
      return "The history couldn't be read.";
    case "off":
      return "No history yet: nothing is known.";
    case "listing":
      return "The history is being indexed.";
    case "behind":
      return `The history is ${behindMinutes < 120 ? `${Math.max(1, behindMinutes)} min` : `${Math.round(behindMinutes / 60)} h`} behind.`;
  }
}

function successOf({ succeeded, failed }: AccountStanding): string {
  return succeeded + failed === 0 ? "–" : `${((succeeded / (succeeded + failed)) * 100).toFixed(1)}%`;
}
