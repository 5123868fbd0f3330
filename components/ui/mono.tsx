import { CopyButton } from "./copy-button";

/** An id, ARN or version, in its own face; with `copy` it has a button that copies it. */
export function Mono({ children, copy = false }: { children: string; copy?: boolean }) {
  return (
    <span className="inline-flex max-w-full items-center gap-0.5">
      <span className="font-mono text-xs [overflow-wrap:anywhere]">{children}</span>
      {copy && <CopyButton text={children} label={`Copy ${children}`} />}
    </span>
  );
}
