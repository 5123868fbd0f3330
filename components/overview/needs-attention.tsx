import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { RunPipelineButton } from "@/components/resources/run-pipeline-button";
import { AccountMark } from "@/components/shell/target-names";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { useTimeZone } from "@/components/ui/time-zone";
import { DAY_MS, describeRelative, HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import { shortReason } from "@/lib/image-builder/image-builds/build-status";
import type { Attention, Overview } from "@/lib/overview/types";

const SHOWN = 12;
const PHONE_ROW =
  "max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:items-center max-md:gap-x-3 max-md:gap-y-1 max-md:border-line max-md:border-b max-md:px-3.5 max-md:py-2.5 max-md:last:border-0";
const PHONE_CELL = "max-md:h-auto max-md:border-0 max-md:p-0";

/** Pipelines that need somebody, each once: what is wrong, since when, whose it is and what to do next. */
export function NeedsAttention({ target, overview }: { target: string; overview: Overview }) {
  const { attention, waitingUnknown, freshness } = overview;
  const isWhole = freshness.unread === 0 && !waitingUnknown && !freshness.unlisted;
  const shown = attention.slice(0, SHOWN);
  return (
    <Card
      title="Needs attention"
      note={`${attention.length} of ${freshness.pipelines} pipelines`}
      action={
        <Link
          href={urls.pipelines(target)}
          prefetch={false}
          className="min-h-6 text-accent no-underline hover:underline"
        >
          {attention.length > SHOWN ? `${attention.length - SHOWN} more` : "All pipelines"}
        </Link>
      }
      flush
    >
      {waitingUnknown && (
        <p className="m-0 px-3.5 py-2 text-wait">Couldn't check for pending approvals. {waitingUnknown}</p>
      )}
      {freshness.unlisted && (
        <p className="m-0 px-3.5 py-2 text-wait">
          Couldn't check which pipelines are disabled or never run. {freshness.unlisted}
        </p>
      )}
      {attention.length === 0 ? (
        <p className="m-0 px-3.5 py-3 text-ink-2">
          {isWhole ? "All pipelines are healthy." : "Nothing so far. Not everything has been checked."}
        </p>
      ) : (
        <Table caption="Pipelines that need attention">
          <TableHead>
            <HeaderCell from="md">Pipeline</HeaderCell>
            <HeaderCell from="md">Reason</HeaderCell>
            <HeaderCell from="md">For</HeaderCell>
            <HeaderCell from="lg">Owner</HeaderCell>
            <HeaderCell from="md">
              <span className="sr-only">Next action</span>
            </HeaderCell>
          </TableHead>
          <tbody>
            {shown.map((row) => (
              <AttentionRow
                key={`${row.kind} ${row.target ?? ""} ${row.pipelineName ?? nameOf(row)}`}
                target={target}
                row={row}
                freshness={freshness}
              />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

function AttentionRow({
  target: page,
  row,
  freshness: { asOf },
}: {
  target: string;
  row: Attention;
  freshness: Overview["freshness"];
}) {
  const { glyph, tone, word, reason, detail } = wordsOf(row, Date.parse(asOf));
  const target = row.target ?? page;
  const timeZone = useTimeZone();
  return (
    <Row isQuiet layout={PHONE_ROW}>
      <Cell layout={`md:whitespace-nowrap ${PHONE_CELL}`}>
        {row.target && (
          <>
            <AccountMark target={row.target} />{" "}
          </>
        )}
        <Link
          href={row.pipelineName ? urls.pipeline(target, row.pipelineName) : hrefOfBuild(target, row)}
          prefetch={false}
          className="font-[550] no-underline [overflow-wrap:anywhere] hover:underline md:whitespace-nowrap"
        >
          {row.pipelineName ?? nameOf(row)}
        </Link>
      </Cell>
      <Cell layout={`w-full max-md:order-3 max-md:col-span-2 ${PHONE_CELL}`}>
        <span className={`font-[550] ${tone}`}>
          <span aria-hidden="true" className="mr-1 font-mono">
            {glyph}
          </span>
          {word}
        </span>{" "}
        <span className="[overflow-wrap:anywhere]">{reason}</span>
        {detail && <span className="line-clamp-2 text-ink-2 text-xs [overflow-wrap:anywhere]">{detail}</span>}
      </Cell>
      <Cell layout={`whitespace-nowrap max-md:order-4 max-md:text-xs ${PHONE_CELL}`}>
        <span>{howLong(row, asOf)}</span>
        {row.since && (
          <span className="block text-ink-2 text-xs max-md:inline max-md:before:content-[',_']">
            since <time dateTime={row.since}>{dateOf(row.since, asOf, timeZone)}</time>
          </span>
        )}
      </Cell>
      <Cell
        layout={`text-ink-2 max-md:order-5 max-md:text-right max-md:text-xs md:max-lg:hidden ${PHONE_CELL}`}
      >
        {row.owner ?? <span className="text-ink-3">No owner</span>}
      </Cell>
      <Cell layout={`text-right max-md:order-2 ${PHONE_CELL}`}>
        <NextAction target={target} row={row} />
      </Cell>
    </Row>
  );
}

type Words = { glyph: string; tone: string; word: string; reason: ReactNode; detail?: ReactNode };

function wordsOf(row: Attention, nowMs: number): Words {
  const fail = { glyph: "×", tone: "text-fail" };
  const wait = { glyph: "!", tone: "text-wait" };
  switch (row.kind) {
    case "failing":
      return { ...fail, word: "Failing.", ...causeOf(row) };
    case "waiting":
      return {
        ...wait,
        word: "Waiting for approval:",
        reason: row.stepName,
        detail: `${row.build.version}/${row.build.build}${row.expiresAt ? `, expires ${describeRelative(row.expiresAt, nowMs)}` : ""}`,
      };
    case "stale":
      return {
        ...wait,
        word: "Stale.",
        reason: `The latest image is ${row.ageDays} days old, max. age ${row.freshWithinDays}`,
      };
    case "never-runs":
      return {
        ...wait,
        word: "Never runs.",
        reason: "The schedule matches no future date",
        detail: row.words,
      };
    case "disabled":
      return {
        glyph: "–",
        tone: "text-ink-2",
        word: "Disabled.",
        reason: row.failures
          ? `By Image Builder after ${row.failures} consecutive failures`
          : "Scheduled builds don't start",
      };
  }
}

function causeOf({ build }: Attention & { kind: "failing" }): Pick<Words, "reason" | "detail"> {
  const { ruleTitle, reason, failedStep, failedComponent, failedStage, version } = build;
  const said = reason && shortReason(reason);
  const place = failedStep ? (
    <>
      Step <span className="font-mono">{failedStep}</span>
      {failedComponent && ` of ${failedComponent}`}
    </>
  ) : (
    failedStage && `Stage ${failedStage.toLowerCase()}`
  );
  return {
    reason: ruleTitle ?? said ?? `Build ${version}/${build.build} failed`,
    detail:
      place && ruleTitle && said ? (
        <>
          {place}: {said}
        </>
      ) : (
        (place ?? (ruleTitle ? said : undefined))
      ),
  };
}

function NextAction({ target, row }: { target: string; row: Attention }) {
  // Whether one may run it is known of the page's own account.
  if (row.kind === "stale" && row.pipelineName && !row.target)
    return <RunPipelineButton target={target} name={row.pipelineName} label="Run" variant="secondary" />;
  const { label, href } = linkOf(target, row);
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={`${label}: ${row.pipelineName ?? nameOf(row)}`}
      className={buttonClass()}
    >
      {label}
    </Link>
  );
}

function linkOf(target: string, row: Attention): { label: string; href: Route } {
  const name = row.pipelineName ?? "";
  switch (row.kind) {
    case "failing":
      return { label: "Open failure", href: urls.imageBuild(target, row.build) };
    case "waiting":
      return { label: "Review", href: urls.approvals(target) };
    case "never-runs":
      return { label: "Edit schedule", href: urls.editResource(target, "image-pipeline", name) };
    default:
      return { label: "Open pipeline", href: urls.pipeline(target, name) };
  }
}

const nameOf = (row: Attention) => (row.kind === "waiting" ? row.imageName : "");
const hrefOfBuild = (target: string, row: Attention) =>
  row.kind === "waiting" ? urls.imageBuild(target, row.build) : urls.pipelines(target);

function howLong(row: Attention, asOf: string): string {
  if (row.kind === "failing") return row.count === 1 ? "1 build" : `${row.count} builds`;
  const ms = Date.parse(asOf) - Date.parse(row.since ?? "");
  if (Number.isNaN(ms)) return "unknown";
  if (ms < HOUR_MS) return `${Math.max(1, Math.round(ms / MINUTE_MS))} min`;
  if (ms < 2 * DAY_MS) return `${Math.round(ms / HOUR_MS)} h`;
  return `${Math.round(ms / DAY_MS)} days`;
}

/** "25 Nov", of today "03:18", in the zone that the reader chose. */
function dateOf(at: string, asOf: string, timeZone: string): string {
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone });
  if (day.format(new Date(at)) !== day.format(new Date(asOf))) return day.format(new Date(at));
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(
    new Date(at),
  );
}
