import type { Ref } from "react";
import { Button } from "@/components/ui/button";
import type { LogNode } from "@/lib/build-log/parser/types";
import type { LogQuery } from "@/lib/build-log/view/search-log";
import { apiUrls } from "@/lib/urls";
import { documentName } from "./document-name";
import type { LogSearch } from "./log-client";
import { LOG_TIME_STYLES, type LogTimeStyle } from "./log-time";

const FIELD =
  "min-h-7 rounded-[5px] border border-line bg-sunken px-2 py-0.5 text-[13px] text-ink max-w-[180px]";

export type LogToolbarProps = {
  searchRef: Ref<HTMLInputElement>;
  query: LogQuery;
  onQuery: (query: LogQuery) => void;
  search: LogSearch | undefined;
  currentMatch: number;
  onMatch: (step: 1 | -1) => void;
  errorCount: number;
  onError: (step: 1 | -1) => void;
  documents: LogNode[];
  filter: string;
  onFilter: (filter: string) => void;
  times: LogTimeStyle;
  onTimes: (times: LogTimeStyle) => void;
  isWrapped: boolean;
  onWrapped: (isWrapped: boolean) => void;
  isFollowing: boolean;
  onFollowing: (isFollowing: boolean) => void;
  onCopy: () => void;
  copies: "all" | "lines";
  downloadUrl: string;
  onFullScreen: () => void;
};

/** Everything that can be done to the log, each by mouse and by key. */
export function LogToolbar(props: LogToolbarProps) {
  const { query, onQuery, onMatch, errorCount, filter, documents } = props;
  return (
    <div
      role="toolbar"
      aria-label="Log"
      className="flex flex-wrap items-center gap-1 border-line border-b px-3 py-1.5"
    >
      <input
        ref={props.searchRef}
        type="search"
        aria-label="Search the log"
        placeholder="Search"
        className={`${FIELD} w-[180px]`}
        value={query.text}
        onChange={({ target }) => onQuery({ ...query, text: target.value })}
        onKeyDown={(event) => {
          if (event.key === "Enter") onMatch(event.shiftKey ? -1 : 1);
        }}
      />
      <Toggle
        label="Regular expression"
        isOn={query.isRegex}
        onClick={() => onQuery({ ...query, isRegex: !query.isRegex })}
      >
        .*
      </Toggle>
      <Toggle
        label="Match case"
        isOn={query.matchCase}
        onClick={() => onQuery({ ...query, matchCase: !query.matchCase })}
      >
        Aa
      </Toggle>
      <MatchCount {...props} />
      {errorCount > 0 && (
        <Button
          variant="quiet"
          layout="px-2"
          title="Next error (e), previous (E)"
          onClick={() => props.onError(1)}
        >
          Errors {errorCount}
        </Button>
      )}
      <select
        aria-label="Lines shown"
        className={FIELD}
        value={filter}
        onChange={({ target }) => props.onFilter(target.value)}
      >
        <option value="">All lines</option>
        <option value="stderr">Stderr only</option>
        {documents.map(({ id, name }) => (
          <option key={id} value={String(id)}>
            {documentName(name)}
          </option>
        ))}
      </select>
      <span className="flex-1" />
      <select
        aria-label="Times"
        className={FIELD}
        value={props.times}
        onChange={({ target }) => {
          const style = LOG_TIME_STYLES.find((each) => each === target.value);
          if (style) props.onTimes(style);
        }}
      >
        {LOG_TIME_STYLES.map((style) => (
          <option key={style} value={style}>
            {style === "none"
              ? "No times"
              : style === "local"
                ? "Local time"
                : style === "relative"
                  ? "Since start"
                  : "UTC"}
          </option>
        ))}
      </select>
      <Toggle
        label="Wrap long lines (w)"
        isOn={props.isWrapped}
        onClick={() => props.onWrapped(!props.isWrapped)}
      >
        Wrap
      </Toggle>
      <Button variant="quiet" layout="px-2" onClick={props.onCopy}>
        {props.copies === "all" ? "Copy" : "Copy lines"}
      </Button>
      <a
        className="px-2 text-[13px] text-ink-2 hover:text-ink"
        href={apiUrls.buildLogFile(props.downloadUrl, "text")}
        download
      >
        Text
      </a>
      <a
        className="px-2 text-[13px] text-ink-2 hover:text-ink"
        href={apiUrls.buildLogFile(props.downloadUrl, "csv")}
        download
      >
        CSV
      </a>
      <Button variant="quiet" layout="px-2" onClick={props.onFullScreen}>
        Full screen
      </Button>
      <Button
        aria-pressed={props.isFollowing}
        title="Follow (f)"
        onClick={() => props.onFollowing(!props.isFollowing)}
      >
        {props.isFollowing ? "Following" : "Follow"}
      </Button>
    </div>
  );
}

function MatchCount({ query, search, currentMatch, onMatch }: LogToolbarProps) {
  if (query.text === "") return null;
  if (search?.mistake)
    return (
      <span role="status" className="text-fail text-xs">
        {search.mistake}
      </span>
    );
  const { count = 0, lines = [] } = search?.matches ?? {};
  return (
    <>
      <span role="status" className="whitespace-nowrap text-ink-3 text-xs">
        {lines.length === 0
          ? search?.isComplete
            ? "no match"
            : "searching"
          : `${(currentMatch + 1).toLocaleString("en")} of ${lines.length.toLocaleString("en")}${count > lines.length ? ` lines, ${count.toLocaleString("en")} matches` : ""}${search?.isComplete ? "" : " so far"}`}
      </span>
      <Button variant="quiet" layout="px-1.5" aria-label="Previous match" onClick={() => onMatch(-1)}>
        ↑
      </Button>
      <Button variant="quiet" layout="px-1.5" aria-label="Next match" onClick={() => onMatch(1)}>
        ↓
      </Button>
    </>
  );
}

function Toggle({
  label,
  isOn,
  onClick,
  children,
}: {
  label: string;
  isOn: boolean;
  onClick: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      onClick={onClick}
      className={`min-h-7 cursor-pointer rounded-[5px] border px-2 text-[13px] ${isOn ? "border-accent bg-accent-soft text-ink" : "border-transparent bg-transparent text-ink-2 hover:bg-mute-soft"}`}
    >
      {children}
    </button>
  );
}
