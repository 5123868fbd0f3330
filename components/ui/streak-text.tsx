/** "12 succeeded in a row": the newest result and how long it has held. */
export function StreakText({ result, count }: { result: "good" | "bad"; count: number }) {
  return (
    <span className={`whitespace-nowrap ${result === "good" ? "text-ink-2" : "text-fail"}`}>
      {count} {result === "good" ? "succeeded" : "failed"}
      {count > 1 && " in a row"}
    </span>
  );
}
