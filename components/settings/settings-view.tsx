"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { RefusalNote } from "@/components/ui/refusal-note";
import { Skeleton } from "@/components/ui/skeleton";
import { urls } from "@/lib/core/urls";
import { settingsQuery } from "@/lib/queries/settings";
import type { SettingSaid, Settings } from "@/lib/settings/types";
import { EventQueueCard } from "./event-queue-card";
import { MetricsCard } from "./metrics-card";
import { TargetsCard } from "./targets-card";

/** What this console is set to, and where to change it. */
export function SettingsView({ target }: { target: string }) {
  const { data, error, refetch } = useQuery(settingsQuery(target));
  if (error && !data)
    return <ReadFailure title="Couldn't load the settings" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton label="Loading settings" lines={10} />;
  const own = data.targets.find(({ id, from }) => id === target && from !== "overruled");
  return (
    <div className="grid max-w-5xl gap-4">
      <TargetsCard target={target} settings={data} />
      {own && <EventQueueCard setting={own} />}
      {own && <MetricsCard setting={own} />}
      <Card title="History and freshness" flush>
        <SettingRows settings={data.history} />
        <p className="m-0 border-line border-t px-3.5 py-2.5 text-ink-2">
          A pipeline's own maximum image age is set in{" "}
          <Link href={urls.history(target)} prefetch={false} className="underline">
            History, Health
          </Link>
          .
        </p>
      </Card>
      <Card title="Diagnosis rules">
        <DiagnosisRules diagnosis={data.diagnosis} />
      </Card>
      <Card title="Sign-in" flush>
        <SettingRows settings={data.signIn} />
      </Card>
      <p className="m-0 text-ink-2">
        Settings with a variable are read from the environment when the console starts.
      </p>
    </div>
  );
}

function SettingRows({ settings }: { settings: SettingSaid[] }) {
  return (
    <dl className="m-0 divide-y divide-line">
      {settings.map(({ label, value, variable }) => (
        <div
          key={label}
          className="grid gap-x-4 px-3.5 py-2 sm:grid-cols-[14rem_minmax(0,1fr)_auto] sm:items-baseline"
        >
          <dt className="font-[550]">{label}</dt>
          <dd className="m-0 [overflow-wrap:anywhere]">{value}</dd>
          <dd className="m-0 font-mono text-ink-2 text-xs">{variable}</dd>
        </div>
      ))}
    </dl>
  );
}

function DiagnosisRules({ diagnosis: { rules, mistake, file } }: Pick<Settings, "diagnosis">) {
  if (!file)
    return (
      <p className="m-0 text-ink-2">
        Goldsmith's own rules explain failures. Add your team's in a YAML file and name it in{" "}
        <code className="font-mono text-xs">GOLDSMITH_DIAGNOSIS_RULES</code>.
      </p>
    );
  return (
    <div className="grid gap-2">
      <p className="m-0 text-ink-2 [overflow-wrap:anywhere]">
        {rules.length} {rules.length === 1 ? "rule" : "rules"} from{" "}
        <code className="font-mono text-xs">{file}</code>
      </p>
      {mistake && <RefusalNote refusal={mistake} />}
      <ul className="m-0 grid list-none gap-1 p-0">
        {rules.map(({ id, title }) => (
          <li key={id}>
            <span className="font-mono text-xs">{id}</span> {title}
          </li>
        ))}
      </ul>
    </div>
  );
}
