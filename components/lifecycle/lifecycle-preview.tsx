"use client";
import Link from "next/link";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Card } from "@/components/ui/card";
import { RefusalNote } from "@/components/ui/refusal-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { previewLifecycleAction } from "@/lib/actions/lifecycle-actions";
import { urls } from "@/lib/core/urls";
import type { JsonObject } from "@/lib/definitions/types";
import type {
  AmiUser,
  LifecyclePreview as Preview,
  PreviewedImage,
} from "@/lib/image-builder/lifecycle/types";

/** What the next run would do, computed by AWS's documented rules; asked for by a button, since it reads a lot. */
export function LifecyclePreview({
  target,
  name,
  policyOf,
}: {
  target: string;
  name: string;
  policyOf: () => JsonObject;
}) {
  const [preview, setPreview] = useState<Preview>();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const run = () =>
    start(async () => {
      const result = await previewLifecycleAction({ target, policy: policyOf() });
      setPreview(result.ok ? result.value : undefined);
      setRefusal(result.ok ? undefined : result.error.message);
    });
  return (
    <Card
      title="Preview"
      note="no changes made"
      action={
        <PermittedButton action="preview-lifecycle-policy" resource={name} onClick={run} disabled={isBusy}>
          {isBusy ? "Loading preview…" : preview ? "Preview again" : "Preview"}
        </PermittedButton>
      }
    >
      <div aria-live="polite" className="grid gap-4">
        {isBusy ? (
          <Skeleton label="Checking every image in the account" lines={4} />
        ) : refusal ? (
          <RefusalNote refusal={refusal} />
        ) : preview ? (
          <PreviewedImages target={target} preview={preview} />
        ) : (
          <p className="m-0 max-w-[72ch] text-ink-2">
            Shows the images that the next run would change, the images that stay and why, and current usage.
            Computed from AWS's rules, because AWS offers no dry run.
          </p>
        )}
      </div>
    </Card>
  );
}

const GROUPS: { outcome: PreviewedImage["outcome"]; title: string; tone: string }[] = [
  { outcome: "DELETE", title: "Deleted", tone: "text-fail" },
  { outcome: "DISABLE", title: "Disabled", tone: "text-wait" },
  { outcome: "DEPRECATE", title: "Deprecated", tone: "text-wait" },
  { outcome: "STAY", title: "Unchanged", tone: "text-ink" },
];

function PreviewedImages({ target, preview: { images, doubts } }: { target: string; preview: Preview }) {
  return (
    <>
      {images.length === 0 && <p className="m-0 text-ink-2">No images in scope.</p>}
      {GROUPS.map(({ outcome, title, tone }) => {
        const rows = images.filter((image) => image.outcome === outcome);
        return rows.length === 0 ? null : (
          <section key={outcome}>
            <h3 className={`m-0 mb-1 font-[550] ${tone}`}>
              {title} <span className="font-normal text-ink-3">{rows.length}</span>
            </h3>
            <ul className="m-0 grid list-none p-0">
              {rows.map((image) => (
                <ImageRow key={image.arn} target={target} image={image} />
              ))}
            </ul>
          </section>
        );
      })}
      {doubts.length > 0 && (
        <div className="text-wait">
          <p className="m-0 font-[550]">Some data couldn't be read, so the result may differ</p>
          <ul className="m-0 pl-5">
            {doubts.map((doubt) => (
              <li key={doubt}>{doubt}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function ImageRow({ target, image }: { target: string; image: PreviewedImage }) {
  const { name, version, build, createdAt, reason, spared = [], users, amis } = image;
  return (
    <li className="grid gap-0.5 border-line border-t py-1.5 first:border-t-0">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <Link
          href={urls.imageBuild(target, { name, version, build })}
          prefetch={false}
          className="no-underline hover:underline"
        >
          {name} <span className="font-mono text-xs">{`${version}/${build}`}</span>
        </Link>
        <span className="text-ink-3 text-xs">
          <RelativeTime at={createdAt} />
          {amis.length > 0 && `, ${amis.length} ${amis.length === 1 ? "AMI" : "AMIs"}`}
        </span>
      </span>
      <span className="text-ink-2 text-xs">{[reason, ...spared.map((ami) => ami.reason)].join(" ")}</span>
      {users.length > 0 && (
        <ul className="m-0 list-none p-0 text-wait text-xs">
          {users.map((user) => (
            <li key={`${user.kind} ${user.region} ${user.name} ${user.amiId}`}>
              <span aria-hidden="true">! </span>
              Still used by {USER_WORDS[user.kind]} <span className="font-mono">{user.name}</span> in{" "}
              {user.region}
              {user.detail && ` (${user.detail})`}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

const USER_WORDS: Record<AmiUser["kind"], string> = {
  "launch-template": "launch template",
  "launch-configuration": "launch configuration",
  instance: "instance",
  "auto-scaling-group": "Auto Scaling group",
  parameter: "parameter",
};
