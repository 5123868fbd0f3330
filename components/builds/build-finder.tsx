"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useDeferredValue, useEffect, useRef } from "react";
import { FreshnessNote } from "@/components/resources/freshness-note";
import { UnknownAccounts } from "@/components/resources/unknown-accounts";
import { ReadFailure } from "@/components/shell/read-failure";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Input, Select } from "@/components/ui/inputs";
import { isTyping } from "@/components/ui/is-typing";
import { writeAddress } from "@/components/ui/navigation-under-way";
import { Skeleton } from "@/components/ui/skeleton";
import { useTypedText } from "@/components/ui/use-typed-text";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import type { FoundBuilds } from "@/lib/overview/types";
import { historyPipelinesQuery } from "@/lib/queries/history";
import { buildsQuery } from "@/lib/queries/image-builds";
import { BuildTable } from "./build-table";
import { askedOf, type BuildsAddress } from "./builds-asked";

const SEARCHES = {
  "": { label: "Name or AMI ID", placeholder: "Name, version, AMI ID, recipe" },
  package: { label: "Package", placeholder: "openssl 3.0.7" },
  cve: { label: "CVE", placeholder: "CVE-2026-12345" },
};
const RESULTS = { running: "Running", succeeded: "Succeeded", failed: "Failed", cancelled: "Canceled" };

/** Builds over everything that is kept; what they are looked for by is in the address. */
export function BuildFinder({ target }: { target: string }) {
  const { targets, ...others } = askedOf(Object.fromEntries(useSearchParams()));
  const asked = target === ALL_ACCOUNTS || !targets ? others : { ...others, targets };
  // Typing is not held up by the answer: the question follows.
  const question = useDeferredValue(asked);
  const { data, error, refetch, isPlaceholderData } = useQuery(buildsQuery(target, question));
  return (
    <>
      {data && <FreshnessNote freshness={freshnessOf(data)} />}
      {data?.accounts && <UnknownAccounts accounts={data.accounts} unread={data.unread} />}
      <Card flush>
        <Filters target={target} asked={asked} total={data?.total} />
        {!data && !error && <Skeleton label="Loading builds" lines={12} />}
        {!data && error && <ReadFailure title="Couldn't load the builds" error={error} onRetry={refetch} />}
        {data && (
          <>
            {error && <ReadFailure title="Couldn't refresh the builds" error={error} onRetry={refetch} />}
            {data.reach && (
              <p className="m-0 border-line border-b px-3.5 py-2 text-ink-2 text-xs">{data.reach}</p>
            )}
            {data.builds.length > 0 ? (
              <BuildTable target={target} builds={data.builds} isBusy={isPlaceholderData} />
            ) : (
              <NothingFound isFiltered={Object.keys(asked).length > 0} isPartial={isPartial(data)} />
            )}
            <Pages target={target} asked={asked} next={data.next} />
          </>
        )}
      </Card>
    </>
  );
}

function Filters({
  target,
  asked,
  total,
}: {
  target: string;
  asked: BuildsAddress;
  total: number | undefined;
}) {
  const search = useRef<HTMLInputElement>(null);
  const { data: names = [] } = useQuery(historyPipelinesQuery(target, asked.targets));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || isTyping()) return;
      event.preventDefault();
      search.current?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  // The answer is asked for by the browser itself: the page around it stays as it is.
  const choose = (change: BuildsAddress) =>
    // The latest address, not the last rendered one: two changes may come before a render.
    writeAddress((query) =>
      urls.builds(target, { ...askedOf(Object.fromEntries(query)), after: undefined, ...change }),
    );
  const [text, setText] = useTypedText(asked.q ?? "", (q) => choose({ q }));
  const { pipeline = "", result = "", targets = "", from, to } = asked;
  const by = asked.by === "package" || asked.by === "cve" ? asked.by : "";
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-b px-3.5 py-2">
      <Select
        look="bar"
        aria-label="Search by"
        value={by}
        onChange={(event) => choose({ by: event.target.value })}
      >
        {Object.entries(SEARCHES).map(([value, { label }]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
      <Input
        ref={search}
        look="bar"
        isSunken
        layout="w-full sm:w-72"
        type="search"
        aria-label="Search builds"
        placeholder={SEARCHES[by].placeholder}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Select
        look="bar"
        aria-label="Result"
        value={result}
        onChange={(event) => choose({ result: event.target.value })}
      >
        <option value="">All results</option>
        {Object.entries(RESULTS).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
      <Select
        look="bar"
        aria-label="Pipeline"
        value={pipeline}
        onChange={(event) => choose({ pipeline: event.target.value })}
      >
        <option value="">All pipelines</option>
        {(names.includes(pipeline) || !pipeline ? names : [pipeline, ...names]).map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
      {target !== ALL_ACCOUNTS && (
        <Select
          look="bar"
          aria-label="Accounts"
          value={targets}
          onChange={(event) => choose({ targets: event.target.value, pipeline: undefined })}
        >
          <option value="">This account</option>
          <option value="all">All accounts</option>
        </Select>
      )}
      {(from || to) && (
        <Link
          href={urls.builds(target, { ...asked, from: undefined, to: undefined, after: undefined })}
          prefetch={false}
          aria-label={`${daysInWords(from, to)}; show all days`}
          className={buttonClass("secondary", "px-2.5")}
        >
          {daysInWords(from, to)}
          <span aria-hidden="true">×</span>
        </Link>
      )}
      <span role="status" className="ml-auto text-ink-2">
        {total !== undefined && (total >= 10_000 ? "10,000 or more" : total.toLocaleString("en"))}
      </span>
    </div>
  );
}

function daysInWords(from: string | undefined, to: string | undefined): string {
  if (from && to) return from === to ? from : `${from} to ${to}`;
  return from ? `since ${from}` : `until ${to}`;
}

/** Where all accounts were asked, each says for itself what its history lacks. */
const freshnessOf = ({ accounts, freshness }: FoundBuilds): FoundBuilds["freshness"] =>
  accounts ? { ...freshness, index: "current", unread: 0, reasons: [] } : freshness;

const isPartial = ({ accounts, unread, freshness }: FoundBuilds): boolean =>
  unread !== undefined ||
  (accounts ? accounts.some(({ index }) => index !== "current") : freshness.index !== "current");

function NothingFound({ isFiltered, isPartial }: { isFiltered: boolean; isPartial: boolean }) {
  if (!isFiltered)
    return (
      <EmptyState title="No builds yet">
        Each pipeline run builds an image: an AMI or a container. New builds appear here at once.
      </EmptyState>
    );
  return (
    <p className="m-0 px-3.5 py-6 text-ink-2">
      No builds match. {isPartial && "Not all builds are known yet, so there may be more."}
    </p>
  );
}

function Pages({ target, asked, next }: { target: string; asked: BuildsAddress; next: string | undefined }) {
  if (!asked.after && !next) return null;
  return (
    <nav aria-label="Pages" className="flex gap-2 border-line border-t px-3.5 py-2">
      {asked.after && (
        <Link
          href={urls.builds(target, { ...asked, after: undefined })}
          prefetch={false}
          className={buttonClass()}
        >
          Newest
        </Link>
      )}
      {next && (
        <Link
          href={urls.builds(target, { ...asked, after: next })}
          prefetch={false}
          className={buttonClass()}
        >
          Older
        </Link>
      )}
    </nav>
  );
}
