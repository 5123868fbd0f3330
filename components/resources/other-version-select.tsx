/** Picks the version to compare with. */
export function OtherVersionSelect({
  choices,
  chosen,
  onChoose,
}: {
  choices: string[];
  chosen: string;
  onChoose: (version: string) => void;
}) {
  return (
    <label className="inline-flex items-center gap-2 text-ink-2">
      Compared with
      <select
        value={chosen}
        onChange={({ target: { value } }) => onChoose(value)}
        className="min-h-7 rounded-[5px] border border-line-strong bg-surface px-2 font-mono text-ink text-xs"
      >
        {choices.map((version) => (
          <option key={version} value={version}>
            {version}
          </option>
        ))}
      </select>
    </label>
  );
}
