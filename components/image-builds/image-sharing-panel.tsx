"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadFailure } from "@/components/shell/read-failure";
import { Skeleton } from "@/components/ui/skeleton";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import type { ImageHolders, ImageSharing } from "@/lib/image-builder/image-changes/types";
import { imageSharingQuery } from "@/lib/queries/image-builds";

const KINDS: [keyof ImageHolders, string][] = [
  ["accounts", "account"],
  ["organizationArns", "organization"],
  ["organizationalUnitArns", "organizational unit"],
];

/** Who beside this account may launch the AMIs of an image, Region by Region, and build on it. */
export function ImageSharingPanel({
  target,
  imageBuildKey,
}: {
  target: string;
  imageBuildKey: ImageBuildKey;
}) {
  const { data, error, refetch } = useQuery(imageSharingQuery(target, imageBuildKey));
  if (error && !data) return <ReadFailure title="Couldn't load sharing" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton label="Loading sharing" lines={3} />;
  const rows = rowsOf(data);
  const open = data.amis.filter(({ isPublic }) => isPublic);
  return (
    <div className="grid gap-2 px-3.5 py-3">
      {open.length > 0 && (
        <p className="m-0 text-wait">
          Public in {open.map(({ region }) => region).join(", ")}: any AWS account can launch it.
        </p>
      )}
      {rows.length === 0 ? (
        open.length === 0 && <p className="m-0">Not shared</p>
      ) : (
        <ul aria-label="Shared with" className="m-0 grid list-none gap-1.5 p-0">
          {rows.map(({ kind, value, regions, builds }) => (
            <li key={value}>
              <span className="font-mono text-xs [overflow-wrap:anywhere]">{value}</span>{" "}
              <span className="text-ink-3 text-xs">
                {[
                  kind,
                  builds && "can use it in recipes",
                  regions.length > 0 && `can launch it in ${regions.join(", ")}`,
                ]
                  .filter(Boolean)
                  .join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
      {data.accounts.length > 0 && (
        <p className="m-0 text-ink-3 text-xs">
          These accounts can use the image by its ARN. AWS lists it for them only after this policy is
          promoted to a resource share in AWS RAM, and accounts outside your organization have accepted it.
        </p>
      )}
      {data.doubts.map((doubt) => (
        <p key={doubt} className="m-0 text-ink-3 text-xs">
          {doubt}
        </p>
      ))}
    </div>
  );
}

function rowsOf({ accounts, amis }: ImageSharing) {
  return KINDS.flatMap(([of, kind]) => {
    const values = [...(of === "accounts" ? accounts : []), ...amis.flatMap((ami) => ami[of])];
    return [...new Set(values)].map((value) => ({
      kind,
      value,
      builds: of === "accounts" && accounts.includes(value),
      regions: [...new Set(amis.filter((ami) => ami[of].includes(value)).map(({ region }) => region))],
    }));
  });
}
