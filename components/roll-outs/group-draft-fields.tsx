"use client";
import { Card } from "@/components/ui/card";
import type { RollOutPreview } from "@/lib/fleet/roll-outs/types";
import type { GroupDraft, GroupEdit } from "./group-draft";
import { PreferenceFields } from "./preference-fields";
import { RollOutPlanCard } from "./roll-out-plan-card";
import { TypedAlarms } from "./typed-alarms";
import { VersionChoice } from "./version-choice";
import { WayBackCard } from "./way-back-card";

/** Everything that can be chosen of the roll-out to one group, beside what it would do. */
export function GroupDraftFields({
  target,
  preview,
  draft: { choice, pin, fields, preferences, wayBack, isParameter, plan },
  wrong,
  onEdit,
}: {
  target: string;
  preview: RollOutPreview;
  draft: GroupDraft;
  /** What the server refused, by field. */
  wrong: Record<string, string>;
  onEdit: (edit: GroupEdit) => void;
}) {
  return (
    <>
      <div className="grid gap-3 lg:grid-cols-2">
        <Card title="Image" note={preview.template && `launch template ${preview.template.name}`}>
          <VersionChoice preview={preview} chosen={choice} onChange={(to) => onEdit({ to })} />
        </Card>
        {plan ? (
          <RollOutPlanCard plan={plan} desired={preview.desired} />
        ) : (
          <Card title="What happens">Enter whole numbers to see the plan.</Card>
        )}
      </div>
      <WayBackCard
        preview={preview}
        wayBack={wayBack}
        choice={choice}
        pin={pin}
        onPin={(changed) => onEdit({ pin: changed })}
      />
      <Card title="Preferences" note="defaults of the group and its maintenance policy">
        <PreferenceFields
          fields={fields}
          wrong={wrong}
          {...(!wayBack.isPossible && { noAutoRollback: "AWS can't roll back here: see the way back." })}
          {...(isParameter && { noSkipMatching: "Off: the version stays, its parameter's AMI changes." })}
          alarmStates={<TypedAlarms target={target} region={preview.region} names={preferences.alarms} />}
          onChange={(changed) => onEdit({ fields: changed })}
        />
      </Card>
    </>
  );
}
