import Link from "next/link";
import { CopyButton } from "@/components/ui/copy-button";
import { Mono } from "@/components/ui/mono";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { urls } from "@/lib/core/urls";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import type { BuildTab } from "./build-tabs";
import { TabLink } from "./tab-link";

/** More would push the tabs out of sight; the Distribution tab has them all. */
const MOST = 5;

/** What came out of a build: an AMI or container image per Region, each ready to be copied. */
export function BuildAmis({
  target,
  build: { arn, amis, containers },
  onShow,
}: {
  target: string;
  build: Pick<ImageBuild, "arn" | "amis" | "containers">;
  onShow: (tab: BuildTab) => void;
}) {
  const rows = [
    ...amis.map(({ region, accountId, amiId }) => ({ region, accountId, id: amiId })),
    ...containers.flatMap(({ region, imageUris }) =>
      imageUris.map((id) => ({ region, accountId: undefined, id })),
    ),
  ];
  const showsAccounts = new Set(amis.map(({ accountId }) => accountId)).size > 1;
  const left = rows.length - MOST;
  const own = parseImageBuilderArn(arn)?.accountId;
  const hasPage = (id: string, accountId = own) => id.startsWith("ami-") && accountId === own;
  return (
    <div className="min-w-0 border-line max-lg:border-b lg:border-r">
      <Table caption="Images by Region">
        <TableHead>
          <HeaderCell>Region</HeaderCell>
          {showsAccounts && <HeaderCell>Account</HeaderCell>}
          <HeaderCell>{amis.length > 0 ? "AMI" : "Image"}</HeaderCell>
        </TableHead>
        <tbody>
          {rows.slice(0, MOST).map(({ region, accountId, id }) => (
            <Row key={`${region} ${id}`} isQuiet>
              <Cell layout="whitespace-nowrap">{region}</Cell>
              {showsAccounts && <Cell layout="font-mono text-xs">{accountId}</Cell>}
              <Cell>
                {hasPage(id, accountId) ? (
                  <span className="inline-flex items-center gap-0.5">
                    <Link
                      href={urls.ami(target, { region, amiId: id })}
                      prefetch={false}
                      className="font-mono text-xs no-underline [overflow-wrap:anywhere] hover:underline"
                    >
                      {id}
                    </Link>
                    <CopyButton text={id} label={`Copy ${id}`} />
                  </span>
                ) : (
                  <Mono copy>{id}</Mono>
                )}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {left > 0 && (
        <p className="m-0 border-line border-t px-3.5 py-2">
          <TabLink to="distribution" onShow={onShow}>
            {`${left} more`}
          </TabLink>
        </p>
      )}
    </div>
  );
}
