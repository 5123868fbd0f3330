"use client";
import { useQuery } from "@tanstack/react-query";
import { Controller } from "react-hook-form";
import { Input } from "@/components/ui/inputs";
import type { Json, JsonObject, ResourceSummary } from "@/lib/definitions/types";
import { resourceQuery } from "@/lib/queries/resources";

type Given = { name: string; value: string[] };

/** A field for each parameter the component's document declares; left empty, its default holds. */
export function ComponentParameters({
  target,
  name,
  component,
}: {
  target: string;
  name: string;
  component: ResourceSummary;
}) {
  const { data } = useQuery({
    ...resourceQuery(target, {
      kind: "component",
      name: component.name,
      version: component.version,
      owner: component.owner === "Amazon" ? "Amazon" : undefined,
    }),
    refetchInterval: false,
    staleTime: 300_000,
  });
  const declared = listOf(data?.content.parameters);
  if (declared.length === 0) return null;
  return (
    <Controller
      name={name}
      render={({ field: { value, onChange } }) => {
        const given = (Array.isArray(value) ? value : []) as Given[];
        const set = (parameter: string, text: string) => {
          const others = given.filter((one) => one.name !== parameter);
          const all = text === "" ? others : [...others, { name: parameter, value: [text] }];
          onChange(all.length > 0 ? all : undefined);
        };
        return (
          <div className="mt-1.5 ml-8 grid gap-2 sm:grid-cols-2">
            {declared.map((parameter) => (
              <ParameterInput
                key={String(parameter.name)}
                component={component.name}
                parameter={parameter}
                text={given.find((one) => one.name === parameter.name)?.value.join(",") ?? ""}
                onChange={(text) => set(String(parameter.name), text)}
              />
            ))}
          </div>
        );
      }}
    />
  );
}

/** AWSTOE knows two types of value, text and whole number. */
function ParameterInput({
  component,
  parameter,
  text,
  onChange,
}: {
  component: string;
  parameter: JsonObject;
  text: string;
  onChange: (text: string) => void;
}) {
  const { name, type, description, defaultValue } = parameter;
  const isNumber = type === "integer";
  const isWrong = isNumber && text !== "" && !/^-?\d+$/.test(text);
  const standard = Array.isArray(defaultValue) ? defaultValue.join(",") : "";
  return (
    <label className="grid gap-0.5 text-xs">
      <span className="text-ink-2">
        {String(name)} <span className="text-ink-3">{isNumber ? "whole number" : ""}</span>
      </span>
      <Input
        aria-label={`${String(name)} of ${component}`}
        value={text}
        inputMode={isNumber ? "numeric" : undefined}
        aria-invalid={isWrong || undefined}
        placeholder={standard ? `Default: ${standard}` : "needed"}
        title={typeof description === "string" ? description : undefined}
        onChange={({ target }) => onChange(target.value)}
      />
      {isWrong && <span className="text-fail">Enter a whole number.</span>}
    </label>
  );
}

const listOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value)
    ? value.filter((one): one is JsonObject => typeof one === "object" && one !== null && !Array.isArray(one))
    : [];
