import type { Filter } from "@aws-sdk/client-ec2";
import { AwsError } from "../../wire/contract";

/** How a filter's name finds its values in a row; a name without an entry is refused, as EC2 does. */
export type FilterFields<Row> = Record<string, (row: Row) => (string | number | boolean | undefined)[]>;

/**
 * Rows that satisfy every filter: one of a filter's values each, `*` and `?` as wildcards.
 * `tag:<key>` and `tag-key` work for every row that has tags.
 */
export function applyFilters<Row extends object>(
  rows: Row[],
  filters: Filter[] | undefined,
  fields: FilterFields<Row>,
): Row[] {
  return (filters ?? []).reduce((left, { Name: name = "", Values: values = [] }) => {
    const patterns = values.map(wildcard);
    const valuesOf = fieldOf(name, fields);
    return left.filter((row) =>
      valuesOf(row).some(
        (value) => value !== undefined && patterns.some((pattern) => pattern.test(String(value))),
      ),
    );
  }, rows);
}

function fieldOf<Row extends object>(
  name: string,
  fields: FilterFields<Row>,
): (row: Row) => (string | number | boolean | undefined)[] {
  const [, tagKey] = /^tag:(.+)$/.exec(name) ?? [];
  if (tagKey)
    return (row) =>
      tagsOf(row)
        .filter(({ Key }) => Key === tagKey)
        .map(({ Value }) => Value ?? "");
  if (name === "tag-key") return (row) => tagsOf(row).map(({ Key }) => Key);
  const field = fields[name];
  if (!field) throw new AwsError("InvalidParameterValue", `The filter '${name}' is invalid`);
  return field;
}

function tagsOf(row: object): { Key?: string; Value?: string }[] {
  return (row as { Tags?: { Key?: string; Value?: string }[] }).Tags ?? [];
}

function wildcard(value: string): RegExp {
  const source = value
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s");
}
