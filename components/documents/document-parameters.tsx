import { Card } from "@/components/ui/card";
import type { Json, JsonObject } from "@/lib/definitions/types";

/** The parameters that a recipe or pipeline can give, as AWS read them from the document. */
export function DocumentParameters({ parameters }: { parameters: Json | undefined }) {
  const rows = Array.isArray(parameters) ? parameters.filter(isObject) : [];
  if (rows.length === 0)
    return (
      <Card title="Parameters">
        <p className="m-0 text-ink-2">None.</p>
      </Card>
    );
  return (
    <Card title="Parameters" note={String(rows.length)} flush>
      <table className="w-full border-collapse">
        <caption className="sr-only">Parameters</caption>
        <thead>
          <tr className="[&>th]:h-[30px] [&>th]:border-line [&>th]:border-b [&>th]:px-3.5 [&>th]:text-left [&>th]:font-medium [&>th]:text-ink-3 [&>th]:text-xs">
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">Default</th>
            <th scope="col" className="max-md:hidden">
              Description
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, type, defaultValue, description }) => (
            <tr
              key={String(name)}
              className="align-top [&:last-child>td]:border-0 [&>td]:border-line [&>td]:border-b [&>td]:px-3.5 [&>td]:py-1.5"
            >
              <td className="font-mono text-xs [overflow-wrap:anywhere]">{String(name)}</td>
              <td className="text-ink-2">{String(type)}</td>
              <td className="font-mono text-xs [overflow-wrap:anywhere]">
                {defaultOf(defaultValue) ?? <span className="font-sans text-wait">must be given</span>}
              </td>
              <td className="text-ink-2 [overflow-wrap:anywhere] max-md:hidden">
                {description ? String(description) : ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const defaultOf = (value: Json | undefined): string | undefined =>
  Array.isArray(value) && value.length > 0 ? value.map(String).join(", ") || "(empty)" : undefined;
