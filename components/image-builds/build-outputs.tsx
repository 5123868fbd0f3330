import { Card } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";

/** AMIs by Region and account, or container images. */
export function BuildOutputs({ build }: { build: ImageBuild }) {
  const { amis, containers, status } = build;
  return (
    <Card title="Outputs" flush={amis.length > 0}>
      {amis.length > 0 && (
        <table className="w-full border-collapse">
          <caption className="sr-only">AMIs</caption>
          <thead>
            <tr className="[&>th]:h-[30px] [&>th]:border-line [&>th]:border-b [&>th]:px-3.5 [&>th]:text-left [&>th]:font-medium [&>th]:text-ink-3 [&>th]:text-xs">
              <th scope="col">Region</th>
              <th scope="col">Account</th>
              <th scope="col">AMI</th>
              <th scope="col" className="hidden xl:table-cell">
                Name
              </th>
            </tr>
          </thead>
          <tbody>
            {amis.map(({ region, accountId, amiId, name }) => (
              <tr
                key={`${region} ${amiId}`}
                className="[&:last-child>td]:border-0 [&>td]:h-9 [&>td]:border-line [&>td]:border-b [&>td]:px-3.5"
              >
                <td className="whitespace-nowrap">{region}</td>
                <td className="font-mono text-xs">{accountId}</td>
                <td className="sm:whitespace-nowrap">
                  <Mono copy>{amiId}</Mono>
                </td>
                <td className="hidden text-ink-2 text-xs [overflow-wrap:anywhere] xl:table-cell">{name}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {containers.map(({ region, imageUris }) => (
        <div key={region} className="grid gap-1">
          <span className="text-ink-3 text-xs">{region}</span>
          {imageUris.map((uri) => (
            <Mono key={uri} copy>
              {uri}
            </Mono>
          ))}
        </div>
      ))}
      {amis.length === 0 && containers.length === 0 && (
        <p className="m-0 text-ink-2">
          {isInFlight(status)
            ? "None yet: they appear when the build is distributed."
            : "This build left no image."}
        </p>
      )}
    </Card>
  );
}
