/** The platforms a component can be made for, in AWS's spelling. */
export type Platform = "Linux" | "Windows" | "macOS";

export type InputType =
  | "string"
  | "boolean"
  | "integer"
  | "string list"
  /** Text, a number, or a list of texts or numbers: the value of a registry entry. */
  | "text, number or list"
  | "text map"
  | "parameter list";

export interface ModuleInput {
  name: string;
  type: InputType;
  required?: true;
  /** What AWSTOE takes when the input is absent, in words of the guide. */
  default?: string;
  /** The values AWSTOE accepts, when it accepts no others. */
  values?: readonly string[];
  /** Whether AWSTOE compares `values` without regard to case. */
  anyCase?: true;
  description: string;
  /** Platforms where AWSTOE refuses the input. */
  notOn?: readonly Platform[];
  /** Keys that AWSTOE refuses in a map. */
  refusedKeys?: readonly string[];
  /** What a text must match. */
  pattern?: RegExp;
  /** Used by AWS's own documents, yet absent from the guide: accepted, never offered. */
  undocumented?: true;
}

export interface ActionModule {
  name: string;
  description: string;
  platforms: readonly Platform[];
  /** `list`: inputs is a list of maps; `map`: one map; `optional map`: may be left out; `condition`: a comparison. */
  shape: "list" | "map" | "optional map" | "condition";
  inputs: readonly ModuleInput[];
  /** Exactly one of these inputs must be given. */
  oneOf?: readonly string[];
  /** All of these inputs or none. */
  together?: readonly string[];
  /** `*` may stand in the last part of `source`; `destination` then ends with a separator. */
  copiesByPattern?: true;
  outputs: readonly string[];
  /** Step keys AWSTOE refuses for this module, with the only value it takes where there is one. */
  fixedStepKeys?: Readonly<Record<string, number | null>>;
  link: string;
}
