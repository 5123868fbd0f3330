"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";
import { Autocomplete, Input, ListBox, ListBoxItem, TextField } from "react-aria-components";
import { ModalPanel } from "@/components/ui/modal-panel";
import { urls } from "@/lib/core/urls";
import type { SearchHit } from "@/lib/overview/search-types";
import { searchQuery } from "@/lib/queries/search";

type Entry = { id: string; label: string; detail: string; href: Route };

const pagesOf = (target: string): Entry[] => [
  { id: "overview", label: "Overview", detail: "page", href: urls.overview(target) },
  { id: "pipelines", label: "Pipelines", detail: "page", href: urls.pipelines(target) },
  { id: "builds", label: "Builds", detail: "page", href: urls.builds(target) },
  { id: "images", label: "Images", detail: "page", href: urls.images(target) },
  { id: "fleet", label: "Fleet", detail: "page", href: urls.fleet(target) },
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
        id: `build ${urls.imageBuild(target, hit.key)}`,
        label: hit.name,
        detail: hit.detail,
        href: urls.imageBuild(target, hit.key),
      };

/** Finds pages, pipelines and builds by any part of their names; an AMI ID finds its build. */
export function CommandPalette({ target, onClose }: { target: string; onClose: () => void }) {
  const router = useRouter();
  const [text, setText] = useState("");
  const asked = useDeferredValue(text);
  const {
    data: hits = [],
    error,
    isPlaceholderData,
    isPending,
  } = useQuery({
    ...searchQuery(target, asked),
    placeholderData: keepPreviousData,
  });
  const words = text.toLowerCase().trim();
  const fits = ({ label }: Entry) => label.toLowerCase().includes(words);
  const found = hits.map((hit) => toEntry(target, hit));
  // Enter must never open what was found for another text.
  const isAnswered = asked === text && !isPlaceholderData && !isPending;
  const entries = [...pagesOf(target).filter(fits), ...(isAnswered ? found : found.filter(fits))];

  return (
    <ModalPanel label="Search or jump to" onClose={onClose}>
      {/* What fits is AWS's answer, so the list is not filtered here. */}
      <Autocomplete inputValue={text} onInputChange={setText}>
        <TextField aria-label="Search">
          <Input
            // The library leaves a plain text field: a screen reader is to hear that it moves through a list.
            role="combobox"
            aria-expanded="true"
            placeholder="A page, a pipeline, a build, an AMI ID"
            className="w-full border-0 border-line border-b bg-transparent px-4 py-3 text-[15px] text-ink outline-none placeholder:text-ink-3"
          />
        </TextField>
        <ListBox
          aria-label="Results"
          items={entries}
          onAction={(id) => {
            const entry = entries.find((each) => each.id === id);
            if (!entry) return;
            onClose();
            router.push(entry.href);
          }}
          renderEmptyState={() => (
            <p className="m-0 px-2.5 py-2 text-ink-2">
              {error ? error.message : isAnswered ? `Nothing here is called "${text}".` : "Searching"}
            </p>
          )}
          className="max-h-[50vh] overflow-y-auto p-1.5 outline-none"
        >
          {({ id, label, detail }) => (
            <ListBoxItem
              id={id}
              textValue={label}
              className="flex cursor-pointer justify-between gap-3 rounded px-2.5 py-1.5 outline-none data-focused:bg-mute-soft data-hovered:bg-mute-soft"
            >
              <span className="truncate">{label}</span>
              <span className="shrink-0 text-ink-3 text-xs">{detail}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </ModalPanel>
  );
}
