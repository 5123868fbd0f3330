import Link from "next/link";
import { Card } from "@/components/ui/card";
import { exactVersion, ownerOf, parseImageBuilderArn } from "@/lib/core/arn";
import { urls } from "@/lib/core/urls";
import { countedIfAny } from "@/lib/core/words";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { Resource, ResourceReference } from "@/lib/definitions/types";

/** Both ends of a resource's references: what it is made of, and what would miss it. */
export function UsedByCard({
  target,
  resource,
}: {
  target: string;
  resource: Pick<Resource, "uses" | "usedBy" | "usedThrough" | "usedByHidden" | "arn">;
}) {
  const { uses, usedBy, usedThrough, usedByHidden } = resource;
  return (
    <Card title="Used by" note={countedKinds([...usedBy, ...usedThrough])}>
      <div className="grid gap-3">
        {usedBy.length > 0 ? (
          <ReferenceList target={target} references={usedBy} />
        ) : (
          <p className="m-0 text-ink-2">{usedByHidden ? "No usage found." : "Not in use."}</p>
        )}
        {usedThrough.length > 0 && (
          <>
            <h3 className="m-0 border-line border-t pt-3 font-[550]">Pipelines that use these recipes</h3>
            <ReferenceList target={target} references={usedThrough} />
          </>
        )}
        {usedByHidden && <p className="m-0 text-wait text-xs">The list may be incomplete. {usedByHidden}</p>}
        {uses.length > 0 && (
          <>
            <h3 className="m-0 border-line border-t pt-3 font-[550]">Uses</h3>
            <ReferenceList
              target={target}
              references={uses}
              account={parseImageBuilderArn(resource.arn)?.accountId}
            />
          </>
        )}
      </div>
    </Card>
  );
}

/** "3 recipes, 5 pipelines": versions of one name count once. */
function countedKinds(references: ResourceReference[]): string | undefined {
  const namesOf = (kinds: string[]) =>
    new Set(references.flatMap(({ kind, name }) => (kinds.includes(kind) ? [`${kind} ${name}`] : []))).size;
  const counts = [
    countedIfAny(namesOf(["image-recipe", "container-recipe"]), "recipe"),
    countedIfAny(namesOf(["image-pipeline"]), "pipeline"),
    countedIfAny(namesOf(["lifecycle-policy"]), "policy", "policies"),
  ];
  return counts.filter(Boolean).join(", ") || undefined;
}

/** `account` is the one that the references stand in: an image of another is one shared with it. */
export function ReferenceList({
  target,
  references,
  account,
}: {
  target: string;
  references: ResourceReference[];
  account?: string;
}) {
  return (
    <ul className="m-0 grid list-none gap-1.5 p-0">
      {references.map((reference) => (
        <li key={`${reference.kind} ${reference.arn} ${reference.name}`}>
          <ReferenceLink target={target} reference={reference} account={account} />{" "}
          <span className="text-ink-3 text-xs">
            {reference.kind === "image" ? "image" : KIND_FACTS[reference.kind].one}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A reference with its version as written; `x` stands for the newest. */
function ReferenceLink({
  target,
  reference,
  account,
}: {
  target: string;
  reference: ResourceReference;
  account?: string;
}) {
  const { kind, name, version, arn } = reference;
  const words = (
    <>
      {name} {version && <span className="font-mono text-ink-2 text-xs">{version}</span>}
    </>
  );
  if (kind === "image") {
    return (
      <Link
        href={urls.image(target, name, ownerOf(arn, account ?? ""))}
        prefetch={false}
        title={arn}
        className="no-underline hover:underline"
      >
        {words}
      </Link>
    );
  }
  return (
    <Link
      href={urls.resource(target, { kind, name, version: exactVersion(version), owner: ownerOf(arn) })}
      prefetch={false}
      className="no-underline hover:underline"
    >
      {words}
    </Link>
  );
}
