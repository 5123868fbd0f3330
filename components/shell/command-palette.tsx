"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import {
  Autocomplete,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  TextField,
} from "react-aria-components";
import { ModalPanel } from "@/components/ui/modal-panel";
import { StatusBadge } from "@/components/ui/status-badge";
import type { SearchAnswer } from "@/lib/overview/search-types";
import { favoritesQuery } from "@/lib/queries/bookmarks";
import { searchAllQuery, searchQuery } from "@/lib/queries/search";
import { ConfirmRun } from "./confirm-run";
import { markedPieces, type PaletteEntry, paletteGroups, readPaletteText } from "./palette-entries";
import { readRecentPages } from "./recent-pages";
import { setTheme } from "./theme";
import type { PanelProps } from "./types";

/** Finds every page, resource, build and AMI by any part of its name, and starts what can be started from anywhere. */
export function CommandPalette({ target, targets, isAll, early, onClose }: PanelProps) {
  const router = useRouter();
  const [text, setText] = useState(() => early.take());
  const [toRun, setToRun] = useState<string>();
  const pathname = usePathname();
  const recent = useMemo(
    () => readRecentPages(target.id).filter(({ href }) => href !== pathname),
    [target.id, pathname],
  );
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The panel is modal by now: from here on the field takes the keys, so those that came before are its text.
    input.current?.focus();
    early.end();
    const rest = early.take();
    if (rest) setText((before) => before + rest);
  }, [early]);

  const { scope, words } = readPaletteText(text);
  // "run web" finds the pipelines of that name, each of which can be run.
  const wanted = words.replace(/^run\s+/i, "");
  const asked = useDeferredValue(wanted);
  const isSearched = words !== "" && scope !== "accounts";
  const search = useQuery({
    ...searchQuery(target.id, asked, scope === "builds" ? "builds" : undefined),
    enabled: isSearched && !isAll,
    placeholderData: keepPreviousData,
  });
  const searchAll = useQuery({
    ...searchAllQuery(asked),
    enabled: isSearched && targets.length > 1,
    placeholderData: keepPreviousData,
  });
  // Enter must never open what was found for another text.
  const main = isAll ? searchAll : search;
  const isNow = ({ isPlaceholderData, isPending }: typeof main) =>
    asked === wanted && !isPlaceholderData && !isPending;
  const isAnswered = !isSearched || isNow(main);
  const hits = isSearched && isAnswered ? (main.data?.hits ?? []) : [];
  // The other accounts come below, and may come later: the first line stays what it is.
  const elsewhere = isSearched && !isAll && isNow(searchAll) ? (searchAll.data?.hits ?? []) : [];
  const { data: starred = [] } = useQuery({ ...favoritesQuery(target.id), enabled: !isAll });
  const favorites = isAll ? [] : starred;
  const groups = paletteGroups({
    text,
    target,
    targets,
    isAll,
    isAnswered,
    hits,
    elsewhere,
    recent,
    favorites,
  });
  const entries = groups.flatMap((group) => group.entries);

  // The first line is always chosen. The library chooses one only when the field itself hears of what is typed.
  const firstId = entries[0]?.id;
  useEffect(() => {
    if (firstId === undefined) return;
    const first = requestAnimationFrame(() => {
      const field = input.current;
      // A line is marked at once; `aria-activedescendant` follows half a second after the last key.
      if (field && !field.closest("dialog")?.querySelector("[role=option][data-focused]"))
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    });
    return () => cancelAnimationFrame(first);
  }, [firstId]);

  const choose = ({ deed }: PaletteEntry) => {
    if (deed.does === "run") return setToRun(deed.pipeline);
    onClose();
    if (deed.does === "open") router.push(deed.href);
    else setTheme(deed.theme);
  };

  if (toRun) return <ConfirmRun target={target} name={toRun} onClose={onClose} />;
  const unread = isSearched ? unreadOf(main, searchAll) : [];
  return (
    <ModalPanel label="Search or go to" isWide onClose={onClose}>
      {/* What fits is the server's answer, so the list is not filtered here. */}
      <Autocomplete inputValue={text} onInputChange={setText}>
        <TextField aria-label="Search">
          <Input
            ref={input}
            // The library leaves a plain text field: a screen reader is to hear that it moves through a list.
            role="combobox"
            aria-expanded="true"
            placeholder={
              isAll
                ? "Search all accounts: pipelines, builds, AMI IDs"
                : "Search pages, resources, builds, AMI IDs"
            }
            maxLength={200}
            className="w-full border-0 border-line border-b bg-transparent px-4 py-3 text-[15px] text-ink outline-none placeholder:text-ink-3"
          />
        </TextField>
        <ListBox
          aria-label="Results"
          onAction={(id) => {
            const entry = entries.find((each) => each.id === id);
            if (entry) choose(entry);
          }}
          renderEmptyState={() => (
            <p className="m-0 px-2.5 py-2 text-ink-2">
              {main.error
                ? main.error.message
                : isAnswered
                  ? `No results for "${text.trim()}"`
                  : "Searching…"}
            </p>
          )}
          className="max-h-[52vh] overflow-y-auto p-1.5 outline-none"
        >
          {groups.map(({ title, entries: lines }) => (
            <ListBoxSection key={title} id={title} className="pb-1">
              <Header className="px-2.5 pt-1.5 pb-0.5 font-semibold text-[11px] text-ink-2">{title}</Header>
              {lines.map((entry) => (
                <Line key={entry.id} entry={entry} words={words} />
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
      </Autocomplete>
      {unread.length > 0 && (
        <p className="m-0 border-line border-t px-4 py-1.5 text-wait text-xs">{unread.join(" ")}</p>
      )}
      <KeysFoot />
    </ModalPanel>
  );
}

/** What could not be searched, in sentences. */
function unreadOf(main: SearchState, all: SearchState): string[] {
  const failure =
    all !== main && all.error ? [`Couldn't search the other accounts. ${all.error.message}`] : [];
  return [...new Set([...(main.data?.unread ?? []), ...(all.data?.unread ?? []), ...failure])];
}
type SearchState = { data?: SearchAnswer | undefined; error: Error | null };

function Line({ entry, words }: { entry: PaletteEntry; words: string }) {
  const { id, icon, label, detail, state } = entry;
  return (
    <ListBoxItem
      id={id}
      textValue={`${label} ${detail}`}
      className="flex cursor-pointer items-center gap-2.5 rounded border-transparent border-l-[3px] px-2 py-1.5 outline-none data-focused:border-accent data-focused:bg-accent-soft data-hovered:bg-mute-soft"
    >
      <span aria-hidden="true" className="w-4 shrink-0 text-center text-ink-3">
        {icon}
      </span>
      <span className="min-w-0 flex-1 truncate">
        {markedPieces(label, words).map(({ text, isMatch }, index) =>
          isMatch ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one label, in its order
            <mark key={index} className="bg-transparent font-semibold text-ink underline decoration-accent">
              {text}
            </mark>
          ) : (
            text
          ),
        )}{" "}
        <span className="text-ink-2 text-xs">{detail}</span>
      </span>
      {state && <StatusBadge tone={state.tone}>{state.word}</StatusBadge>}
    </ListBoxItem>
  );
}

const KEYS = [
  ["↑ ↓", "move"],
  ["Enter", "open"],
  ["Esc", "close"],
  [">", "actions"],
  ["#", "builds"],
  ["@", "accounts"],
] as const;

function KeysFoot() {
  return (
    <p className="m-0 flex flex-wrap gap-x-4 gap-y-1 border-line border-t bg-sunken px-4 py-2 text-ink-2 text-xs">
      {KEYS.map(([key, does]) => (
        <span key={key}>
          <kbd className="rounded border border-line bg-surface px-1 font-mono text-[11px]">{key}</kbd> {does}
        </span>
      ))}
    </p>
  );
}
