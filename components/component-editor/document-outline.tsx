import { GitBranch, Repeat } from "lucide-react";
import type { OutlinePhase } from "@/lib/component-document/outline-document";

const stageWords = { build: "build stage", test: "test stage" } as const;

/** Phases and steps; each leads to its place in the text. */
export function DocumentOutline({
  phases,
  onSelect,
}: {
  phases: readonly OutlinePhase[];
  onSelect: (offset: number) => void;
}) {
  if (phases.length === 0) {
    return <p className="p-3 text-ink-2">Phases and steps appear here once the document has them.</p>;
  }
  return (
    <ol className="grid gap-3 p-3">
      {phases.map((phase) => (
        <li key={phase.from}>
          <OutlineButton line={phase.line} onPress={() => onSelect(phase.from)}>
            <b className="font-semibold">{phase.name}</b>
            <span className="text-[length:var(--small)] text-ink-3">
              {phase.stage ? stageWords[phase.stage] : "never runs"}
            </span>
          </OutlineButton>
          <ol className="ml-2 border-l border-line pl-1">
            {phase.steps.map((step) => (
              <li key={step.from}>
                <OutlineButton line={step.line} onPress={() => onSelect(step.from)}>
                  <span className="truncate">{step.name}</span>
                  {step.isLoop && <Repeat aria-label="loop" className="size-3 shrink-0 text-ink-3" />}
                  {step.isConditional && (
                    <GitBranch aria-label="conditional" className="size-3 shrink-0 text-ink-3" />
                  )}
                  <span className="truncate font-mono text-[length:var(--small)] text-ink-3">
                    {step.action}
                  </span>
                </OutlineButton>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

function OutlineButton({
  line,
  onPress,
  children,
}: {
  line: number;
  onPress: () => void;
  children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="flex w-full min-w-0 items-center gap-2 rounded-[var(--radius-s)] px-2 py-1 text-left hover:bg-mute-soft focus-visible:outline-2 focus-visible:outline-accent"
    >
      {children}
      <span className="ml-auto shrink-0 font-mono text-[length:var(--small)] text-ink-3">
        <span className="sr-only">line </span>
        {line}
      </span>
    </button>
  );
}
