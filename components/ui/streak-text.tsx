/** "good, 12 in a row": the newest result and how long it has held. */
export function StreakText({ result, count }: { result: "good" | "bad"; count: number }) {
  return (
    <span className={`whitespace-nowrap ${result === "good" ? "text-ink-2" : "text-fail"}`}>
      {count} {result === "good" ? "good" : "failed"}
      {count > 1 && " in a row"}
    </span>
  );
}
