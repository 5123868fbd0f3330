"use client";
import { useQuery } from "@tanstack/react-query";
import Form from "next/form";
import { useState } from "react";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { EmptyState } from "@/components/ui/empty-state";
import { Input, Select } from "@/components/ui/inputs";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { lineKeyOf } from "@/lib/build-log/search/shown-message";
import type { LogHit, LogSearchResult } from "@/lib/build-log/search/types";
import { apiUrls, urls } from "@/lib/core/urls";
import { logSearchQuery } from "@/lib/queries/build-log";

const RANGES = [1, 7, 30, 90];

const keyOf = (text: string, days: number) => JSON.stringify([text, days]);

/**
 * A search in the logs of all builds. Text and range are in the address, so that a search can be shared. It costs
 * money, so that a link, which anybody can write, only fills the form.
 */
export function LogSearchView({ target, text, days }: { target: string; text: string; days: number }) {
  const [pressed, setPressed] = useState<string>();
  const isPressed = text !== "" && pressed === keyOf(text, days);
  const { data, error, refetch } = useQuery({ ...logSearchQuery(target, text, days), enabled: isPressed });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.images(target)}>Images</Crumb>} title="Search logs" />
      <Form
        action={urls.searchLogs(target)}
        className="mb-4 flex flex-wrap items-center gap-2"
        onSubmit={({ currentTarget }) => {
          const fields = new FormData(currentTarget);
          setPressed(keyOf(String(fields.get("text")), Number(fields.get("days"))));
        }}
      >
        <Input
          key={text}
          type="search"
          name="text"
          defaultValue={text}
          required
          minLength={2}
          maxLength={200}
          aria-label="Text in a line"
          placeholder="For example: No space left on device"
          layout="w-full sm:w-[420px]"
        />
        <Select name="days" defaultValue={days} aria-label="Time range" layout="w-fit">
          {RANGES.map((range) => (
            <option key={range} value={range}>
              {range === 1 ? "Last day" : `Last ${range} days`}
            </option>
          ))}
        </Select>
        <Button type="submit">Search</Button>
      </Form>
      <Card flush>
        {text === "" ? (
          <EmptyState title="Search the logs of all builds">
            Case-sensitive. Uses CloudWatch Logs Insights (charged by data scanned), or stored logs if not
            permitted.
          </EmptyState>
        ) : data ? (
          <Hits target={target} result={data} />
        ) : error ? (
          <ReadFailure title="Couldn't search logs" error={error} onRetry={refetch} />
        ) : !isPressed ? (
          <EmptyState title="Press Search to start">
            This search came from a link. CloudWatch Logs Insights charges by data scanned.
          </EmptyState>
        ) : (
          <Skeleton label="Searching the logs of all builds" lines={6} />
        )}
      </Card>
    </>
  );
}

function Hits({ target, result }: { target: string; result: LogSearchResult }) {
  const { hits, isCut, source, reason, scannedBytes } = result;
  return (
    <>
      <p role="status" className="m-0 border-line border-b px-3.5 py-2 text-ink-2 text-xs">
        {isCut ? `Latest ${hits.length} lines` : `${hits.length} ${hits.length === 1 ? "line" : "lines"}`}{" "}
        {source === "insights" ? "from CloudWatch Logs Insights" : "from stored logs"}
        {scannedBytes !== undefined && `, ${(scannedBytes / 1_000_000).toFixed(1)} MB scanned`}. {reason}
      </p>
      {hits.length === 0 ? (
        <EmptyState title="No matching lines">Try fewer words or a longer time range.</EmptyState>
      ) : (
        <ol aria-label="Matching lines" className="m-0 list-none p-0">
          {hits.map((hit) => (
            <Hit
              key={`${hit.group} ${hit.stream} ${hit.at} ${hit.line ?? ""} ${hit.message}`}
              target={target}
              hit={hit}
            />
          ))}
        </ol>
      )}
    </>
  );
}

function Hit({ target, hit: { at, message, build, line, group, stream } }: { target: string; hit: LogHit }) {
  return (
    <li className="grid gap-x-3 border-line px-3.5 py-1.5 not-last:border-b sm:grid-cols-[260px_minmax(0,1fr)]">
      <span className="min-w-0 text-xs [overflow-wrap:anywhere]">
        {build ? (
          <a
            className="underline"
            href={
              line === undefined
                ? apiUrls.logLine(target, build, at, lineKeyOf(message))
                : `${urls.imageBuild(target, build)}#L${line}`
            }
          >
            {build.name} {build.version}/{build.build}
            {line !== undefined && `, line ${line.toLocaleString("en")}`}
          </a>
        ) : (
          `${group} ${stream}`
        )}{" "}
        <span className="text-ink-3">
          <RelativeTime at={new Date(at).toISOString()} />
        </span>
      </span>
      <span className="font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {message}
      </span>
    </li>
  );
}
