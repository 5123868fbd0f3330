import type { ActionModule, ModuleInput } from "./types";

const everywhere = ["Linux", "Windows", "macOS"] as const;
const unix = ["Linux", "macOS"] as const;
const notWindows = ["Windows"] as const;

const path = (description: string): ModuleInput => ({
  name: "path",
  type: "string",
  required: true,
  description,
});

const overwrite = (description: string): ModuleInput => ({
  name: "overwrite",
  type: "boolean",
  default: "true",
  description,
});

const encoding: ModuleInput = {
  name: "encoding",
  type: "string",
  default: "utf8",
  anyCase: true,
  values: ["utf8", "utf16", "utf16-LE", "utf16-BE", "utf32", "utf32-LE", "utf32-BE"].flatMap((name) => [
    name,
    name.replace("utf", "utf-"),
  ]),
  description: "The encoding of the file, in any case.",
};

const ownership: readonly ModuleInput[] = [
  { name: "owner", type: "string", notOn: notWindows, description: "The user's name or id." },
  { name: "group", type: "string", notOn: notWindows, description: "The group's name or id." },
];

const permissions = (description: string, fallback?: string): ModuleInput => ({
  name: "permissions",
  type: "string",
  notOn: notWindows,
  description,
  ...(fallback === undefined ? { required: true } : { default: fallback }),
});

const transfer = (what: string): readonly ModuleInput[] => [
  {
    name: "source",
    type: "string",
    required: true,
    description: `The path of the ${what}; * in its last part.`,
  },
  { name: "destination", type: "string", required: true, description: "The path to write to." },
  overwrite(`false: leave a ${what} alone that is already there.`),
];

const owner: ModuleInput = { name: "owner", type: "string", required: true, description: "The user's name." };
const group: ModuleInput = {
  name: "group",
  type: "string",
  default: "the user's group",
  description: "The group's name.",
};
const recursive: ModuleInput = {
  name: "recursive",
  type: "boolean",
  default: "true",
  description: "false: change only the folder, not what it holds.",
};

type FileModule = Omit<ActionModule, "link">;

/** Modules that work on files and folders. All take a list. */
export const fileModules: readonly FileModule[] = (
  [
    {
      name: "AppendFile",
      description: "Adds content to the end of a file.",
      platforms: everywhere,
      inputs: [
        path("The file."),
        { name: "content", type: "string", default: "empty", description: "What to add." },
        encoding,
      ],
    },
    {
      name: "CopyFile",
      description: "Copies files.",
      platforms: everywhere,
      copiesByPattern: true,
      inputs: transfer("file"),
    },
    {
      name: "CopyFolder",
      description: "Copies folders with what they hold.",
      platforms: everywhere,
      copiesByPattern: true,
      inputs: transfer("folder"),
    },
    {
      name: "CreateFile",
      description: "Creates a file with content.",
      platforms: everywhere,
      inputs: [
        path("The file."),
        { name: "content", type: "string", description: "What the file holds." },
        encoding,
        ...ownership,
        permissions("The file's mode as text.", "0666"),
        overwrite("false: leave a file alone that is already there."),
      ],
    },
    {
      name: "CreateFolder",
      description: "Creates a folder.",
      platforms: everywhere,
      inputs: [
        path("The folder."),
        ...ownership,
        permissions("The folder's mode as text.", "0777"),
        overwrite("false: leave a folder alone that is already there."),
      ],
    },
    {
      name: "CreateSymlink",
      description: "Creates a symbolic link.",
      platforms: unix,
      inputs: [
        path("The link."),
        { name: "target", type: "string", required: true, description: "What the link points to." },
        { name: "force", type: "boolean", default: "false", description: "Replace a link of that name." },
      ],
    },
    {
      name: "DeleteFile",
      description: "Deletes files.",
      platforms: everywhere,
      inputs: [
        path("The file; * is allowed."),
        // amazon-ec2-image-builder-samples, inspec-test-linux-component.yml.
        { name: "force", type: "boolean", undocumented: true, description: "Not in the guide." },
      ],
    },
    {
      name: "DeleteFolder",
      description: "Deletes folders.",
      platforms: everywhere,
      inputs: [
        path("The folder."),
        { name: "force", type: "boolean", default: "false", description: "true: also when it is not empty." },
      ],
    },
    {
      name: "ListFiles",
      description: "Lists the files in a folder.",
      platforms: everywhere,
      inputs: [
        path("The folder."),
        { name: "fileNamePattern", type: "string", description: "Only files whose name matches." },
        { name: "recursive", type: "boolean", default: "false", description: "Also folders below." },
      ],
      outputs: ["files"],
    },
    {
      name: "MoveFile",
      description: "Moves files.",
      platforms: everywhere,
      copiesByPattern: true,
      inputs: transfer("file"),
    },
    {
      name: "MoveFolder",
      description: "Moves folders with what they hold.",
      platforms: everywhere,
      copiesByPattern: true,
      inputs: transfer("folder"),
    },
    {
      name: "ReadFile",
      description: "Reads a text file into the step's output.",
      platforms: everywhere,
      inputs: [
        path("The file."),
        encoding,
        {
          name: "printFileContent",
          type: "boolean",
          default: "false",
          description: "true: print the content to the log, where secrets do not belong.",
        },
      ],
      outputs: ["content"],
    },
    {
      name: "SetFileEncoding",
      description: "Changes the encoding of a file.",
      platforms: everywhere,
      inputs: [path("The file."), encoding],
    },
    {
      name: "SetFileOwner",
      description: "Changes who owns a file.",
      platforms: unix,
      inputs: [path("The file."), owner, group],
    },
    {
      name: "SetFolderOwner",
      description: "Changes who owns a folder and what it holds.",
      platforms: unix,
      inputs: [path("The folder."), owner, group, recursive],
    },
    {
      name: "SetFilePermissions",
      description: "Changes the mode of a file.",
      platforms: unix,
      inputs: [path("The file."), permissions("The mode as text, for example '0755'.")],
    },
    {
      name: "SetFolderPermissions",
      description: "Changes the mode of a folder and what it holds.",
      platforms: unix,
      inputs: [path("The folder."), permissions("The mode as text, for example '0755'."), recursive],
    },
  ] satisfies (Omit<FileModule, "shape" | "outputs"> & { outputs?: readonly string[] })[]
).map((module) => ({ outputs: [], ...module, shape: "list" }));
