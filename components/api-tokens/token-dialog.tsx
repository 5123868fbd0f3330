"use client";
import Link from "next/link";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useRefusal } from "@/components/shell/permissions-provider";
import { Button } from "@/components/ui/button";
import { Checkbox, Input, Radio, Select } from "@/components/ui/inputs";
import { ModalPanel } from "@/components/ui/modal-panel";
import { Mono } from "@/components/ui/mono";
import { RefusalNote } from "@/components/ui/refusal-note";
import { ShownOnceDialog } from "@/components/ui/shown-once-dialog";
import { createTokenAction } from "@/lib/actions/token-actions";
import type { TokenKind, TokenList } from "@/lib/api-tokens/types";
import { ROLES, type Role } from "@/lib/core/actor";
import { apiV1Urls, urls } from "@/lib/core/urls";
import { useTokenWrite } from "./use-token-write";

const ROLE_WORDS: Record<Role, string> = {
  viewer: "viewer: read everything",
  operator: "operator: run, cancel and approve",
  author: "author: as operator, for now",
  admin: "admin: as operator, for now",
};
const FEED_ROLES = ["viewer", "admin"] as const;
const FEED_WORDS: Partial<Record<Role, string>> = {
  viewer: "viewer: builds, roll-outs and schedules",
  admin: "admin: also changes made in this console",
};
const LASTING = [7, 30, 90, 180, 365];

