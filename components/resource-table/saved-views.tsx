"use client";
import { Bookmark } from "lucide-react";
import dynamic from "next/dynamic";
import { useParams, usePathname } from "next/navigation";
import { useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { useClosingDetails } from "@/components/ui/use-closing-details";

const SavedViewList = dynamic(() => import("./saved-view-list").then(({ SavedViewList: list }) => list), {
  ssr: false,
});

/** Opens the saved views of a list; what they hold is in the address. Only in lists of one target. */
export function SavedViews({ table }: { table: string }) {
  const { target } = useParams<{ target?: string }>();
  const list = usePathname().split("/")[2];
  const [isOpen, setOpen] = useState(false);
  const panel = useClosingDetails();
  if (!target || !list) return null;
  return (
    <details ref={panel} className="relative" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary
        aria-label="Saved views"
        title="Saved views"
        className={`${buttonClass("quiet", "px-1.5")} list-none [&::-webkit-details-marker]:hidden`}
      >
        <Bookmark size={15} aria-hidden="true" />
      </summary>
      {isOpen && (
        <div className="absolute top-full right-0 z-10 mt-1 w-72 max-w-[calc(100vw-64px)] rounded-lg border border-line bg-surface p-3 shadow-xl">
          <SavedViewList
            target={decodeURIComponent(target)}
            list={list}
            table={table}
            onChosen={() => {
              if (panel.current) panel.current.open = false;
            }}
          />
        </div>
      )}
    </details>
  );
}
