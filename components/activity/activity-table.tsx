import type { Route } from "next";
import Link from "next/link";
import { AccountMark } from "@/components/shell/target-names";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import type { ActivityEntry } from "@/lib/activity/types";
import { OUTCOME_TONES } from "./activity-words";

/** One line for each entry, with the reason where there is one. */
export function ActivityTable({
  entries,
  isBusy,
}: {
  /** `target`: of entries of several accounts. */
  entries: (ActivityEntry & { target?: string })[];
  isBusy: boolean;
}) {
  return (
    <Table caption="Activity" isBusy={isBusy}>
      <TableHead>
        <HeaderCell>When</HeaderCell>
        <HeaderCell>What</HeaderCell>
        <HeaderCell from="md">Who</HeaderCell>
        <HeaderCell>Outcome</HeaderCell>
      </TableHead>
      <tbody>
        {entries.map(({ id, at, who, title, outcome, detail, href, target }) => (
          <Row key={`${target} ${id}`}>
            <Cell layout="whitespace-nowrap">
              <RelativeTime at={at} />
            </Cell>
            <Cell layout="[overflow-wrap:anywhere]">
              {target && (
                <span className="mr-2">
                  <AccountMark target={target} />
                </span>
              )}
              {href === undefined ? (
                title
              ) : (
                <Link
                  href={href as Route}
                  prefetch={false}
                  className="font-[550] no-underline hover:underline"
                >
                  {title}
                </Link>
              )}
              {detail && <span className="line-clamp-2 text-ink-2 text-xs">{detail}</span>}
              {who && <span className="block text-ink-2 text-xs md:hidden">{who}</span>}
            </Cell>
            <Cell from="md" layout="[overflow-wrap:anywhere]">
              {who ?? "–"}
            </Cell>
            <Cell>
              <StatusBadge tone={OUTCOME_TONES[outcome]}>{outcome}</StatusBadge>
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
