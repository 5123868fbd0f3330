import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";

/** What AWS says went wrong, as exactly as it says it. */
export function BuildFailure({ build }: { build: ImageBuild }) {
  const { component, distribution, failedStep } = build.failure ?? {};
  return (
    <div className="grid gap-2">
      {build.reason && (
        <p className="m-0 whitespace-pre-wrap rounded bg-fail-soft px-2 py-1 font-mono text-xs [overflow-wrap:anywhere]">
          {build.reason}
        </p>
      )}
      <FactList
        facts={[
          { label: "Component", value: component?.arn && <Mono copy>{component.arn}</Mono> },
          {
            label: "Phase and step",
            value: component?.phase && `${component.phase}, ${component.step ?? ""}`,
          },
          { label: "Action", value: component?.action },
          { label: "Error", value: component?.error },
          { label: "Workflow step", value: failedStep },
          { label: "Distribution", value: distribution?.error },
          ...(distribution?.regions ?? []).map((region) => ({
            label: [region.region, region.accountId].filter(Boolean).join(" "),
            value: [region.step, region.status?.toLowerCase(), region.error].filter(Boolean).join(": "),
          })),
        ]}
      />
    </div>
  );
}
