import { EmptyState } from "@/components/ui/empty-state";
import { StatusBadge } from "@/components/ui/status-badge";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { WorkflowSteps } from "./workflow-steps";

const TONES = { COMPLETED: "ok", FAILED: "fail", RUNNING: "run", CANCELLED: "mute" } as const;
const toneOfTest = (status: string) => TONES[status as keyof typeof TONES] ?? "mute";

/** How the test stage went: each test workflow with its steps. What tests printed is in the log. */
export function ImageTestsPanel({ build }: { build: ImageBuild }) {
  const tests = build.workflows.filter(({ type }) => type === "TEST");
  if (tests.length === 0) {
    return (
      <EmptyState title={isInFlight(build.status) ? "No tests yet" : "Image not tested"}>
        {isInFlight(build.status)
          ? "Tests run on an instance of the new image after it is built."
          : "The build ended before its tests, or the pipeline has tests disabled."}
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-3 px-1.5 py-3 lg:grid-cols-2">
      {tests.map((test) => (
        <div key={test.id} className="grid content-start gap-1.5">
          <div className="flex flex-wrap items-center gap-2 px-2">
            <StatusBadge tone={toneOfTest(test.status)}>{test.status.toLowerCase()}</StatusBadge>
            {test.message && <span className="text-ink-2 [overflow-wrap:anywhere]">{test.message}</span>}
          </div>
          <WorkflowSteps workflows={[test]} />
        </div>
      ))}
    </div>
  );
}
