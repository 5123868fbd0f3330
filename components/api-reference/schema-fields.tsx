import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import type { DescribedSchema } from "@/lib/api/open-api";

/** The members of a schema, one a row; of what is no object, its type. */
export function SchemaFields({ name, schema }: { name: string; schema: DescribedSchema }) {
  const { properties, required = [], description } = schema;
  if (!properties)
    return (
      <p className="m-0 px-3.5 pb-3 text-ink-2">
        {typeOf(schema)}. {description}
      </p>
    );
  return (
    <Table caption={`Members of ${name}`}>
      <TableHead>
        <HeaderCell>Member</HeaderCell>
        <HeaderCell>Type</HeaderCell>
        <HeaderCell from="sm">Means</HeaderCell>
      </TableHead>
      <tbody>
        {Object.entries(properties).map(([member, its]) => (
          <Row key={member} isQuiet>
            <Cell>
              <code className="text-xs">{member}</code>
              {!required.includes(member) && <span className="block text-ink-3 text-xs">may be absent</span>}
            </Cell>
            <Cell layout="text-xs [overflow-wrap:anywhere]">{typeOf(its)}</Cell>
            <Cell from="sm">{its.description}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** A schema's type in a few words. */
export function typeOf({ $ref, type, format, enum: values, items, properties }: DescribedSchema): string {
  const name = $ref?.split("/").at(-1);
  if (name) return name;
  if (values) return values.join(" | ");
  if (items) return `list of ${typeOf(items)}`;
  if (properties) return `object: ${Object.keys(properties).join(", ")}`;
  if (format === "date-time") return "time, ISO 8601";
  return format === "date" ? "day, 2026-11-21" : (type ?? "any");
}
