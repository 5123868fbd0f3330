import Link from "next/link";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { urls } from "@/lib/core/urls";
import type { AmiDetail, Ancestor } from "@/lib/fleet/amis/types";

/** From the AMI down to its root, as AWS recorded it. */
export function AmiAncestry({ target, ami: { ancestry } }: { target: string; ami: AmiDetail }) {
  if ("reason" in ancestry)
    return (
      <Card title="Ancestry">
        <p className="m-0 text-ink-2">Not known. {ancestry.reason}</p>
      </Card>
    );
  const { ancestors } = ancestry;
  const isRootKnown = ancestors.at(-1)?.ownerAlias !== undefined;
  return (
    <Card title="Ancestry" note="to the root">
      <ol className="m-0 grid list-none gap-3 p-0">
        {ancestors.map((one, index) => (
          <li key={`${one.region} ${one.amiId}`} className="grid min-w-0 border-line border-l-2 pl-3">
            <span className={`[overflow-wrap:anywhere] ${index === 0 ? "font-[550]" : ""}`}>
              <AncestorName target={target} ancestor={one} isThis={index === 0} />
            </span>
            <span className="text-ink-2 text-xs [overflow-wrap:anywhere]">
              <span className="font-mono">{one.amiId}</span>
              {one.region && `, ${one.region}`}
            </span>
            <span className="text-ink-2 text-xs">
              {[
                index === 0 ? "This AMI" : "",
                index === ancestors.length - 1 && index > 0
                  ? one.ownerAlias
                    ? `Root, ${one.ownerAlias}`
                    : "AWS has no earlier record"
                  : "",
              ]
                .filter(Boolean)
                .join(", ")}
              {one.createdAt && (
                <>
                  {" "}
                  <RelativeTime at={one.createdAt} />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      {ancestors.length <= 1 && !isRootKnown && (
        <p className="m-0 mt-2 text-ink-2 text-xs">
          AWS records no source of this AMI. It was registered from snapshots, or is older than that record.
        </p>
      )}
    </Card>
  );
}

function AncestorName({
  target,
  ancestor: { amiId, region, name, build },
  isThis,
}: {
  target: string;
  ancestor: Ancestor;
  isThis: boolean;
}) {
  const text = build ? `${build.displayName} ${build.version}/${build.build}` : (name ?? "Name not known");
  if (isThis || !region || !build) return text;
  return (
    <Link href={urls.ami(target, { region, amiId })} prefetch={false}>
      {text}
    </Link>
  );
}
