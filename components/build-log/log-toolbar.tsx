import { Copy, Download, Keyboard, Maximize, WrapText } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/inputs";

import { apiUrls } from "@/lib/core/urls";
import { documentName } from "./document-name";
import type { LogAct } from "./log-keys";
import type { LogReader, LogReading } from "./log-reader";
import { LOG_TIME_STYLES, type LogTimeStyle } from "./log-time";

const DOWNLOAD = "rounded px-1 py-1 text-ink-2 underline-offset-2 hover:bg-mute-soft hover:text-ink";
const ICON = { size: 16, "aria-hidden": true } as const;
const TIME_NAMES: Record<LogTimeStyle, string> = {
  none: "Hide times",
  relative: "Since start",
  UTC: "UTC",
  local: "Local time",
};

type LogToolbarProps = {
  reader: LogReader;
  reading: LogReading;
  searchRef: Ref<HTMLInputElement>;
  downloadUrl: string;
  /** What the keys do too. */
  onAct: (act: LogAct) => void;
};

/** Everything that can be done to the log, each by mouse and by key. */
export function LogToolbar({ reader, reading, searchRef, downloadUrl, onAct }: LogToolbarProps) {
  const { query, errors, filter, documents, times, isWrapped, range } = reading;
  const { setQuery } = reader;
  return (
    <div
      role="toolbar"
      aria-label="Log"
      className="flex flex-wrap items-center gap-x-0.5 gap-y-1 border-line border-b px-3 py-1.5"
    >
      <Input
        ref={searchRef}
        type="search"
        aria-label="Search the log"
        placeholder="Search (/)"
        look="bar"
        isSunken
        layout="w-[136px] text-[13px]"
        value={query.text}
        onChange={({ target }) => setQuery({ ...query, text: target.value })}
        onKeyDown={(event) => {
          if (event.key === "Enter") onAct(event.shiftKey ? "previous-match" : "next-match");
        }}
      />
      <Toggle
        label="Regular expression"
        isOn={query.isRegex}
        onClick={() => setQuery({ ...query, isRegex: !query.isRegex })}
      >
        .*
      </Toggle>
      <Toggle
        label="Match case"
        isOn={query.matchCase}
        onClick={() => setQuery({ ...query, matchCase: !query.matchCase })}
      >
        Aa
      </Toggle>
      <MatchCount reading={reading} onAct={onAct} />
      {errors.length > 0 && (
        <Button
          variant="quiet"
          layout="px-2"
          title="Next error (e), previous (E)"
          onClick={() => onAct("next-error")}
        >
          Errors {errors.length}
        </Button>
      )}
      <Select
        aria-label="Lines shown"
        look="bar"
        isSunken
        layout="w-[104px] text-[13px]"
        value={filter}
        onChange={({ target }) => reader.setFilter(target.value)}
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
        value={times}
        onChange={({ target }) => {
          const style = LOG_TIME_STYLES.find((each) => each === target.value);
          if (style) reader.setTimes(style);
        }}
      >
        {LOG_TIME_STYLES.map((style) => (
          <option key={style} value={style}>
            {TIME_NAMES[style]}
          </option>
        ))}
      </Select>
      <Toggle label="Wrap long lines (w)" isOn={isWrapped} onClick={() => onAct("wrap")}>
        <WrapText {...ICON} />
      </Toggle>
      <Tool label={range ? "Copy selected lines (c)" : "Copy all lines (c)"} onClick={() => onAct("copy")}>
        <Copy {...ICON} />
      </Tool>
      <span className="inline-flex items-center px-1 text-[13px] text-ink-2">
        <Download {...ICON} />
        <a className={DOWNLOAD} href={apiUrls.buildLogFile(downloadUrl, "text")} download>
          Text
        </a>
        <a className={DOWNLOAD} href={apiUrls.buildLogFile(downloadUrl, "csv")} download>
          CSV
        </a>
      </span>
      <Tool label="Full screen (m)" onClick={() => onAct("full-screen")}>
        <Maximize {...ICON} />
      </Tool>
      <Tool label="Log shortcuts (?)" onClick={() => onAct("help")}>
        <Keyboard {...ICON} />
      </Tool>
      {reading.canFollow && (
        <Toggle label="Follow new lines (f)" isOn={reading.isFollowing} onClick={() => onAct("follow")}>
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

function MatchCount({ reading, onAct }: Pick<LogToolbarProps, "reading" | "onAct">) {
  const { query, found: search, currentMatch } = reading;
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
      <Button
        variant="quiet"
        layout="px-1.5"
        aria-label="Previous match"
        onClick={() => onAct("previous-match")}
      >
        ↑
      </Button>
      <Button variant="quiet" layout="px-1.5" aria-label="Next match" onClick={() => onAct("next-match")}>
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
