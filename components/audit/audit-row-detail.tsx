import { ChangeList } from "@/components/resources/change-list";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { ScrolledText } from "@/components/ui/scrolled-text";
import type { AuditTrailRow } from "@/lib/audit-trail/types";
import { isJsonObject } from "@/lib/definitions/json-object";

/** All that one row holds. */
export function AuditRowDetail({ row }: { row: AuditTrailRow }) {
  const mono = (text: string | undefined, copy = false) => text && <Mono copy={copy}>{text}</Mono>;
  return (
    <div className="grid gap-3">
      <FactList
        facts={[
          { label: "Reason", value: row.reason },
          { label: "User", value: mono(row.actorId) },
          { label: "From", value: mono(row.origin) },
          { label: "Target", value: row.targetId && `${row.targetId} (${row.accountId}, ${row.region})` },
          { label: "Resource", value: mono(row.resource, true) },
          { label: "AWS request ID", value: mono(row.awsRequestId, true) },
          { label: "Row", value: `${row.sequence}` },
          { label: "Hash", value: mono(row.hash, true) },
        ]}
      />
      {isJsonObject(row.before) && isJsonObject(row.after) && (
        <section aria-label="Changed" className="min-w-0 max-w-[90ch]">
          <p className="m-0 mb-1 text-ink-3 text-xs">Changed</p>
          <ChangeList before={row.before} after={row.after} />
        </section>
      )}
      <div className="grid gap-3 lg:grid-cols-3">
        <JsonText label="Requested" value={row.input} />
        <JsonText label="Before" value={row.before} />
        <JsonText label="After" value={row.after} />
      </div>
    </div>
  );
}

function JsonText({ label, value }: { label: string; value: unknown }) {
  if (value === undefined) return null;
  return (
    <section aria-label={label} className="min-w-0">
      <p className="m-0 mb-1 text-ink-3 text-xs">{label}</p>
      <ScrolledText
        text={JSON.stringify(value, null, 2)}
        layout="max-h-80 rounded-[5px] border border-line bg-surface p-2"
      />
    </section>
  );
}
