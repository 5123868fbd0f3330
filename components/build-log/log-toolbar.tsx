import { Copy, Download, Keyboard, Maximize, WrapText } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/inputs";
import type { LogNode } from "@/lib/build-log/parser/types";
import type { LogQuery } from "@/lib/build-log/reader/search-log";
import { apiUrls } from "@/lib/core/urls";
import { documentName } from "./document-name";
import type { LogSearch } from "./log-client";
import type { LogAct } from "./log-keys";
import { LOG_TIME_STYLES, type LogTimeStyle } from "./log-time";

const DOWNLOAD = "rounded px-1 py-1 text-ink-2 underline-offset-2 hover:bg-mute-soft hover:text-ink";
const ICON = { size: 16, "aria-hidden": true } as const;
const TIME_NAMES: Record<LogTimeStyle, string> = {
  none: "No times",
  relative: "Since start",
  UTC: "UTC",
  local: "Local time",
};

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
  isFollowing: boolean;
  /** Lines may still come. */
  canFollow: boolean;
  copies: "all" | "lines";
  downloadUrl: string;
  /** What the keys do too. */
  acts: Record<LogAct, () => void>;
};

/** Everything that can be done to the log, each by mouse and by key. */
export function LogToolbar(props: LogToolbarProps) {
  const { query, onQuery, onMatch, errorCount, filter, documents, acts } = props;
  return (
    <div
      role="toolbar"
      aria-label="Log"
      className="flex flex-wrap items-center gap-x-0.5 gap-y-1 border-line border-b px-3 py-1.5"
    >
      <Input
        ref={props.searchRef}
        type="search"
        aria-label="Search the log"
        placeholder="Search (/)"
        look="bar"
        isSunken
        layout="w-[136px] text-[13px]"
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
      <Select
        aria-label="Lines shown"
        look="bar"
        isSunken
        layout="w-[104px] text-[13px]"
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
      </Select>
      <span className="flex-1" />
      <Select
        aria-label="Times"
        title="Times (t)"
        look="bar"
        isSunken
        layout="w-[100px] text-[13px]"
        value={props.times}
        onChange={({ target }) => {
          const style = LOG_TIME_STYLES.find((each) => each === target.value);
          if (style) props.onTimes(style);
        }}
      >
        {LOG_TIME_STYLES.map((style) => (
          <option key={style} value={style}>
            {TIME_NAMES[style]}
          </option>
        ))}
      </Select>
      <Toggle label="Wrap long lines (w)" isOn={props.isWrapped} onClick={acts.wrap}>
        <WrapText {...ICON} />
      </Toggle>
      <Tool
        label={props.copies === "all" ? "Copy all lines (c)" : "Copy the chosen lines (c)"}
        onClick={acts.copy}
      >
        <Copy {...ICON} />
      </Tool>
      <span className="inline-flex items-center px-1 text-[13px] text-ink-2">
        <Download {...ICON} />
        <a className={DOWNLOAD} href={apiUrls.buildLogFile(props.downloadUrl, "text")} download>
          Text
        </a>
        <a className={DOWNLOAD} href={apiUrls.buildLogFile(props.downloadUrl, "csv")} download>
          CSV
        </a>
      </span>
      <Tool label="Full screen (m)" onClick={acts["full-screen"]}>
        <Maximize {...ICON} />
      </Tool>
      <Tool label="Keys of the log (?)" onClick={acts.help}>
        <Keyboard {...ICON} />
      </Tool>
      {props.canFollow && (
        <Toggle label="Follow new lines (f)" isOn={props.isFollowing} onClick={acts.follow}>
          Follow
        </Toggle>
      )}
    </div>
  );
}

/** Something to do, drawn as a picture of it. */
function Tool({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Button variant="quiet" layout="px-1.5" aria-label={label} title={label} onClick={onClick}>
      {children}
    </Button>
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
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      onClick={onClick}
      className={`inline-flex min-h-7 cursor-pointer items-center rounded-[5px] border px-1.5 text-[13px] ${isOn ? "border-accent bg-accent-soft text-ink" : "border-transparent bg-transparent text-ink-2 hover:bg-mute-soft"}`}
    >
      {children}
    </button>
  );
}
