"use client";
import { useId } from "react";
import { FactList } from "@/components/ui/fact-list";
import { Select } from "@/components/ui/inputs";
import { Mono } from "@/components/ui/mono";
import type { RollOutChoice, RollOutPreview, RollOutVersion } from "@/lib/fleet/roll-outs/types";

const STATES: Record<RollOutVersion["ami"], string> = {
  available: "✓ can be launched",
  "not available": "× disabled, can't be launched",
  gone: "× no longer exists",
  "not known": "? not known whether it can be launched",
};

/** The version to roll out, beside what would start now. */
export function VersionChoice({
  preview: { versions, newAmi, current, template, running },
  chosen,
  onChange,
}: {
  preview: RollOutPreview;
  chosen: RollOutChoice;
  onChange: (choice: RollOutChoice) => void;
}) {
  const id = useId();
  const version = "version" in chosen ? versions.find(({ number }) => number === chosen.version) : undefined;
  const now = versions.find(({ number }) => number === current);
  return (
    <div className="grid gap-3">
      <div className="grid gap-1">
        <label htmlFor={id} className="font-[550]">
          Roll out
        </label>
        <Select
          id={id}
          value={keyOf(chosen)}
          onChange={({ target }) => {
            const [kind, value = ""] = target.value.split(" ");
            onChange(kind === "ami" ? { amiId: value } : { version: Number(value) });
          }}
        >
          {newAmi && (
            <option value={`ami ${newAmi.amiId}`}>
              {`${newAmi.image.name} ${newAmi.image.version}/${newAmi.image.build}, latest build, in a new version`}
            </option>
          )}
          {versions.map((one) => (
            <option key={one.number} value={`version ${one.number}`}>
              {optionText(one, current)}
            </option>
          ))}
        </Select>
      </div>
      <FactList
        facts={[
          {
            label: "AMI",
            value: (
              <>
                <Mono copy>{version?.amiId ?? ("amiId" in chosen ? chosen.amiId : "not known")}</Mono>{" "}
                {version && STATES[version.ami]}
              </>
            ),
          },
          {
            label: "Starts now",
            value: now
              ? `${optionText(now)}${follows(template?.follows)}`
              : `not known${follows(template?.follows)}`,
          },
          {
            label: "Most instances run",
            value: running === undefined ? "not known" : `version ${running}`,
          },
          {
            label: "Overrides",
            value: template?.hasOwnOverrides
              ? "Some overrides of the mixed instances policy name their own AMI or launch template. They stay as they are."
              : undefined,
          },
        ]}
      />
    </div>
  );
}

const keyOf = (choice: RollOutChoice) =>
  "version" in choice ? `version ${choice.version}` : `ami ${choice.amiId}`;

const follows = (version: string | undefined) =>
  version?.startsWith("$") ? `, the group follows ${version}` : "";

function optionText({ number, build, amiId, parameter }: RollOutVersion, current?: number): string {
  const what = build ? `${build.name} ${build.version}/${build.build}` : (amiId ?? "AMI not known");
  const behind = build && build.newer > 0 ? `, ${build.newer} behind` : "";
  const by = parameter ? `, from ${parameter}` : "";
  return `Version ${number}: ${what}${behind}${by}${number === current ? ", starts now" : ""}`;
}
