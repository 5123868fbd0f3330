import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import type { HolderVerdict } from "@/lib/fleet/amis/types";

/** Each holder of an AMI, with whether it can launch it and whether its Auto Scaling groups can. */
export function VerdictTable({ verdicts }: { verdicts: HolderVerdict[] }) {
  return (
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
  );
}

const LOOKS = {
  yes: { glyph: "✓", word: "Yes", className: "text-ok" },
  no: { glyph: "×", word: "No", className: "text-fail" },
  "not known": { glyph: "?", word: "Not known", className: "text-ink-2" },
};

/** Whether a holder can launch the AMI, and why not. */
const Launch = ({ verdict: { launch, why } }: { verdict: HolderVerdict }) => (
  <Word answer={launch} why={why} />
);

/** Whether the Auto Scaling groups of a holder can start instances from it. */
const InGroups = ({ verdict: { autoScaling } }: { verdict: HolderVerdict }) =>
  autoScaling ? (
    <Word
      answer={autoScaling}
      why={autoScaling === "no" ? "no grant for its service-linked role" : undefined}
    />
  ) : (
    <span className="text-ink-2">Not known: it is not one account.</span>
  );

function Word({ answer, why }: { answer: keyof typeof LOOKS; why: string | undefined }) {
  const { glyph, word, className } = LOOKS[answer];
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
