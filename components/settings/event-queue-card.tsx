"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { TargetSetting } from "@/lib/settings/types";

const EventQueueCode = dynamic(() => import("./event-queue-code").then((file) => file.EventQueueCode));

/** How events of this account arrive, and what to deploy so that they arrive at once. */
export function EventQueueCard({ setting }: { setting: TargetSetting }) {
  const [isShown, setShown] = useState(false);
  const { eventsQueueUrl, label } = setting;
  return (
    <div className="grid gap-4">
      <Card title="Events at once">
        <div className="grid justify-items-start gap-2">
          {eventsQueueUrl ? (
            <p className="m-0 [overflow-wrap:anywhere]">
              Events of {label} arrive at once, from{" "}
              <code className="font-mono text-xs">{eventsQueueUrl}</code>.
            </p>
          ) : (
            <p className="m-0">
              The console polls AWS for events of {label} every 30 seconds. With a queue that EventBridge
              fills, they arrive at once.
            </p>
          )}
          <Button onClick={() => setShown(!isShown)}>
            {isShown ? "Hide code" : "Show code for a queue"}
          </Button>
        </div>
      </Card>
      {isShown && <EventQueueCode setting={setting} />}
    </div>
  );
}
