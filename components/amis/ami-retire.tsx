"use client";
import dynamic from "next/dynamic";
import { useId, useState } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Card } from "@/components/ui/card";
import type { Action } from "@/lib/auth/permissions";
import { type Effect, judgeRetirement, type RetireStep } from "@/lib/fleet/amis/judge-retirement";
import type { AmiDetail } from "@/lib/fleet/amis/types";
import type { AmiStep } from "./ami-step-dialog";

const AmiStepDialog = dynamic(() => import("./ami-step-dialog").then((file) => file.AmiStepDialog));

/** AWS's three steps of retiring an AMI, each with what it stops and what comes back. */
export function AmiRetire({ target, ami }: { target: string; ami: AmiDetail }) {
  const [asked, setAsked] = useState<AmiStep>();
  const now = Date.parse(ami.readAt);
  const { hide, stop, remove } = judgeRetirement(ami, now);
  const isHidden = ami.isOwn && ami.deprecatedAt !== undefined;
  const isStopped = ami.isOwn && ami.state === "disabled";
  const offer = { resource: ami.build?.name ?? "", onAsk: setAsked };
  return (
    <Card title="Retire" note="one step at a time" flush>
      <div className="grid md:grid-cols-3">
        <Step number={1} title="Hide" word="deprecate" effects={hide.effects}>
          {isHidden ? (
            <StepButton {...offer} step="show" action="deprecate-ami" label="Show again" />
          ) : (
            <StepButton {...offer} step="hide" action="deprecate-ami" label="Hide" possible={hide.possible} />
          )}
        </Step>
        <Step number={2} title="Stop launches" word="disable" effects={stop.effects}>
          {isStopped ? (
            <StepButton {...offer} step="restore" action="enable-ami" label="Restore" />
          ) : (
            <StepButton
              {...offer}
              step="stop"
              action="disable-ami"
              label="Stop launches"
              possible={stop.possible}
            />
          )}
          {ami.kept && !isStopped && (
            <StepButton {...offer} step="restore" action="enable-ami" label="Share again as before" />
          )}
        </Step>
        <Step number={3} title="Remove" word="deregister" effects={remove.effects}>
          <StepButton
            {...offer}
            step="remove"
            action="deregister-ami"
            label="Remove"
            possible={remove.possible}
          />
        </Step>
      </div>
      {asked && <AmiStepDialog target={target} ami={ami} step={asked} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}

function Step({
  number,
  title,
  word,
  effects,
  children,
}: {
  number: number;
  title: string;
  word: string;
  effects: Effect[];
  children: React.ReactNode;
}) {
  return (
    <section
      aria-label={title}
      className="grid content-start gap-2 border-line px-3.5 py-3 max-md:not-last:border-b md:not-last:border-r"
    >
      <div className="flex items-baseline gap-2">
        <h3 className="m-0 flex-1 font-[550] text-[13.5px]">
          {number} {title}
        </h3>
        <span className="font-mono text-ink-2 text-xs">{word}</span>
      </div>
      <ul className="m-0 grid list-none gap-1.5 p-0">
        {effects.map((effect) => (
          <EffectLine key={effect.text} effect={effect} />
        ))}
      </ul>
      <div className="mt-1 flex flex-wrap gap-2">{children}</div>
    </section>
  );
}

const GLYPHS: Record<Effect["kind"], { glyph: string; className: string }> = {
  stops: { glyph: "×", className: "text-fail" },
  note: { glyph: "!", className: "text-wait" },
  fine: { glyph: "✓", className: "text-ok" },
};

/** One thing that a step does, with its sign. */
function EffectLine({ effect: { kind, text } }: { effect: Effect }) {
  const { glyph, className } = GLYPHS[kind];
  return (
    <li className="flex gap-1.5">
      <span aria-hidden="true" className={`font-mono font-semibold ${className}`}>
        {glyph}
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
    </li>
  );
}

function StepButton({
  step,
  action,
  label,
  resource,
  possible = { can: true },
  onAsk,
}: {
  step: AmiStep;
  action: Action;
  label: string;
  resource: string;
  possible?: RetireStep["possible"];
  onAsk: (step: AmiStep) => void;
}) {
  const id = useId();
  return (
    <>
      <PermittedButton
        action={action}
        resource={resource}
        aria-disabled={possible.can ? undefined : true}
        aria-describedby={possible.can ? undefined : id}
        onClick={() => possible.can && onAsk(step)}
      >
        {label}
      </PermittedButton>
      {!possible.can && (
        <span id={id} className="self-center text-ink-2 text-xs">
          {possible.why}
        </span>
      )}
    </>
  );
}
