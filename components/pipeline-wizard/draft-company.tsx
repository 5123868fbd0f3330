"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DraftCompany, PipelineDraft } from "@/lib/authoring/drafts/types";
import { capitalize } from "@/lib/core/words";
import { draftCompanyQuery } from "@/lib/queries/drafts";
import { ReadError } from "@/lib/queries/fetch-json";

/**
 * Tells two people who have one draft open of each other, before the second one types what cannot be saved.
 * `children` is how to go on without the other.
 */
export function DraftCompanyNote({
  target,
  draft,
  isSettled,
  children,
}: {
  target: string;
  draft: PipelineDraft;
  /** Otherwise a save of this window is under way, and a newer revision is likely its own. */
  isSettled: boolean;
  children: ReactNode;
}) {
  const [windowId] = useState(idOfTab);
  const { data, error } = useQuery({
    ...draftCompanyQuery(target, draft.id, windowId),
    enabled: draft.creation === undefined,
  });
  const isGone = error instanceof ReadError && error.detail.code === "not-found";
  const note = draft.creation
    ? undefined
    : isGone
      ? DISCARDED
      : data && noteOf(data, isSettled && data.revision > draft.revision);
  return (
    <div role="status">
      {note && (
        <p className="m-0 mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-3.5 py-2.5">
          <span className="text-wait">{note.what}</span>
          <span className="text-ink-2">{note.advice}</span>
          {children}
          {note.isBehind && <Button onClick={() => window.location.reload()}>Reload</Button>}
        </p>
      )}
    </div>
  );
}

const DISCARDED = {
  isBehind: false,
  what: "This draft was discarded.",
  advice: "You can save these changes as a new draft.",
};

function noteOf({ others, updatedAt, updatedBy }: DraftCompany, isBehind: boolean) {
  const [first] = others;
  const saved = (
    <>
      saved <RelativeTime at={updatedAt} />
    </>
  );
  if (isBehind) {
    return {
      isBehind,
      what: (
        <>
          {first?.isYou && others.length === 1 ? "Another window" : updatedBy} {saved}.
        </>
      ),
      advice: "Your changes can no longer be saved to this draft.",
    };
  }
  if (!first) return undefined;
  const names = others.map(({ name, isYou }) => (isYou ? "another window" : name)).join(" and ");
  const isLast = others.some(({ name }) => name === updatedBy);
  return {
    isBehind,
    what: (
      <>
        {capitalize(names)} {others.length > 1 ? "have" : "has"} this draft open, too
        {isLast && !first.isYou && <>; {saved}</>}.
      </>
    ),
    advice: others.every(({ isYou }) => isYou)
      ? "Only the first save will succeed. Close one window, or continue in another draft."
      : "Only the first save will succeed. Agree on one editor, or continue in your own copy.",
  };
}

const KEY = "goldsmith-window";

/** The same after a reload, which is no other window. */
function idOfTab(): string {
  // On the server, where nothing is asked yet, there is no tab.
  if (typeof window === "undefined") return "";
  try {
    const id = sessionStorage.getItem(KEY) ?? drawWindowId();
    sessionStorage.setItem(KEY, id);
    return id;
  } catch {
    return drawWindowId();
  }
}

// randomUUID is there in secure contexts only.
const drawWindowId = () => {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...groups, hex.slice(20)].join("-");
};
