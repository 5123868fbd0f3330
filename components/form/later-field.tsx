"use client";
import { Input } from "@/components/ui/inputs";
import { useTimeZone } from "@/components/ui/time-zone";
import { instantOfField } from "@/lib/core/zoned-time";

/** What stands in the field. `instant`: in ISO 8601; absent for now. `wrong`: why it cannot be one. */
export type Later = { text: string; instant?: string; wrong?: string };

/** A time from which something holds, now where it is left empty, in the zone that all times are shown in. */
export function LaterField({
  label,
  later,
  onChange,
}: {
  label: string;
  later: Later;
  onChange: (later: Later) => void;
}) {
  const zone = useTimeZone();
  const read = (text: string): Later => {
    if (text === "") return { text };
    const instant = instantOfField(zone, text);
    return instant ? { text, instant } : { text, wrong: `This time doesn’t exist in ${zone}.` };
  };
  return (
    <label className="grid gap-1">
      <span className="font-[550] text-ink">
        {label} <span className="font-normal text-ink-3">{zone}, default: now</span>
      </span>
      <Input
        type="datetime-local"
        value={later.text}
        onChange={({ target: { value } }) => onChange(read(value))}
      />
    </label>
  );
}
