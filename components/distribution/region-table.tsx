"use client";
import { useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { isJsonObject } from "@/lib/definitions/json-object";
import type { Json, JsonObject } from "@/lib/definitions/types";

/** The Regions of a distribution configuration, one row each; Edit opens the fields of a row below the table. */
export function RegionTable({
  name,
  ids,
  isOpen,
  onToggle,
  onRemove,
}: {
  /** Where the list of Regions stands in the form. */
  name: string;
  ids: string[];
  isOpen: (id: string, index: number) => boolean;
  onToggle: (id: string) => void;
  onRemove: (index: number) => void;
}) {
  const watched: unknown = useWatch({ name });
  const regions = Array.isArray(watched) ? watched : [];
  return (
    <div className="border-line-strong border-t">
      <Table caption="Regions">
        <TableHead>
          <HeaderCell>Region</HeaderCell>
          <HeaderCell from="sm">AMI name</HeaderCell>
          <HeaderCell from="md">Accounts</HeaderCell>
          <HeaderCell from="md">KMS key</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </TableHead>
        <tbody>
          {ids.map((id, index) => {
            const row = objectOf(regions[index]);
            const region = textOf(row.region) || `Region ${index + 1}`;
            const ami = objectOf(row.amiDistributionConfiguration);
            return (
              <Row key={id}>
                <Cell layout="whitespace-nowrap font-[550]">{region}</Cell>
                <Cell from="sm" layout="font-mono text-xs [overflow-wrap:anywhere]">
                  {textOf(ami.name)}
                </Cell>
                <Cell from="md">{accountsOf(ami)}</Cell>
                <Cell from="md" layout="text-xs [overflow-wrap:anywhere]">
                  {textOf(ami.kmsKeyId)}
                </Cell>
                <Cell layout="whitespace-nowrap text-right">
                  <Button
                    variant="quiet"
                    aria-expanded={isOpen(id, index)}
                    aria-label={`${isOpen(id, index) ? "Close" : "Edit"} ${region}`}
                    onClick={() => onToggle(id)}
                  >
                    {isOpen(id, index) ? "Close" : "Edit"}
                  </Button>
                  <Button
                    variant="quiet"
                    aria-label={`Remove ${region} from the table`}
                    onClick={() => onRemove(index)}
                  >
                    Remove
                  </Button>
                </Cell>
              </Row>
            );
          })}
        </tbody>
      </Table>
    </div>
  );
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const objectOf = (value: unknown): JsonObject => (isJsonObject(value as Json) ? (value as JsonObject) : {});
const lengthOf = (value: Json | undefined): number => (Array.isArray(value) ? value.length : 0);

/** "copied to 2, shared with 3": accounts, organizations and units. */
function accountsOf({ targetAccountIds, launchPermission }: JsonObject): string {
  const shared = objectOf(launchPermission);
  const holders =
    lengthOf(shared.userIds) + lengthOf(shared.organizationArns) + lengthOf(shared.organizationalUnitArns);
  const words = [
    lengthOf(targetAccountIds) > 0 ? `copied to ${lengthOf(targetAccountIds)}` : "",
    holders > 0 ? `shared with ${holders}` : "",
    lengthOf(shared.userGroups) > 0 ? "public" : "",
  ];
  return words.filter(Boolean).join(", ") || "this account only";
}
