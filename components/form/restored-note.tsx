import { Button } from "@/components/ui/button";

/** Above a form whose values were kept over a reload. `layout` sets it apart from what is around it. */
export function RestoredNote({ layout, onStartOver }: { layout: string; onStartOver: () => void }) {
  return (
    <p className={`m-0 flex flex-wrap items-center gap-2 border-line px-3.5 text-ink-2 ${layout}`}>
      Restored your unsaved changes.
      <Button variant="quiet" onClick={onStartOver}>
        Start over
      </Button>
    </p>
  );
}
