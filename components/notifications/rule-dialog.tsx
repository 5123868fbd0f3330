"use client";
import { type FormEvent, useId, useState } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { Checkbox, Input, Select } from "@/components/ui/inputs";
import { ModalPanel } from "@/components/ui/modal-panel";
import { RefusalNote } from "@/components/ui/refusal-note";
import { saveNotificationRuleAction } from "@/lib/actions/notification-actions";
import { SEVERITY_WORDS } from "@/lib/notifications/rule-match";
import type { RuleTiming } from "@/lib/notifications/rule-timing";
import type { RuleFilters } from "@/lib/notifications/types";
import {
  EVENT_KINDS,
  EVENTS,
  type EventKind,
  type NotificationRule,
  type Receiver,
} from "@/lib/notifications/types";
import { MessagePreview } from "./message-preview";
import { RuleTimingFields } from "./rule-timing-fields";
import { useNotificationWrite } from "./use-notification-write";

const SEVERITIES = Object.keys(SEVERITY_WORDS) as (keyof typeof SEVERITY_WORDS)[];
const tagText = (tags: RuleFilters["tags"]) =>
  tags.map(({ key, value }) => (value ? `${key}=${value}` : key)).join(", ");
const tagsIn = (text: string): RuleFilters["tags"] =>
  text.split(",").flatMap((part) => {
    const [key = "", ...value] = part.split("=");
    return key.trim() ? [{ key: key.trim(), value: value.join("=").trim() }] : [];
  });
const EVENT_GROUPS = [...new Set(EVENT_KINDS.map((kind) => EVENTS[kind].group))];

/** Adds or changes a rule. */
export function RuleDialog({
  target,
  receivers,
  timeZone,
  rule,
  onClose,
}: {
  target: string;
  receivers: Receiver[];
  timeZone: string;
  rule?: NotificationRule;
  onClose: () => void;
}) {
  const id = useId();
  const [events, setEvents] = useState<EventKind[]>(rule?.events ?? ["first-failure", "recovered"]);
  const [namePrefix, setNamePrefix] = useState(rule?.namePrefix ?? "");
  const [receiverId, setReceiverId] = useState(rule?.receiverId ?? receivers[0]?.id ?? "");
  const [timing, setTiming] = useState<RuleTiming>(
    rule?.timing ?? { cadence: "at-once", dailyAt: "09:00", timeZone },
  );
  const [severities, setSeverities] = useState(rule?.filters.severities ?? []);
  const [tags, setTags] = useState(() => tagText(rule?.filters.tags ?? []));
  const { refusal, isBusy, write } = useNotificationWrite(target);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const filters = { tags: tagsIn(tags), severities };
    const isOn = rule?.isOn ?? true;
    const input = { target, id: rule?.id, events, namePrefix, filters, timing, receiverId, isOn };
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
        <RuleTimingFields timing={timing} onChange={setTiming} />
        <details>
          <summary className="cursor-pointer">More filters</summary>
          <div className="mt-2 grid gap-2">
            <fieldset className="m-0 flex flex-wrap gap-x-4 gap-y-1 border-0 p-0">
              <legend className="mb-1 p-0 font-[550]">
                Severities <span className="font-normal text-ink-3">none means all</span>
              </legend>
              {SEVERITIES.map((each) => (
                <label key={each} className="flex items-center gap-2">
                  <Checkbox
                    checked={severities.includes(each)}
                    onChange={({ target: { checked } }) =>
                      setSeverities(
                        SEVERITIES.filter((one) => (one === each ? checked : severities.includes(one))),
                      )
                    }
                  />
                  {SEVERITY_WORDS[each]}
                </label>
              ))}
            </fieldset>
            <div className="grid gap-1">
              <label htmlFor={`${id}-tags`} className="font-[550]">
                Tags <span className="font-normal text-ink-3">leave empty for all; separate with commas</span>
              </label>
              <Input
                id={`${id}-tags`}
                value={tags}
                isMono
                placeholder="team=web, env=prod"
                onChange={(event) => setTags(event.target.value)}
              />
            </div>
          </div>
        </details>
        <MessagePreview target={target} events={events} />
        <p className="m-0 text-ink-2">
          The rule applies to what happens from now on. Events about the console itself match every rule,
          whatever its names.
        </p>
        {refusal && <RefusalNote refusal={Object.values(refusal.fields ?? {})[0] ?? refusal} />}
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
