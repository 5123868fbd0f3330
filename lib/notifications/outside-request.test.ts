import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { isPublicAddress, postJson, readReceiverUrl } from "./outside-request";

/** Ways to write an address that is not on the internet. */
const INNER = [
  "http://hooks.example.com/x",
  "ftp://hooks.example.com/x",
  "file:///etc/passwd",
  "https://user:pass@hooks.example.com/",
  "https://localhost/",
  "https://LOCALHOST./",
  "https://metadata/",
  "https://metadata.google.internal/",
  "https://printer.local/",
  "https://a.localhost/",
  "https://127.0.0.1/",
  "https://127.1/",
  "https://127.0.1/",
  "https://2130706433/",
  "https://0x7f000001/",
  "https://0x7f.0.0.1/",
  "https://0177.0.0.1/",
  "https://017700000001/",
  "https://①②⑦.0.0.1/",
  "https://0/",
  "https://0.0.0.0/",
  "https://10.0.0.1/",
  "https://10.255.255.255/",
  "https://172.16.0.1/",
  "https://172.31.255.255/",
  "https://192.168.1.1/",
  "https://169.254.169.254/latest/meta-data/",
  "https://169.254.170.2/v2/credentials",
  "https://0xa9fea9fe/",
  "https://2852039166/",
  "https://100.64.0.1/",
  "https://198.18.0.1/",
  "https://224.0.0.1/",
  "https://255.255.255.255/",
  "https://[::1]/",
  "https://[::]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:7f00:1]/",
  "https://[::ffff:169.254.169.254]/",
  "https://[0:0:0:0:0:ffff:a9fe:a9fe]/",
  "https://[fd00:ec2::254]/",
  "https://[fc00::1]/",
  "https://[fe80::1]/",
  "https://[ff02::1]/",
  "https://[64:ff9b::7f00:1]/",
  "https://[2002:7f00:1::]/",
  "https://[::127.0.0.1]/",
  "https://[100::1]/",
  "not an address",
  "//hooks.example.com",
];

describe("the address of a receiver", () => {
  it.each(INNER)("refuses %s", (text) => {
    expect(() => readReceiverUrl(text, [])).toThrow(expect.objectContaining({ name: "ConsoleFailure" }));
  });

  it.each([
    "https://hooks.slack.com/services/T/B/x",
    "https://8.8.8.8/x",
    "https://[2606:4700::1111]/",
    "https://bücher.example/",
  ])("takes %s", (text) => {
    expect(readReceiverUrl(text, []).protocol).toBe("https:");
  });

  it("takes a host that the environment allows, by its name or with its port, and no other beside it", () => {
    expect(readReceiverUrl("http://tickets.corp:8080/x", ["tickets.corp"]).port).toBe("8080");
    expect(readReceiverUrl("http://10.1.2.3:8080/x", ["10.1.2.3:8080"]).port).toBe("8080");
    expect(() => readReceiverUrl("http://10.1.2.3:8081/x", ["10.1.2.3:8080"])).toThrow();
    expect(() => readReceiverUrl("http://tickets.corp.evil.example/x", ["tickets.corp"])).toThrow();
  });

  it("holds what a name resolves to against the same rule", () => {
    for (const inner of [
      "127.0.0.1",
      "10.0.0.1",
      "169.254.169.254",
      "::1",
      "fd00::1",
      "::ffff:10.0.0.1",
      "junk",
    ])
      expect(isPublicAddress(inner), inner).toBe(false);
    for (const outer of ["8.8.8.8", "2606:4700::1111"]) expect(isPublicAddress(outer), outer).toBe(true);
  });

  it("follows no redirect", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(String(request.url));
      response.writeHead(302, { location: "/inner" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { status } = await postJson(`http://127.0.0.1:${port}/x`, { body: "{}", inside: ["127.0.0.1"] });
    server.close();
    expect({ status, asked }).toEqual({ status: 302, asked: ["/x"] });
  });
});
