"use client";

import { type ReactNode, useRef } from "react";
import { isTyping } from "@/components/ui/is-typing";
import type { LogHead } from "@/lib/build-log/reader/types";
import type { WorkflowExecution } from "@/lib/image-builder/image-builds/types";
import { actOfKey, type LogAct, type PageAct } from "./log-keys";
import { LogKeysSheet } from "./log-keys-sheet";
import { LogOutline } from "./log-outline";
import { LogRows } from "./log-rows";
import { LogStatus } from "./log-status";
import { LogToolbar } from "./log-toolbar";
import { useBuildLog } from "./use-build-log";

/** The viewer: outline, toolbar, rows and state of one log; what the reader does to it is the work of `LogReader`. */
export function LogView({
  url,
  head,
  workflows,
  onEvidence,
  children,
}: {
  url: string;
  head: LogHead | undefined;
  workflows: WorkflowExecution[];
  /** Somebody wants to see what is behind a workflow step. */
  onEvidence: (step: { id: string; name: string }) => void;
  /** Drawn below the log. */
  children: ReactNode;
}) {
  const { reader, reading } = useBuildLog(url, head);
  const frame = useRef<HTMLElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const lineField = useRef<HTMLInputElement>(null);

  const pageActs: Record<PageAct, () => void> = {
    search: () => searchField.current?.focus(),
    "go-to-line": () => lineField.current?.focus(),
    copy: async () => navigator.clipboard.writeText(await reader.textToCopy()),
    "full-screen": () => {
      if (document.fullscreenElement) void document.exitFullscreen();
      else void frame.current?.requestFullscreen();
    },
  };
  const onAct = (act: LogAct) => (isPageAct(act) ? pageActs[act]() : reader.act(act));

  return (
    <div className="grid min-w-0 lg:grid-cols-[262px_minmax(0,1fr)]">
      <LogOutline reader={reader} reading={reading} workflows={workflows} onEvidence={onEvidence} />
      <section
        ref={frame}
        aria-label="Log"
        className="flex h-[596px] min-w-0 flex-col bg-surface [&:fullscreen]:h-full"
        onKeyDown={(event) => {
          const act = actOfKey(event, isTyping());
          if (!act) return;
          event.preventDefault();
          // The page has keys of its own.
          event.stopPropagation();
          onAct(act);
        }}
      >
        <LogToolbar
          reader={reader}
          reading={reading}
          searchRef={searchField}
          downloadUrl={url}
          onAct={onAct}
        />
        <LogRows reader={reader} reading={reading} />
        <LogStatus reader={reader} reading={reading} lineRef={lineField}>
          {children}
        </LogStatus>
        {reading.showsKeys && <LogKeysSheet onClose={reader.closeKeys} />}
      </section>
    </div>
  );
}

const PAGE_ACTS: Record<PageAct, true> = {
  search: true,
  "go-to-line": true,
  copy: true,
  "full-screen": true,
};
const isPageAct = (act: LogAct): act is PageAct => act in PAGE_ACTS;
