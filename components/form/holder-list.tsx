"use client";
import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { ImageHolders } from "@/lib/image-builder/image-changes/types";

export const HOLDER_KINDS = ["accounts", "organizationArns", "organizationalUnitArns"] as const;
export const NO_HOLDERS: ImageHolders = { accounts: [], organizationArns: [], organizationalUnitArns: [] };

/** Whom something is shared with, each with a button that takes it away; nothing where it is nobody. */
export function HolderList({
  holders,
  layout = "",
  onChange,
}: {
  holders: ImageHolders;
  layout?: string;
  onChange: (holders: ImageHolders) => void;
}) {
  const rows = HOLDER_KINDS.flatMap((of) => holders[of].map((value) => ({ of, value })));
  if (rows.length === 0) return null;
  return (
    <ul aria-label="Shared with" className={`m-0 grid list-none gap-1 p-0 ${layout}`}>
      {rows.map(({ of, value }) => (
        <li key={value} className="flex items-center justify-between rounded bg-sunken px-2.5">
          <span className="font-mono text-xs [overflow-wrap:anywhere]">{value}</span>
          <Button
            variant="quiet"
            layout="px-1.5"
            aria-label={`Stop sharing with ${value}`}
            onClick={() => onChange({ ...holders, [of]: holders[of].filter((each) => each !== value) })}
          >
            <X size={14} aria-hidden="true" />
          </Button>
        </li>
      ))}
    </ul>
  );
}
