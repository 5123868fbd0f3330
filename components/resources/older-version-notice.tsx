import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import type { MovableKind } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import type { Resource } from "@/lib/definitions/types";

/** What still uses a version that is not the newest can be moved to the newest. */
export function OlderVersionNotice({
  target,
  resource: { kind, name, version, versions, usedBy },
}: {
  target: string;
  resource: Pick<Resource, "name" | "version" | "versions" | "usedBy"> & { kind: MovableKind };
}) {
  const [newest] = versions;
  const users = usedBy.filter((one) => one.kind !== "lifecycle-policy");
  if (!newest?.version || !version || newest.version === version || users.length === 0) return null;
  return (
    <p className="m-0 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-3.5 py-2.5">
      <span>
        {newest.version} is newer, and {users.length === 1 ? "one still uses" : `${users.length} still use`}{" "}
        {version}.
      </span>
      <Link
        href={urls.moveVersion(target, kind, name, { from: version, to: newest.version })}
        prefetch={false}
        className={buttonClass()}
      >
        Update {users.length === 1 ? "it" : "them"} to {newest.version}
      </Link>
    </p>
  );
}
