"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { namedDay } from "@/components/charts/chart-scale";
import { ReadFailure } from "@/components/shell/read-failure";
import { AccountMark } from "@/components/shell/target-names";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { describeDuration } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import type { HistoryState, SlowerSteps as Slower, SlowerStep } from "@/lib/history/types";
import { changeInWords } from "./duration-series";
import type { PanelProps } from "./panel-props";

/** As its own question: the table alone. */
export function SlowerStepsPanel({ target, answer, question }: PanelProps<"slower">) {
  return (
    <SlowerSteps target={target} question={question} data={answer} error={null} refetch={() => undefined} />
  );
}

/** Which steps take longer than before, since when, and what changed then. */
export function SlowerSteps({
  target,
  question,
  data,
  error,
  refetch,
}: {
  target: string;
  question: HistoryState;
  data: Slower | undefined;
  error: Error | null;
  refetch: () => unknown;
}) {
  const title = "What got slower";
  if (!data)
    return (
      <Card title={title} flush>
        {error ? (
          <ReadFailure title="Couldn't compare the steps" error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Comparing the steps" lines={5} />
        )}
      </Card>
    );
  const note = noteOf(data);
  if (data.slower.length === 0)
    return (
      <Card title={title} note={note}>
        <p className="m-0 text-ink-2">
          {data.steps === 0
            ? "Not known: no step has builds in both periods."
            : `None of ${data.steps.toLocaleString("en")} steps got slower by more than the figures can tell.`}
        </p>
      </Card>
    );
  const top = Math.max(...data.slower.map(grownBy));
  return (
    <Card title={title} note={note} flush>
      <div className="overflow-x-auto">
        <Table caption={title}>
          <TableHead>
            <HeaderCell>Step</HeaderCell>
            {!question.pipeline && <HeaderCell from="sm">Pipeline</HeaderCell>}
            <HeaderCell isNumeric from="sm">
              Now
            </HeaderCell>
            <HeaderCell isNumeric from="sm">
              Before
            </HeaderCell>
            <HeaderCell isNumeric>Change</HeaderCell>
            <HeaderCell from="sm">Since</HeaderCell>
            <HeaderCell from="sm">Changed then</HeaderCell>
          </TableHead>
          <tbody>
            {data.slower.map((step) => (
              <SlowerRow
                key={`${step.target}/${step.pipeline}/${step.stage}/${step.name}`}
                target={target}
                question={question}
                step={step}
                share={grownBy(step) / top}
              />
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}

function SlowerRow({
  target,
  question,
  step,
  share,
}: {
  target: string;
  question: HistoryState;
  step: SlowerStep;
  share: number;
}) {
  const { target: of, pipeline, stage, name, nowMs, beforeMs, since } = step;
  const own = { ...question, pipeline, targets: undefined };
  return (
    <Row>
      <Cell>
        <Link
          href={urls.history(of, { ...own, show: "builds", ran: name })}
          prefetch={false}
          className="no-underline hover:underline"
        >
          {name}
        </Link>
        <span className="block text-ink-3 text-xs">
          {stage}
          {!question.pipeline && <span className="sm:hidden">{` of ${pipeline}`}</span>}
        </span>
        <span className="block text-xs sm:hidden">
          {since.kind === "day" && `Since ${namedDay(since.day)}: `}
          {changedThen(step)}
        </span>
      </Cell>
      {!question.pipeline && (
        <Cell from="sm">
          <Link
            href={urls.history(of, { ...own, show: "durations" })}
            prefetch={false}
            className="no-underline hover:underline"
          >
            {pipeline}
          </Link>
          {of !== target && <AccountMark target={of} />}
        </Cell>
      )}
      <Cell isNumeric from="sm" layout="whitespace-nowrap">
        {describeDuration(nowMs)}
      </Cell>
      <Cell isNumeric from="sm" layout="whitespace-nowrap">
        {describeDuration(beforeMs)}
      </Cell>
      <Cell isNumeric layout="whitespace-nowrap">
        <span className="font-[550] text-wait">{`+${describeDuration(grownBy(step))}`}</span>
        <svg className="mt-0.5 ml-auto block h-1 w-14" aria-hidden="true">
          <rect width={`${Math.max(4, share * 100)}%`} height={4} rx={2} className="fill-wait" />
        </svg>
      </Cell>
      <Cell from="sm" layout="whitespace-nowrap">
        {since.kind === "day" ? (
          <Link
            href={urls.history(of, { ...own, show: "builds", from: since.day, to: since.day })}
            prefetch={false}
            className="no-underline hover:underline"
          >
            {namedDay(since.day)}
          </Link>
        ) : (
          <span className="text-ink-2">{since.kind === "gradual" ? "gradual" : "not known"}</span>
        )}
      </Cell>
      <Cell from="sm" layout="min-w-48">
        {changedThen(step)}
      </Cell>
    </Row>
  );
}

function changedThen({ since, changes }: SlowerStep): ReactNode {
  if (since.kind === "gradual") return <span className="text-ink-2">No single day</span>;
  if (since.kind === "not-known" || !changes) return <span className="text-ink-2">Not known</span>;
  if (changes.length === 0) return <span className="text-ink-2">No recorded changes</span>;
  return (
    <ul className="m-0 list-none p-0 [overflow-wrap:anywhere]">
      {changes.map((change) => (
        <li key={`${change.kind}/${change.name}`}>{changeInWords(change)}</li>
      ))}
    </ul>
  );
}

const grownBy = ({ nowMs, beforeMs }: SlowerStep) => nowMs - beforeMs;

function noteOf({ nowDays, beforeDays, pipelines, compared }: Slower): string {
  const days = (count: number) => `${count} ${count === 1 ? "day" : "days"}`;
  const which =
    pipelines > compared
      ? `; the ${compared} of ${pipelines.toLocaleString("en")} pipelines with the most build time`
      : "";
  return `p50, last ${days(nowDays)} against the ${days(beforeDays)} before${which}`;
}
