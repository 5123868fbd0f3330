"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { imageUsersQuery } from "@/lib/queries/image-builds";

const KINDS: Record<string, string> = {
  "launch-template": "launch template",
  "launch-configuration": "launch configuration",
  "auto-scaling-group": "Auto Scaling group",
  instance: "instance",
  parameter: "parameter",
};

/** Who would miss an image, read when somebody is about to take it away. */
export function ImageUsersNote({ target, imageBuildKey }: { target: string; imageBuildKey: ImageBuildKey }) {
  const { data, error, isFetching } = useQuery({ ...imageUsersQuery(target, imageBuildKey), staleTime: 0 });
  if (error) return <p className="m-0 text-wait">Usage unknown. {error.message}</p>;
  if (!data || isFetching) return <p className="m-0">Checking usage…</p>;
  const { amiUsers, recipes, doubts } = data;
  return (
    <div className="grid gap-1.5">
      {amiUsers.length + recipes.length === 0 ? (
        <p className="m-0">No usage found</p>
      ) : (
        <>
          <p className="m-0 text-wait">In use:</p>
          <ul aria-label="Uses it" className="m-0 grid max-h-[24vh] gap-0.5 overflow-auto pl-5">
            {recipes.map(({ kind, arn, name, version }) => (
              <li key={arn}>
                <Link href={urls.resource(target, { kind, name, version })} prefetch={false}>
                  {name}
                </Link>{" "}
                <span className="font-mono text-xs">{version}</span>{" "}
                <span className="text-ink-3 text-xs">recipe (as base image)</span>
              </li>
            ))}
            {amiUsers.map(({ kind, name, region, amiId, detail }) => (
              <li key={`${kind} ${name} ${amiId}`}>
                {name}{" "}
                <span className="text-ink-3 text-xs">
                  {[KINDS[kind] ?? kind, region, detail].filter(Boolean).join(", ")}
                </span>
                {kind === "auto-scaling-group" && (
                  <>
                    {" "}
                    <Link
                      href={urls.newRollOut(target, { region, group: name })}
                      prefetch={false}
                      aria-label={`Roll out to ${name}`}
                    >
                      Roll out…
                    </Link>
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {doubts.map((doubt) => (
        <p key={doubt} className="m-0 text-ink-3 text-xs">
          {doubt}
        </p>
      ))}
    </div>
  );
}
