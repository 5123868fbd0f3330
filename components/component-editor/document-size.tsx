import { documentLimitBytes, inlineLimitCharacters } from "@/lib/component-document/rules/text-rules";

/** How much of the room for an inline document is used, and what to do when it is not enough. */
export function DocumentSize({ text }: { text: string }) {
  const share = text.length / inlineLimitCharacters;
  const isOver = share > 1;
  return (
    <div className="flex flex-wrap items-center gap-x-3 text-[length:var(--small)]">
      <span className={isOver ? "font-medium text-fail" : share > 0.9 ? "text-wait" : "text-ink-3"}>
        {text.length.toLocaleString("en")} of {inlineLimitCharacters.toLocaleString("en")} characters
      </span>
      <span role="status" className="text-ink-2">
        {isOver && `Store it in S3 and enter its s3:// URI instead: up to ${documentLimitBytes / 1024} KB.`}
      </span>
    </div>
  );
}
