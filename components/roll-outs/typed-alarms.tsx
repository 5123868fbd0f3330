"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useRefusal } from "@/components/shell/permissions-provider";
import { alarmStatesQuery } from "@/lib/queries/roll-outs";
import { AlarmList } from "./alarm-list";

/** Names are asked for once nobody types them anymore. */
const PAUSE_MS = 600;

/** The states of the alarms that are named in a field. */
export function TypedAlarms({ target, region, names }: { target: string; region: string; names: string[] }) {
  const refusal = useRefusal("check-alarms");
  const typed = names.join("\n");
  const [asked, setAsked] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const wanted = asked === "" ? [] : asked.split("\n");
  const { data, error } = useQuery({
    ...alarmStatesQuery(target, region, wanted),
    enabled: wanted.length > 0 && refusal === undefined,
    placeholderData: keepPreviousData,
  });
  if (wanted.length === 0) return null;
  if (refusal !== undefined || error)
    return (
      <p className="m-0 text-wait text-xs">
        The state of the alarms is not known. {refusal ?? error?.message}
      </p>
    );
  return data ? <AlarmList {...data} /> : null;
}
