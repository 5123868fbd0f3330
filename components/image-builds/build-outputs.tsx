import { Card } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";

/** AMIs by Region and account, or container images. */
export function BuildOutputs({ build }: { build: ImageBuild }) {
  const { amis, containers, status } = build;
  return (
    <Card title="Outputs" flush={amis.length > 0}>
      {amis.length > 0 && (
        <Table caption="AMIs">
          <TableHead>
            <HeaderCell>Region</HeaderCell>
            <HeaderCell>Account</HeaderCell>
            <HeaderCell>AMI</HeaderCell>
            <HeaderCell from="xl">Name</HeaderCell>
          </TableHead>
          <tbody>
            {amis.map(({ region, accountId, amiId, name }) => (
              <Row key={`${region} ${amiId}`} isQuiet>
                <Cell layout="whitespace-nowrap">{region}</Cell>
                <Cell layout="font-mono text-xs">{accountId}</Cell>
                <Cell layout="sm:whitespace-nowrap">
                  <Mono copy>{amiId}</Mono>
                </Cell>
                <Cell from="xl" layout="text-ink-2 text-xs [overflow-wrap:anywhere]">
                  {name}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
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
          {isInFlight(status) ? "None yet. Outputs appear after distribution." : "No output image"}
        </p>
      )}
    </Card>
  );
}
