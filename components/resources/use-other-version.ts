"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ResourceKey } from "@/lib/core/resource-names";
import type { Resource } from "@/lib/definitions/types";
import { resourceQuery } from "@/lib/queries/resources";

/** Another version to lay beside the one of the page: the one before it, until somebody picks. */
export function useOtherVersion(
  target: string,
  resourceKey: ResourceKey,
  { version, versions }: Pick<Resource, "version" | "versions">,
): { other: Resource | undefined; choices: string[]; chosen: string; choose: (version: string) => void } {
  const numbers = versions.flatMap((each) => each.version ?? []);
  const before = numbers[numbers.indexOf(version ?? "") + 1];
  const choices = numbers.filter((number) => number !== version);
  const [picked, setPicked] = useState<string>();
  const chosen = picked && choices.includes(picked) ? picked : (before ?? choices[0] ?? "");
  const { data } = useQuery({
    ...resourceQuery(target, { ...resourceKey, version: chosen }),
    refetchInterval: false,
    enabled: chosen !== "",
  });
  return { other: data?.version === chosen ? data : undefined, choices, chosen, choose: setPicked };
}
