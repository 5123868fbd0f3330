import { Card } from "@/components/ui/card";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import type { AmiDetail, HolderVerdict } from "@/lib/fleet/amis/types";
import { KeyHelp } from "./key-help";

/** With whom an AMI is shared, and whether they can use the keys that encrypt it. */
export function AmiSharing({ ami }: { ami: AmiDetail }) {
  const { holders, verdicts, isOwn, ownerId, keys, encryption } = ami;
  return (
    <Card title="Key and sharing" note={isOwn ? undefined : `shared by ${ownerId}`} flush>
      <div className="grid gap-1 px-3.5 py-2">
        {encryption.state === "not encrypted" && <p className="m-0">Its snapshots are not encrypted.</p>}
        {encryption.state === "not known" && (
          <p className="m-0 text-ink-2">Whether its snapshots are encrypted is not known.</p>
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
        <p className="m-0 border-line border-t px-3.5 py-2 text-ink-2">
          With whom it is shared is not known.
        </p>
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
        <Table caption="Sharing">
          <TableHead>
            <HeaderCell>Shared with</HeaderCell>
            <HeaderCell>Can launch it</HeaderCell>
            <HeaderCell>In Auto Scaling groups</HeaderCell>
          </TableHead>
          <tbody>
            {verdicts.map((verdict) => (
              <Row key={verdict.holder} isQuiet>
                <Cell layout="font-mono text-xs [overflow-wrap:anywhere]">{verdict.holder}</Cell>
                <Cell>
                  <Launch verdict={verdict} />
                </Cell>
                <Cell>
                  <InGroups verdict={verdict} />
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      <KeyHelp region={ami.region} keys={keys} verdicts={verdicts} />
    </Card>
  );
}

const LOOKS = {
  yes: { glyph: "✓", word: "Yes", className: "text-ok" },
  no: { glyph: "×", word: "No", className: "text-fail" },
  "not known": { glyph: "?", word: "Not known", className: "text-ink-2" },
};

/** Whether a holder can launch the AMI, and why not. */
function Launch({ verdict: { launch, why } }: { verdict: HolderVerdict }) {
  const { glyph, word, className } = LOOKS[launch];
  return (
    <div className="grid">
      <span className={`font-[550] ${className}`}>
        <span aria-hidden="true">{glyph} </span>
        {word}
      </span>
      {why && <span className="text-ink-2 text-xs">{why}</span>}
    </div>
  );
}

/** Whether the Auto Scaling groups of a holder can start instances from it. */
function InGroups({ verdict: { autoScaling } }: { verdict: HolderVerdict }) {
  if (!autoScaling) return <span className="text-ink-2">Not known: it is not one account.</span>;
  const { glyph, word, className } = LOOKS[autoScaling];
  return (
    <div className="grid">
      <span className={`font-[550] ${className}`}>
        <span aria-hidden="true">{glyph} </span>
        {word}
      </span>
      {autoScaling === "no" && (
        <span className="text-ink-2 text-xs">no grant for its service-linked role</span>
      )}
    </div>
  );
}
