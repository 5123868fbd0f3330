import { Card } from "@/components/ui/card";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import type { ApiDocument, DescribedOperation, DescribedSchema } from "@/lib/api/open-api";
import { SchemaFields, typeOf } from "./schema-fields";

/** The API's document as a page that needs nothing from elsewhere: a card for each subject, then the schemas. */
export function ApiReferenceView({ document }: { document: ApiDocument }) {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return (
    <div className="grid gap-4">
      {document.tags.map(({ name }) => (
        <Card key={name} title={name} flush>
          {operations
            .filter(({ operation }) => operation.tags.includes(name))
            .map(({ path, method, operation }) => (
              <details
                key={operation.operationId}
                id={operation.operationId}
                className="border-line border-b last:border-b-0"
              >
                <summary className="grid cursor-pointer gap-x-3 gap-y-0.5 px-3.5 py-2 hover:bg-sunken sm:grid-cols-[52px_minmax(0,1fr)]">
                  <span className="font-mono font-semibold text-ink-2 text-xs uppercase leading-5">
                    {method}
                  </span>
                  <span className="grid min-w-0 gap-0.5">
                    <span>{operation.summary}</span>
                    <code className="text-ink-2 text-xs [overflow-wrap:anywhere]">/api/v1{path}</code>
                  </span>
                </summary>
                <OperationDetail operation={operation} />
              </details>
            ))}
        </Card>
      ))}
      <Card title="Schemas" flush>
        {Object.entries(document.components.schemas).map(([name, schema]) => (
          <details key={name} id={`schema-${name}`} className="border-line border-b last:border-b-0">
            <summary className="cursor-pointer px-3.5 py-2 font-mono text-xs hover:bg-sunken">{name}</summary>
            <SchemaFields name={name} schema={schema} />
          </details>
        ))}
      </Card>
    </div>
  );
}

function OperationDetail({ operation }: { operation: DescribedOperation }) {
  const { description, parameters, requestBody, responses, summary } = operation;
  return (
    <div className="grid gap-3 px-3.5 pb-3">
      <p className="m-0 max-w-[80ch] text-ink-2">{description.replaceAll("`", "")}</p>
      {parameters.length > 0 && (
        <Table caption={`Parameters of: ${summary}`}>
          <TableHead>
            <HeaderCell>Parameter</HeaderCell>
            <HeaderCell from="sm">In</HeaderCell>
            <HeaderCell>Means</HeaderCell>
          </TableHead>
          <tbody>
            {parameters.map(({ name, in: place, required, description: means, schema }) => (
              <Row key={`${place} ${name}`} isQuiet>
                <Cell>
                  <code className="text-xs">{name}</code>
                  {required && <span className="block text-ink-3 text-xs">required</span>}
                </Cell>
                <Cell from="sm">{place}</Cell>
                <Cell layout="[overflow-wrap:anywhere]">
                  {(means ?? "").replaceAll("`", "")}{" "}
                  <span className="text-ink-3 text-xs">{typeOf(schema)}</span>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {requestBody && (
        <p className="m-0">
          Body: <SchemaLink schema={contentOf(requestBody.content)} />
        </p>
      )}
      <p className="m-0">
        {Object.entries(responses)
          .filter(([status]) => status.startsWith("2"))
          .map(([status, { content = {} }]) => (
            <span key={status}>
              Answers {status} with <SchemaLink schema={contentOf(content)} />.
            </span>
          ))}
      </p>
    </div>
  );
}

const contentOf = (content: Record<string, { schema: DescribedSchema }>): DescribedSchema =>
  Object.values(content)[0]?.schema ?? {};

function SchemaLink({ schema }: { schema: DescribedSchema }) {
  const name = schema.$ref?.split("/").at(-1);
  return name ? (
    <a href={`#schema-${name}`} className="underline">
      <code className="text-xs">{name}</code>
    </a>
  ) : (
    "text"
  );
}
