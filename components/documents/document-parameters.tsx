import { Card } from "@/components/ui/card";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { isJsonObject } from "@/lib/definitions/json-object";
import type { Json } from "@/lib/definitions/types";

/** The parameters that a recipe or pipeline can give, as AWS read them from the document. */
export function DocumentParameters({ parameters }: { parameters: Json | undefined }) {
  const rows = Array.isArray(parameters) ? parameters.filter(isJsonObject) : [];
  if (rows.length === 0)
    return (
      <Card title="Parameters">
        <p className="m-0 text-ink-2">None.</p>
      </Card>
    );
  return (
    <Card title="Parameters" note={String(rows.length)} flush>
      <Table caption="Parameters">
        <TableHead>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>Type</HeaderCell>
          <HeaderCell>Default</HeaderCell>
          <HeaderCell from="md">Description</HeaderCell>
        </TableHead>
        <tbody>
          {rows.map(({ name, type, defaultValue, description }) => (
            <Row key={String(name)} isQuiet layout="align-top">
              <Cell layout="font-mono text-xs [overflow-wrap:anywhere]">{String(name)}</Cell>
              <Cell layout="text-ink-2">{String(type)}</Cell>
              <Cell layout="font-mono text-xs [overflow-wrap:anywhere]">
                {defaultOf(defaultValue) ?? <span className="font-sans text-wait">required</span>}
              </Cell>
              <Cell from="md" layout="text-ink-2 [overflow-wrap:anywhere]">
                {description ? String(description) : ""}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

const defaultOf = (value: Json | undefined): string | undefined =>
  Array.isArray(value) && value.length > 0 ? value.map(String).join(", ") || "(empty)" : undefined;
