import Link from "next/link";
import { Card } from "@/components/ui/card";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { urls } from "@/lib/core/urls";
import type { SeriesPart, SeriesRow } from "@/lib/fleet/series/types";
import { startText } from "./roll-out-words";
import { PartBadge } from "./series-track";
import { gateText } from "./series-words";

/** Every group with its version, its gate, who started it, and what became of it. */
export function SeriesGroups({ target, series: { parts } }: { target: string; series: SeriesRow }) {
  return (
    <Card title="Groups" flush>
      <Table caption="Groups">
        <TableHead>
          <HeaderCell>Group</HeaderCell>
          <HeaderCell>Status</HeaderCell>
          <HeaderCell from="md">Gate before it</HeaderCell>
          <HeaderCell from="md">Rolled out</HeaderCell>
          <HeaderCell>What happened</HeaderCell>
        </TableHead>
        <tbody>
          {parts.map((part) => (
            <Row key={part.position}>
              <Cell>{part.isHidden ? "Another group" : <Name target={target} part={part} />}</Cell>
              <Cell>
                <PartBadge part={part} />
              </Cell>
              <Cell from="md">{part.isHidden || part.position === 0 ? "" : gateText(part.gate)}</Cell>
              <Cell from="md">{!part.isHidden && part.after ? startText(part.after) : ""}</Cell>
              <Cell>
                <span className="text-ink-2 [overflow-wrap:anywhere]">{whatHappened(part)}</span>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Name({ target, part }: { target: string; part: Extract<SeriesPart, { isHidden: false }> }) {
  return (
    <div className="grid min-w-0">
      <span className="font-[550] [overflow-wrap:anywhere]">
        {part.rollOutId ? (
          <Link
            href={urls.rollOut(target, part.rollOutId)}
            prefetch={false}
            className="no-underline hover:underline"
          >
            {part.group}
          </Link>
        ) : (
          part.group
        )}
      </span>
      <span className="text-ink-2 text-xs">{part.region}</span>
    </div>
  );
}

function whatHappened(part: SeriesPart): string {
  if (part.isHidden) return "";
  if (part.skippedBy) return `Skipped by ${part.skippedBy}`;
  if (part.reason) return part.reason;
  if (part.heldBecause) return part.heldBecause;
  if (!part.rollOutId) return "";
  return part.startedBy ? `Started by ${part.startedBy}` : "Started by its gate";
}
