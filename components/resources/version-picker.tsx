"use client";
import { useRouter } from "next/navigation";
import { Select } from "@/components/ui/inputs";
import type { ResourceKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import type { Resource } from "@/lib/definitions/types";

/** The version of the page, and the way to the others. */
export function VersionPicker({
  target,
  resourceKey,
  version,
  versions,
}: {
  target: string;
  resourceKey: ResourceKey;
  version: string | undefined;
  versions: Resource["versions"];
}) {
  const router = useRouter();
  if (versions.length < 2) return <span className="font-mono text-ink-2 text-xs">{version}</span>;
  return (
    <Select
      aria-label="Version"
      value={version}
      onChange={({ target: { value } }) =>
        router.push(urls.resource(target, { ...resourceKey, version: value }))
      }
      look="bar"
      isMono
    >
      {versions.map((each) => (
        <option key={each.arn} value={each.version}>
          {each.version}
        </option>
      ))}
    </Select>
  );
}