/** Asks what a new token is for, and shows it once. */
export function TokenDialog({
  target,
  choices,
  onClose,
}: {
  target: string;
  choices: TokenList["choices"];
  onClose: () => void;
}) {
  const id = useId();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<TokenKind>("person");
  const [role, setRole] = useState<Role>("operator");
  const [targets, setTargets] = useState<string[]>([target]);
  const [names, setNames] = useState("");
  const [days, setDays] = useState(90);
  const [token, setToken] = useState<string>();
  const { refusal, isBusy, write } = useTokenWrite(target);
  const noService = useRefusal("manage-tokens");
  const chooseFeed = () => {
    setKind("feed");
    setRole("viewer");
  };
  const create = (event: FormEvent) => {
    event.preventDefault();
    const namePrefixes = names
      .split(",")
      .map((part) => part.trim().replace(/\*$/, ""))
      .filter((part) => part !== "");
    write(
      () => createTokenAction({ target, name, kind, role, targets, namePrefixes, days }),
      (created) => setToken(created.token),
    );
  };
  if (token && kind === "feed")
    return (
      <NewFeedKey
        places={targets.includes("*") ? choices.targets.map((place) => place.id) : targets}
        token={token}
        onClose={onClose}
      />
    );
  if (token) return <NewToken target={target} token={token} onClose={onClose} />;
  const places = [
    ...(choices.mayTakeAll ? [{ id: "*", label: "All, including future ones" }] : []),
    ...choices.targets,
  ];
  return (
    <ModalPanel label="Create token" onClose={onClose}>
      <form onSubmit={create} noValidate className="grid gap-3 p-4">
        <h2 className="m-0 font-semibold text-[15px]">Create token</h2>
        <Labeled id={`${id}-name`} label="Name">
          <Input
            id={`${id}-name`}
            value={name}
            placeholder="ci"
            autoComplete="off"
            aria-invalid={Boolean(refusal?.fields?.name)}
            onChange={(event) => setName(event.target.value)}
          />
        </Labeled>
        <fieldset className="m-0 grid gap-1.5 border-0 p-0">
          <legend className="mb-1 p-0 font-[550]">Used by</legend>
          <label className="flex items-center gap-2">
            <Radio name={`${id}-kind`} checked={kind === "person"} onChange={() => setKind("person")} />
            Me: it pauses when I have not signed in for {inDays(choices.tokenDays.person)}
          </label>
          <label className="flex items-center gap-2">
            <Radio
              name={`${id}-kind`}
              checked={kind === "service"}
              disabled={Boolean(noService)}
              onChange={() => setKind("service")}
            />
            A service, whose token administrators see and revoke: it pauses when I have not signed in for{" "}
            {inDays(choices.tokenDays.service)}
          </label>
          {noService && <span className="text-ink-2 text-xs">{noService}</span>}
          <label className="flex items-center gap-2">
            <Radio name={`${id}-kind`} checked={kind === "feed"} onChange={() => chooseFeed()} />A feed reader
            or calendar: the key stands in the address and reads feeds only
          </label>
        </fieldset>
        <Labeled id={`${id}-role`} label="Role">
          <Select id={`${id}-role`} value={role} onChange={(event) => setRole(event.target.value as Role)}>
            {(kind === "feed" ? FEED_ROLES : ROLES).map((each) => (
              <option key={each} value={each}>
                {kind === "feed" ? FEED_WORDS[each] : ROLE_WORDS[each]}
              </option>
            ))}
          </Select>
        </Labeled>
        <fieldset className="m-0 grid max-h-44 gap-1.5 overflow-auto border-0 p-0">
          <legend className="mb-1 p-0 font-[550]">Accounts</legend>
          {places.map((place) => (
            <label key={place.id} className="flex items-center gap-2">
              <Checkbox
                checked={targets.includes(place.id)}
                disabled={place.id !== "*" && targets.includes("*")}
                onChange={({ target: { checked } }) =>
                  setTargets(checked ? [...targets, place.id] : targets.filter((each) => each !== place.id))
                }
              />
              {place.label}
            </label>
          ))}
        </fieldset>
        <Labeled
          id={`${id}-names`}
          label="Names"
          hint="Name prefixes it can access, separated by commas. Leave empty for all names."
        >
          <Input
            id={`${id}-names`}
            value={names}
            isMono
            placeholder="web-*, db-*"
            autoComplete="off"
            aria-describedby={`${id}-names-hint`}
            onChange={(event) => setNames(event.target.value)}
          />
        </Labeled>
        <Labeled id={`${id}-days`} label="Expires after">
          <Select id={`${id}-days`} value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {LASTING.map((each) => (
              <option key={each} value={each}>
                {each} days
              </option>
            ))}
          </Select>
        </Labeled>
        {refusal && <RefusalNote refusal={Object.values(refusal.fields ?? {})[0] ?? refusal} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={isBusy}>
            Create
          </Button>
        </div>
      </form>
    </ModalPanel>
  );
}

function NewToken({ target, token, onClose }: { target: string; token: string; onClose: () => void }) {
  return (
    <ShownOnceDialog
      title="New token"
      intro="Copy it now. It is not shown again."
      secret={token}
      copyLabel="Copy the token"
      onClose={onClose}
    >
      <p className="m-0 text-ink-2">
        Keep it as <code>GOLDSMITH_TOKEN</code> where your pipeline keeps its secrets.{" "}
        <Link href={urls.apiReference(target)} className="underline">
          See what it can do
        </Link>
        .
      </p>
    </ShownOnceDialog>
  );
}

/** Where each account's feeds are with a new key. */
function NewFeedKey({ places, token, onClose }: { places: string[]; token: string; onClose: () => void }) {
  const addressesOf = (place: string) => [
    apiV1Urls.activityFeed(place, { key: token }),
    apiV1Urls.scheduleCalendar(place, { key: token }),
  ];
  return (
    <ShownOnceDialog
      title="New feed key"
      intro="Copy the addresses now: the key in them is not shown again. Anyone with an address can read that feed until you revoke the key."
      secret={token}
      copyLabel="Copy the key"
      onClose={onClose}
    >
      <ul aria-label="Feed addresses" className="m-0 grid max-h-60 list-none gap-2 overflow-auto p-0">
        {places.flatMap(addressesOf).map((path) => (
          <li key={path}>
            <Mono copy>{`${window.location.origin}${path}`}</Mono>
          </li>
        ))}
      </ul>
    </ShownOnceDialog>
  );
}

function Labeled({
  id,
  label,
  hint,
  children,
}: {
  id: string;
  label: string;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-[550]">
        {label}
      </label>
      {children}
      {hint && (
        <span id={`${id}-hint`} className="text-ink-2 text-xs">
          {hint}
        </span>
      )}
    </div>
  );
}

const inDays = (count: number) => `${count} ${count === 1 ? "day" : "days"}`;
