"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useDeferredValue, useId, useState } from "react";
import { ModalPanel } from "@/components/ui/modal-panel";
import { urls } from "@/lib/core/urls";
import type { SearchHit } from "@/lib/image-builder/search/types";
import { searchQuery } from "@/lib/queries/search";

type Entry = { id: string; label: string; detail: string; href: Route };

const pagesOf = (target: string): Entry[] => [
  { id: "overview", label: "Overview", detail: "page", href: urls.overview(target) },
  { id: "pipelines", label: "Pipelines", detail: "page", href: urls.pipelines(target) },
  { id: "images", label: "Images", detail: "page", href: urls.images(target) },
  { id: "approvals", label: "Approvals", detail: "page", href: urls.approvals(target) },
];

const toEntry = (target: string, hit: SearchHit): Entry =>
  hit.kind === "pipeline"
    ? {
        id: `pipeline ${hit.name}`,
        label: hit.name,
        detail: `pipeline, ${hit.detail}`,
        href: urls.pipeline(target, hit.name),
      }
    : {
        id: `build ${hit.name}`,
        label: hit.name,
        detail: hit.detail,
        href: urls.imageBuild(target, hit.key),
      };

/** Finds pages, pipelines and builds by any part of their names; an AMI ID finds its build. */
export function CommandPalette({ target, onClose }: { target: string; onClose: () => void }) {
  const router = useRouter();
  const id = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const { data: hits = [], error } = useQuery({
    ...searchQuery(target, useDeferredValue(text)),
    placeholderData: keepPreviousData,
  });
  const words = text.toLowerCase().trim();
  const entries = [
    ...pagesOf(target).filter(({ label }) => label.toLowerCase().includes(words)),
    ...hits.map((hit) => toEntry(target, hit)),
  ];
  const chosen = Math.min(active, entries.length - 1);

  const go = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    router.push(entry.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method uses Enter and the arrows to choose characters.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((chosen + step + entries.length) % Math.max(entries.length, 1));
    } else if (event.key === "Enter") go(entries[chosen]);
  };

  return (
    <ModalPanel label="Search or jump to" onClose={onClose}>
      <input
        // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here
        autoFocus
        role="combobox"
        aria-label="Search"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={entries[chosen] && `${id}-${chosen}`}
        placeholder="A page, a pipeline, a build, an AMI ID"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        className="w-full border-0 border-line border-b bg-transparent px-4 py-3 text-[15px] text-ink outline-none placeholder:text-ink-3"
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Results"
        className="max-h-[50vh] overflow-y-auto p-1.5"
      >
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above holds the focus and the keys
          <div
            key={entry.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onClick={() => go(entry)}
            className="flex cursor-pointer justify-between gap-3 rounded px-2.5 py-1.5 aria-selected:bg-mute-soft"
          >
            <span className="truncate">{entry.label}</span>
            <span className="shrink-0 text-ink-3 text-xs">{entry.detail}</span>
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <p className="m-0 px-4 pb-4 text-ink-2">
          {error ? error.message : `Nothing here is called "${text}".`}
        </p>
      )}
    </ModalPanel>
  );
}
