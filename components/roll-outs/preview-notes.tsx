import Link from "next/link";
import type { ReactNode } from "react";
import { urls } from "@/lib/core/urls";
import type { RollOutPreview } from "@/lib/fleet/roll-outs/types";

/** Something to know before a roll-out is started. */
export function PreviewNote({ glyph, children }: { glyph: string; children: ReactNode }) {
  return (
    <p role="status" className="m-0 rounded-md bg-wait-soft px-3 py-1.5 text-wait">
      <span aria-hidden="true">{glyph} </span>
      {children}
    </p>
  );
}

/** The instance refresh that is in progress already. */
export function ActiveNote({
  target,
  active: { refreshId, rollOutId },
}: {
  target: string;
  active: NonNullable<RollOutPreview["active"]>;
}) {
  return (
    <PreviewNote glyph="!">
      An instance refresh of this group is in progress ({refreshId}).{" "}
      {rollOutId && <Link href={urls.rollOut(target, rollOutId)}>Open the roll-out</Link>}
    </PreviewNote>
  );
}

/** What could not be read, a note each. */
export const DoubtNotes = ({ doubts }: { doubts: string[] }) =>
  doubts.map((doubt) => (
    <PreviewNote key={doubt} glyph="?">
      {doubt}
    </PreviewNote>
  ));
