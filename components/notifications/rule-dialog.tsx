"use client";
import { type FormEvent, useId, useState } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { Checkbox, Input, Select } from "@/components/ui/inputs";
import { ModalPanel } from "@/components/ui/modal-panel";
import { RefusalText } from "@/components/ui/refusal-text";
import { saveNotificationRuleAction } from "@/lib/actions/notification-actions";
import {
  EVENT_KINDS,
  EVENTS,
  type EventKind,
  type NotificationRule,
  type Receiver,
} from "@/lib/notifications/types";
import { useNotificationWrite } from "./use-notification-write";

const EVENT_GROUPS = [...new Set(EVENT_KINDS.map((kind) => EVENTS[kind].group))];

/** Adds or changes a rule. */
export function RuleDialog({
  target,
  receivers,
  rule,
  onClose,
}: {
  target: string;
  receivers: Receiver[];
  rule?: NotificationRule;
  onClose: () => void;
}) {
  const id = useId();
  const [events, setEvents] = useState<EventKind[]>(rule?.events ?? ["first-failure", "recovered"]);
  const [namePrefix, setNamePrefix] = useState(rule?.namePrefix ?? "");
  const [receiverId, setReceiverId] = useState(rule?.receiverId ?? receivers[0]?.id ?? "");
  const { refusal, isBusy, write } = useNotificationWrite(target);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const input = { target, id: rule?.id, events, namePrefix, receiverId, isOn: rule?.isOn ?? true };
    write(() => saveNotificationRuleAction(input), onClose, { text: "Saved the rule." });
  };
  const title = rule ? "Edit rule" : "Add rule";
  return (
    <ModalPanel label={title} onClose={onClose}>
      <form onSubmit={save} className="grid gap-3 p-4">
        <h2 className="m-0 font-semibold text-[15px]">{title}</h2>
        <fieldset className="m-0 grid gap-2 border-0 p-0">
          <legend className="mb-1 p-0 font-[550]">When</legend>
          {EVENT_GROUPS.map((group) => (
            <div key={group} className="grid gap-1">
              <span className="text-ink-3 text-xs">{group}</span>
              <div className="grid gap-1 sm:grid-cols-2">
                {EVENT_KINDS.filter((kind) => EVENTS[kind].group === group).map((kind) => (
                  <label key={kind} className="flex items-center gap-2">
                    <Checkbox
                      checked={events.includes(kind)}
                      onChange={({ target: { checked } }) =>
                        setEvents(
                          EVENT_KINDS.filter((each) => (each === kind ? checked : events.includes(each))),
                        )
                      }
                    />
                    {EVENTS[kind].words}
                  </label>
                ))}
              </div>
            </div>
          ))}
        </fieldset>
        <div className="grid gap-1">
          <label htmlFor={`${id}-prefix`} className="font-[550]">
            Names begin with <span className="font-normal text-ink-3">empty for all</span>
          </label>
          <Input
            id={`${id}-prefix`}
            value={namePrefix}
            isMono
            placeholder="web-"
            onChange={(event) => setNamePrefix(event.target.value)}
          />
        </div>
        <div className="grid gap-1">
          <label htmlFor={`${id}-receiver`} className="font-[550]">
            Tell
          </label>
          <Select
            id={`${id}-receiver`}
            value={receiverId}
            onChange={(event) => setReceiverId(event.target.value)}
          >
            {receivers.map((receiver) => (
              <option key={receiver.id} value={receiver.id}>
                {receiver.name}
              </option>
            ))}
          </Select>
        </div>
        <p className="m-0 text-ink-2">
          The rule applies to what happens from now on. Events of the console reach rules of any names.
        </p>
        {refusal && (
          <p role="alert" className="m-0 rounded bg-fail-soft px-2.5 py-1.5 text-fail">
            <RefusalText refusal={Object.values(refusal.fields ?? {})[0] ?? refusal} />
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <PermittedButton
            action="save-notification-rule"
            resource={namePrefix}
            type="submit"
            variant="primary"
            disabled={isBusy}
          >
            Save
          </PermittedButton>
        </div>
      </form>
    </ModalPanel>
  );
}
