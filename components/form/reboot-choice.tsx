import { useId } from "react";
import { Radio } from "@/components/ui/inputs";

const REBOOTS = [
  {
    reboot: true,
    label: "Reboot the instance",
    means: "It is down for a moment. Everything it has written is on its volumes, and in the AMI.",
  },
  {
    reboot: false,
    label: "Don’t reboot",
    means:
      "It keeps running. What is in memory or not written to its volumes yet is missing from the AMI: files and databases may be damaged, as after a power failure. AWS Backup never reboots.",
  },
];

/** Whether an instance is rebooted when an AMI is created from it, with what either means for its data. */
export function RebootChoice({ reboot, onChange }: { reboot: boolean; onChange: (reboot: boolean) => void }) {
  const id = useId();
  return (
    <fieldset className="m-0 grid gap-2 border-0 p-0">
      <legend className="sr-only">Reboot</legend>
      {REBOOTS.map((choice) => (
        <label key={choice.label} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
          <Radio
            name={id}
            checked={reboot === choice.reboot}
            onChange={() => onChange(choice.reboot)}
            isAtTop
          />
          <span className="font-[550] text-ink">{choice.label}</span>
          <span className="col-start-2 text-ink-3 text-xs">{choice.means}</span>
        </label>
      ))}
    </fieldset>
  );
}
