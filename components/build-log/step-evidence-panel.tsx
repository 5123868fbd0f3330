"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useRefusal } from "@/components/shell/permissions-provider";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button } from "@/components/ui/button";
import { FactList } from "@/components/ui/fact-list";
import { ModalPanel } from "@/components/ui/modal-panel";
import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import { ScrolledText } from "@/components/ui/scrolled-text";
import { Skeleton } from "@/components/ui/skeleton";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { stepEvidenceQuery } from "@/lib/queries/step-evidence";

type Of = { target: string; imageBuildKey: ImageBuildKey; step: { id: string; name: string } };

/** What AWS knows of a workflow step beside its log. Each part is read when it is opened, and fails by itself. */
export function StepEvidencePanel({ onClose, ...of }: Of & { onClose: () => void }) {
  const { name } = of.imageBuildKey;
  const noOutput = useRefusal("read-console-output", name);
  const noScreen = useRefusal("read-console-screenshot", name);
  return (
    <ModalPanel label={`Evidence of ${of.step.name}`} onClose={onClose}>
      <header className="flex items-center gap-3 border-line border-b px-3.5 py-2.5">
        <h2 className="m-0 flex-1 font-semibold text-[13.5px] [overflow-wrap:anywhere]">{of.step.name}</h2>
        <Button variant="quiet" onClick={onClose}>
          Close
        </Button>
      </header>
      <div className="max-h-[70vh] overflow-auto">
        <Part title="Run Command">
          <RunCommand {...of} />
        </Part>
        <Part title="Systems Manager agent">
          <Agent {...of} />
        </Part>
        <Part title="Console output" refusal={noOutput} isOnRecord>
          <ConsoleOutput {...of} />
        </Part>
        <Part title="Screenshot" refusal={noScreen} isOnRecord>
          <Screenshot {...of} />
        </Part>
      </div>
    </ModalPanel>
  );
}

function Part({
  title,
  refusal,
  isOnRecord = false,
  children,
}: {
  title: string;
  /** Why the person may not see it. */
  refusal?: string | undefined;
  /** It may hold secrets, so reading it is recorded. */
  isOnRecord?: boolean;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="border-line border-b last:border-0"
    >
      <summary className="cursor-pointer px-3.5 py-2 font-[550]">
        {title}
        {isOnRecord && <span className="font-normal text-ink-3"> · reading it is recorded in the audit</span>}
      </summary>
      {isOpen && (refusal ? <p className="m-0 px-3.5 pb-3 text-wait">{refusal}</p> : children)}
    </details>
  );
}

function Answer<Value>({
  title,
  answer: { data, error, refetch },
  children,
}: {
  title: string;
  answer: { data: Value | undefined; error: Error | null; refetch: () => unknown };
  children: (value: Value) => ReactNode;
}) {
  if (error) return <ReadFailure title={title} error={error} onRetry={refetch} />;
  if (data === undefined) return <Skeleton label="Loading" lines={2} />;
  return <div className="grid gap-2 px-3.5 pb-3">{children(data)}</div>;
}

function RunCommand({ target, imageBuildKey, step }: Of) {
  const answer = useQuery(stepEvidenceQuery(target, imageBuildKey, step.id, "run-command"));
  return (
    <Answer title="Couldn't read the command" answer={answer}>
      {({ status, exitCode, document, instanceId, commandId, startedAt, endedAt, stdout, stderr }) => (
        <>
          <FactList
            facts={[
              {
                label: "Status",
                value: exitCode === undefined ? status : `${status}, exit code ${exitCode}`,
              },
              { label: "Document", value: document },
              { label: "Instance", value: <Mono copy>{instanceId}</Mono> },
              { label: "Command", value: <Mono copy>{commandId}</Mono> },
              { label: "Started", value: startedAt && <RelativeTime at={startedAt} /> },
              { label: "Ended", value: endedAt && <RelativeTime at={endedAt} /> },
            ]}
          />
          <Output label="Output" text={stdout} />
          <Output label="Errors" text={stderr} />
        </>
      )}
    </Answer>
  );
}

function Agent({ target, imageBuildKey, step }: Of) {
  const answer = useQuery(stepEvidenceQuery(target, imageBuildKey, step.id, "agent"));
  return (
    <Answer title="Couldn't read the agent's status" answer={answer}>
      {({ instanceId, isKnown, pingStatus, lastPingAt, agentVersion }) => (
        <>
          {!isKnown && (
            <p className="m-0 text-ink-2">
              Systems Manager doesn't know this instance now. It forgets terminated instances, so whether the
              agent ever reported is not known.
            </p>
          )}
          <FactList
            facts={[
              { label: "Instance", value: <Mono copy>{instanceId}</Mono> },
              { label: "Agent", value: pingStatus },
              { label: "Last report", value: lastPingAt && <RelativeTime at={lastPingAt} /> },
              { label: "Agent version", value: agentVersion },
            ]}
          />
        </>
      )}
    </Answer>
  );
}

function ConsoleOutput({ target, imageBuildKey, step }: Of) {
  const answer = useQuery(stepEvidenceQuery(target, imageBuildKey, step.id, "console-output"));
  return (
    <Answer title="Couldn't read the console output" answer={answer}>
      {({ text, at }) =>
        text === "" ? (
          <p className="m-0 text-ink-2">EC2 has no console output for this instance.</p>
        ) : (
          <>
            {at && (
              <p className="m-0 text-ink-3 text-xs">
                As of <RelativeTime at={at} />
              </p>
            )}
            <Output label="Console output" text={text} />
          </>
        )
      }
    </Answer>
  );
}

function Screenshot({ target, imageBuildKey, step }: Of) {
  const answer = useQuery(stepEvidenceQuery(target, imageBuildKey, step.id, "screenshot"));
  return (
    <Answer title="Couldn't take a screenshot" answer={answer}>
      {({ jpeg, instanceId }) =>
        jpeg === "" ? (
          <p className="m-0 text-ink-2">EC2 returned no screenshot.</p>
        ) : (
          // biome-ignore lint/performance/noImgElement: the picture is in the answer, there is nothing to optimize
          <img
            src={`data:image/jpeg;base64,${jpeg}`}
            alt={`Screen of ${instanceId}`}
            className="max-w-full rounded border border-line"
          />
        )
      }
    </Answer>
  );
}

/** What a machine said stays text. */
const Output = ({ label, text }: { label: string; text: string }) =>
  text.trim() === "" ? null : (
    <section aria-label={label} className="grid gap-1">
      <h3 className="m-0 font-medium text-ink-3 text-xs">{label}</h3>
      <ScrolledText
        text={text}
        layout="max-h-[36vh] whitespace-pre-wrap rounded bg-sunken px-2.5 py-2 [overflow-wrap:anywhere]"
      />
    </section>
  );
