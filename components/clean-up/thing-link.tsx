import Link from "next/link";
import { parseImageBuilderArn } from "@/lib/core/arn";
import type { ResourceKind } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import type { PlannedThing } from "@/lib/fleet/clean-up/types";

/** A thing's name, as a link where the console has a page of it and it is still there. */
export function ThingLink({
  target,
  thing: { kind, name, region = "", at },
  isGone = false,
}: {
  target: string;
  thing: PlannedThing;
  isGone?: boolean;
}) {
  const to = isGone ? undefined : pageOf(target, { kind, region, at });
  const text = <span className={`[overflow-wrap:anywhere] ${isGone ? "line-through" : ""}`}>{name}</span>;
  return to ? (
    <Link href={to} prefetch={false}>
      {text}
    </Link>
  ) : (
    text
  );
}

function pageOf(
  target: string,
  { kind, region, at }: { kind: string; region: string; at: PlannedThing["at"] },
) {
  if (!at) return undefined;
  if ("rollOut" in at) return urls.rollOut(target, at.rollOut);
  if ("amiId" in at) return urls.ami(target, { region, amiId: at.amiId });
  const { name, version, build } = parseImageBuilderArn(at.arn) ?? {};
  if (name === undefined) return undefined;
  if (kind !== "image") return urls.resource(target, { kind: kind as ResourceKind, name, version });
  return version && build ? urls.imageBuild(target, { name, version, build }) : undefined;
}
