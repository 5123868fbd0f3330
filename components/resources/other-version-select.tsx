import { Select } from "@/components/ui/inputs";

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
      <Select value={chosen} onChange={({ target: { value } }) => onChoose(value)} look="bar" isMono>
        {choices.map((version) => (
          <option key={version} value={version}>
            {version}
          </option>
        ))}
      </Select>
    </label>
  );
}
