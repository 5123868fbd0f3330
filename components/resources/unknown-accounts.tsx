import type { UnreadAccount } from "@/lib/core/target";
import type { AccountStanding } from "@/lib/overview/types";

/** Accounts of which a page about all knows nothing, or not everything; `unread` are those whose AWS did not answer. */
export function UnknownAccounts({
  accounts,
  unread = [],
}: {
  accounts: AccountStanding[];
  unread?: UnreadAccount[] | undefined;
}) {
  const unknown = accounts.filter(({ index, reason }) => index !== "current" || reason);
  return (
    <div role="status" className="mb-3 grid gap-0.5 text-xs empty:hidden">
      {unknown.map(({ target, label, index, reason }) => (
        <p key={target} className="m-0 text-wait [overflow-wrap:anywhere]">
          <span aria-hidden="true" className="mr-1 font-mono font-semibold">
            !
          </span>
          {`${label}: ${index === "away" || index === "off" ? "nothing is known yet." : "the history is not up to date, so the list may be incomplete."}`}
          {reason && ` ${reason}`}
        </p>
      ))}
      {unread.map(({ target, label, reason }) => (
        <p key={`unread ${target}`} className="m-0 text-wait [overflow-wrap:anywhere]">
          <span aria-hidden="true" className="mr-1 font-mono font-semibold">
            !
          </span>
          {`Couldn't check ${label}. ${reason}`}
        </p>
      ))}
    </div>
  );
}
