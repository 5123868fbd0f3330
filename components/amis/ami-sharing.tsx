import { Card } from "@/components/ui/card";
import type { AmiDetail } from "@/lib/fleet/amis/types";
import { KeyHelp } from "./key-help";
import { VerdictTable } from "./verdict-table";

/** With whom an AMI is shared, and whether they can use the keys that encrypt it. */
export function AmiSharing({ ami }: { ami: AmiDetail }) {
  const { holders, verdicts, isOwn, ownerId, keys, encryption } = ami;
  return (
    <Card title="Key and sharing" note={isOwn ? undefined : `shared by ${ownerId}`} flush>
      <div className="grid gap-1 px-3.5 py-2">
        {encryption.state === "not encrypted" && <p className="m-0">Its snapshots are not encrypted.</p>}
        {encryption.state === "not known" && (
          <p className="m-0 text-ink-2">It is not known whether its snapshots are encrypted.</p>
        )}
        {encryption.state === "encrypted" && encryption.keys.length === 0 && (
          <p className="m-0 text-ink-2">Encrypted. The key is not known.</p>
        )}
        {keys.map(({ arn, manager, state, reason }) => (
          <p key={arn} className="m-0 min-w-0">
            <span className="font-mono text-xs [overflow-wrap:anywhere]">{arn}</span>{" "}
            <span className="text-ink-2">
              {manager === "AWS"
                ? "AWS managed: what it encrypts can’t be shared"
                : manager === "CUSTOMER"
                  ? "customer managed"
                  : `not known. ${reason ?? ""}`}
              {state && state !== "Enabled" && `, ${state}`}
            </span>
          </p>
        ))}
      </div>
      {isOwn && !holders && (
        <p className="m-0 border-line border-t px-3.5 py-2 text-ink-2">Its sharing is not known.</p>
      )}
      {holders?.isPublic && (
        <p className="m-0 border-line border-t px-3.5 py-2 font-[550] text-wait">
          ! Public: every account can launch it.
        </p>
      )}
      {holders && verdicts.length === 0 && !holders.isPublic && (
        <p className="m-0 border-line border-t px-3.5 py-2 text-ink-2">Not shared with any account.</p>
      )}
      {verdicts.length > 0 && (
        <div className="border-line border-t">
          <VerdictTable verdicts={verdicts} />
        </div>
      )}
      <KeyHelp region={ami.region} keys={keys} verdicts={verdicts} />
    </Card>
  );
}
