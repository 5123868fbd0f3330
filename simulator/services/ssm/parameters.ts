import type * as sdk from "@aws-sdk/client-ssm";
import {
  InvalidNextToken,
  ParameterAlreadyExists,
  ParameterNotFound,
  type ParameterStringFilter,
} from "@aws-sdk/client-ssm";
import { DAY_MS } from "../../engine/clock";
import { pageOf } from "../../engine/page";
import { tagsFromList } from "../../engine/tags";
import type { Handlers } from "../../wire/contract";
import { BASE_IMAGES, baseImageAmiId, baseImageVersions } from "../imagebuilder/managed/base-images";
import type { ParameterRow, SsmStore } from "./store";

export type Ssm = Handlers<typeof sdk, SsmStore>;

export const parameters = {
  PutParameter({ store, now }, input) {
    const { Name: name = "", Value: value = "", Overwrite = false } = input;
    const row = store.putParameter(
      {
        name,
        value,
        lastModifiedAt: now,
        ...(input.Type && { type: input.Type as ParameterRow["type"] }),
        ...(input.DataType && { dataType: input.DataType }),
        ...(input.Description !== undefined && { description: input.Description }),
        ...(input.Tags && { tags: tagsFromList(input.Tags) }),
      },
      Overwrite,
    );
    if (!row) {
      const message =
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.";
      throw new ParameterAlreadyExists({ message, $metadata: {} });
    }
    return { Version: row.version, Tier: "Standard" };
  },

  GetParameter({ store, now }, { Name = "" }) {
    const row = findParameter(store, Name, now);
    if (!row) throw notFound(Name);
    return { Parameter: describeParameter(store, row) };
  },

  GetParameters({ store, now }, { Names = [] }) {
    const found = Names.flatMap((name) => findParameter(store, name, now) ?? []);
    const names = new Set(found.map(({ name }) => name));
    return {
      Parameters: found.map((row) => describeParameter(store, row)),
      InvalidParameters: Names.filter((name) => !names.has(plainName(name))),
    };
  },

  GetParametersByPath({ store, now }, { Path = "/", Recursive = false, NextToken, MaxResults }) {
    const folder = Path.endsWith("/") ? Path : `${Path}/`;
    const inFolder = ({ name }: ParameterRow) =>
      name.startsWith(folder) && (Recursive || !name.slice(folder.length).includes("/"));
    const rows = [...store.parameters.values(), ...publicParameters(store.region, now)]
      .filter(inFolder)
      .sort(byName);
    const page = ssmPage(rows, { NextToken, MaxResults }, 10, folder);
    return { Parameters: page.items.map((row) => describeParameter(store, row)), NextToken: page.nextToken };
  },

  DescribeParameters({ store }, input) {
    const matches = (row: ParameterRow) =>
      (input.ParameterFilters ?? []).every((filter) => passes(row, filter));
    const page = ssmPage(
      store.parameters.list(matches).sort(byName),
      input,
      50,
      JSON.stringify(input.ParameterFilters),
    );
    return {
      Parameters: page.items.map((row) => {
        const { Value: _, SourceResult: __, Selector: ___, ...metadata } = describeParameter(store, row);
        return {
          ...metadata,
          Description: row.description,
          LastModifiedUser: row.lastModifiedBy,
          Tier: "Standard" as const,
          Policies: [],
        };
      }),
      NextToken: page.nextToken,
    };
  },

  GetParameterHistory({ store, now }, { Name = "" }) {
    const row = findParameter(store, Name, now);
    if (!row) throw notFound(Name);
    // Differs from AWS: only the newest version is kept.
    return {
      Parameters: [{ ...describeParameter(store, row), LastModifiedUser: row.lastModifiedBy, Labels: [] }],
    };
  },

  DeleteParameter({ store }, { Name = "" }) {
    if (!store.parameters.delete(Name)) throw notFound(Name);
    return {};
  },

  DeleteParameters({ store }, { Names = [] }) {
    const DeletedParameters = Names.filter((name) => store.parameters.delete(name));
    return {
      DeletedParameters,
      InvalidParameters: Names.filter((name) => !DeletedParameters.includes(name)),
    };
  },
} satisfies Partial<Ssm>;

/** The parameters under /aws/service that hold the newest AMI of a base image. */
function publicParameters(region: string, now: number): ParameterRow[] {
  return BASE_IMAGES.flatMap((image) => {
    const [newest] = baseImageVersions(image, now);
    if (!newest) return [];
    return image.ssmParameters.map((name) => ({
      name,
      type: "String" as const,
      value: baseImageAmiId(region, newest),
      version: 100 + (Math.floor(newest.releasedAt / DAY_MS / 14) % 100),
      dataType: "aws:ec2:image",
      lastModifiedAt: newest.releasedAt,
      lastModifiedBy: "arn:aws:iam::137112412989:root",
      tags: {},
    }));
  });
}

/** The parameter that a name, an ARN, or either with a version or label means: own or public. */
export function findParameter(store: SsmStore, reference: string, now: number): ParameterRow | undefined {
  const name = plainName(reference);
  return store.parameters.get(name) ?? publicParameters(store.region, now).find((row) => row.name === name);
}

/** A name without its ARN, version or label. */
function plainName(reference: string): string {
  const name = reference.startsWith("arn:") ? reference.split(":parameter")[1] : reference.split(":")[0];
  return name ?? reference;
}

function describeParameter(store: SsmStore, row: ParameterRow) {
  const owner = row.name.startsWith("/aws/service/") ? "" : store.account;
  return {
    Name: row.name,
    Type: row.type,
    Value: row.value,
    Version: row.version,
    DataType: row.dataType,
    LastModifiedDate: new Date(row.lastModifiedAt),
    ARN: `arn:${store.partition}:ssm:${store.region}:${owner}:parameter${row.name.startsWith("/") ? "" : "/"}${row.name}`,
    SourceResult: undefined,
    Selector: undefined,
  };
}

function passes(
  row: ParameterRow,
  { Key = "", Option = "Equals", Values = [] }: ParameterStringFilter,
): boolean {
  const value = { Name: row.name, Type: row.type, DataType: row.dataType, Path: row.name }[Key] ?? "";
  return Values.some((wanted) => {
    if (Option === "Contains") return value.includes(wanted);
    return Option === "BeginsWith" || Key === "Path" ? value.startsWith(wanted) : value === wanted;
  });
}

function ssmPage<Row>(
  rows: Row[],
  input: { NextToken?: string | undefined; MaxResults?: number | undefined },
  defaultSize: number,
  query: string | undefined,
) {
  const request = { nextToken: input.NextToken, maxResults: input.MaxResults };
  return pageOf(rows, request, {
    defaultSize,
    query,
    refuse: () => {
      throw new InvalidNextToken({ message: "The specified token is not valid.", $metadata: {} });
    },
  });
}

function notFound(name: string): ParameterNotFound {
  return new ParameterNotFound({ message: `Parameter ${name} not found.`, $metadata: {} });
}

const byName = (a: ParameterRow, b: ParameterRow) => (a.name < b.name ? -1 : 1);
