"use client";
import { useMemo } from "react";
import { type ChangeInWords, changesInWords } from "@/lib/definitions/changes-in-words";
import { jsonChanges } from "@/lib/definitions/json-changes";
import type { Json, JsonObject } from "@/lib/definitions/types";

/** What differs between two sides in words, a line each; the JSON of it is behind a toggle. */
export function ChangeList({ before, after }: { before: JsonObject; after: JsonObject }) {
  const changes = useMemo(() => changesInWords(before, after), [before, after]);
  if (changes.length === 0) return <p className="m-0">No changes.</p>;
  return (
    <div className="grid max-h-[50vh] min-w-0 gap-2 overflow-auto">
      <ul aria-label="Changes" className="m-0 grid list-none gap-1.5 p-0">
        {changes.map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of the changes, which do not move
          <li key={index} className="min-w-0 rounded bg-sunken px-2.5 py-1.5 [overflow-wrap:anywhere]">
            <Words {...change} />
          </li>
        ))}
      </ul>
      <details>
        <summary className="cursor-pointer text-ink-2 text-xs">Show as JSON</summary>
        <JsonChanges before={before} after={after} />
      </details>
    </div>
  );
}

function Words({ kind, what, before, after }: ChangeInWords) {
  return (
    <>
      <span className="font-[550]">{what}</span> {kind === "added" && <span className="text-ok">added</span>}
      {kind === "removed" && <span className="text-fail">removed</span>}
      {kind === "moved" && <span className="text-ink-2">changed</span>}
      {(before !== undefined || after !== undefined) && (
        <span className="block text-xs">
          {before !== undefined && (
            <del className="text-ink-2 no-underline">
              <span className="sr-only">was </span>
              {before}
            </del>
          )}
          {before !== undefined && after !== undefined && <span aria-hidden="true"> → </span>}
          {after !== undefined && (
            <ins className="no-underline">
              {before !== undefined && <span className="sr-only"> becomes </span>}
              {after}
            </ins>
          )}
        </span>
      )}
    </>
  );
}

/** Each member that differs, as AWS's API writes it. */
function JsonChanges({ before, after }: { before: JsonObject; after: JsonObject }) {
  return (
    <ul aria-label="Changes as JSON" className="m-0 mt-2 grid list-none gap-1.5 p-0">
      {jsonChanges(before, after).map((change) => (
        <li key={change.path} className="grid min-w-0 gap-0.5 rounded bg-sunken px-2.5 py-1.5">
          <span className="font-mono text-ink-2 text-xs [overflow-wrap:anywhere]">{change.path}</span>
          {change.before !== undefined && (
            <del className="font-mono text-fail text-xs no-underline [overflow-wrap:anywhere]">
              <span className="sr-only">was </span>
              <span aria-hidden="true">- </span>
              {said(change.before)}
            </del>
          )}
          {change.after !== undefined && (
            <ins className="font-mono text-ok text-xs no-underline [overflow-wrap:anywhere]">
              <span className="sr-only">becomes </span>
              <span aria-hidden="true">+ </span>
              {said(change.after)}
            </ins>
          )}
        </li>
      ))}
    </ul>
  );
}

const said = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));
