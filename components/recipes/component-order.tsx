import Link from "next/link";
import { exactVersion, ownerOf } from "@/lib/core/arn";
import { urls } from "@/lib/core/urls";
import { toReference } from "@/lib/definitions/resource-references";
import type { Json, JsonObject } from "@/lib/definitions/types";

/** The components of a recipe with what their parameters are given. */
export function ComponentOrder({ target, components }: { target: string; components: JsonObject[] }) {
  if (components.length === 0) return <p className="m-0 px-3.5 py-3 text-ink-2">No components</p>;
  return (
    <ol className="m-0 list-none p-0">
      {components.map(({ componentArn, parameters }, index) => {
        const arn = String(componentArn);
        const reference = toReference(arn);
        const owner = ownerOf(arn);
        const version = reference?.version;
        return (
          <li
            key={arn}
            className="grid grid-cols-[28px_minmax(0,1fr)_auto] gap-x-2 border-line border-b px-3.5 py-2 last:border-0"
          >
            <span className="text-ink-3">{index + 1}</span>
            <span className="min-w-0">
              <Link
                href={urls.resource(target, {
                  kind: "component",
                  name: reference?.name ?? arn,
                  version: exactVersion(version),
                  owner,
                })}
                prefetch={false}
                className="no-underline hover:underline"
              >
                {reference?.name ?? arn}
              </Link>{" "}
              {owner === "Amazon" && <span className="text-ink-3 text-xs">Amazon</span>}
              {parametersOf(parameters).map(({ name, value }) => (
                <span key={name} className="block text-ink-2 text-xs">
                  {name} <b className="font-[550]">{value}</b>
                </span>
              ))}
            </span>
            <span className="font-mono text-ink-2 text-xs">{version === "x.x.x" ? "latest" : version}</span>
          </li>
        );
      })}
    </ol>
  );
}

const parametersOf = (parameters: Json | undefined) =>
  (Array.isArray(parameters) ? parameters : []).flatMap((one) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? [
          {
            name: String(one.name),
            value: Array.isArray(one.value) ? one.value.join(", ") : String(one.value),
          },
        ]
      : [],
  );
