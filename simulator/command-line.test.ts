import { describe, expect, test } from "vitest";
import { helpText, readCommandLine } from "./command-line";

describe("the command line", () => {
  test("asks for nothing", () => {
    expect(readCommandLine([], {})).toEqual({ port: 4600 });
  });

  test("takes each setting by flag and by variable, and the flag holds", () => {
    const said = { port: "4601", data: "here", speed: "2.5", seed: "empty", trouble: '{"latencyMs":5}' };
    const read = { port: 4601, dataFolder: "here", speed: 2.5, seed: "empty", trouble: '{"latencyMs":5}' };
    const flags = Object.entries(said).flatMap(([name, value]) => [`--${name}`, value]);
    const variables = Object.fromEntries(
      Object.entries(said).map(([name, value]) => [`IMAGEBUILDER_SIMULATOR_${name.toUpperCase()}`, value]),
    );
    expect(readCommandLine(flags, {})).toEqual(read);
    expect(readCommandLine([], variables)).toEqual(read);
    expect(readCommandLine(["--port=4602"], variables)).toEqual({ ...read, port: 4602 });
    for (const name of Object.keys(said)) expect(helpText()).toContain(`--${name} `);
  });

  test.each(["", "-1", "1e3", "65536", "4600.5", "http", " 1"])("refuses the port '%s'", (port) => {
    if (port === "") expect(readCommandLine([`--port=${port}`], {})).toEqual({ port: 4600 });
    else
      expect(() => readCommandLine([`--port=${port}`], {})).toThrow("--port (IMAGEBUILDER_SIMULATOR_PORT)");
  });

  test.each(["0", "-1", "fast", "NaN", "Infinity", " "])("refuses the speed '%s'", (speed) => {
    expect(() => readCommandLine([`--speed=${speed}`], {})).toThrow("--speed (IMAGEBUILDER_SIMULATOR_SPEED)");
  });

  test.each([["--sped", "3"], ["demo"], ["--port"]])("refuses what it does not know: %s", (...args) => {
    expect(() => readCommandLine(args, {})).toThrow();
  });
});
