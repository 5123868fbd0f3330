import { spawnSync } from "node:child_process";
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What Goldsmith's viewer is measured beside. They live in the cache: the product does not carry them. */
const PACKAGES = {
  "@melloware/react-logviewer": "6.5.5",
  "@patternfly/react-core": "6.6.1",
  "@patternfly/react-log-viewer": "6.5.0",
  "@tanstack/react-virtual": "3.14.26",
  esbuild: "0.28.2",
  react: "19.3.1",
  "react-dom": "19.3.1",
};

/**
 * Each gets the sample from the same server, uncompressed, and says when it has it all. Without its base styles
 * PatternFly's viewer knows no height of a line, and does not scroll.
 */
const PAGES = {
  "patternfly.tsx": `
    import "@patternfly/react-core/dist/styles/base.css";
    import { createRoot } from "react-dom/client";
    import { LogViewer, LogViewerSearch } from "@patternfly/react-log-viewer";
    import { Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
    const text = await (await fetch("/sample" + location.search)).text();
    const toolbar = <Toolbar><ToolbarContent><ToolbarItem>
      <LogViewerSearch placeholder="Search" minSearchChars={1} /></ToolbarItem></ToolbarContent></Toolbar>;
    createRoot(document.getElementById("root")).render(
      <LogViewer data={text} height={700} hasLineNumbers isTextWrapped={false} toolbar={toolbar} />);
    requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.hasLoaded = true; }));`,
  "react-logviewer.tsx": `
    import { createRoot } from "react-dom/client";
    import { LazyLog } from "@melloware/react-logviewer";
    createRoot(document.getElementById("root")).render(
      <div style={{ height: 700 }}>
        <LazyLog url={location.origin + "/sample" + location.search} enableSearch
          onLoad={() => { globalThis.hasLoaded = true; }} /></div>);`,
  "tanstack-virtual.tsx": `
    import { useRef } from "react";
    import { createRoot } from "react-dom/client";
    import { useVirtualizer } from "@tanstack/react-virtual";
    const lines = (await (await fetch("/sample" + location.search)).text()).split("\\n");
    function List() {
      const scroller = useRef(null);
      const rows = useVirtualizer({ count: lines.length, estimateSize: () => 19, overscan: 10,
        getScrollElement: () => scroller.current });
      return <div ref={scroller} style={{ height: 700, overflow: "auto", font: "12.5px/19px monospace" }}>
        <div style={{ height: rows.getTotalSize(), position: "relative" }}>
          {rows.getVirtualItems().map(({ index, start }) =>
            <div key={index} style={{ position: "absolute", top: 0, transform: "translateY(" + start + "px)", whiteSpace: "pre" }}>
              {lines[index]}</div>)}
        </div></div>;
    }
    createRoot(document.getElementById("root")).render(<List />);
    requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.hasLoaded = true; }));`,
};

/** Installs and bundles the peers in `folder`, unless that has been done. */
export async function preparePeers(folder) {
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.stringify({ private: true, type: "module", dependencies: PACKAGES });
  const manifestFile = join(folder, "package.json");
  if (!existsSync(manifestFile) || readFileSync(manifestFile, "utf8") !== manifest) {
    writeFileSync(manifestFile, manifest);
    const args = ["install", "--no-audit", "--no-fund", "--no-package-lock"];
    const { status } = spawnSync("npm", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0) throw new Error("The peers could not be installed: npm install failed.");
  }
  const { build } = createRequire(manifestFile)("esbuild");
  for (const [name, source] of Object.entries(PAGES)) writeFileSync(join(folder, name), source);
  await build({
    absWorkingDir: folder,
    entryPoints: Object.keys(PAGES),
    outdir: "bundles",
    bundle: true,
    minify: true,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".woff2": "empty", ".woff": "empty", ".svg": "empty", ".jpg": "empty", ".png": "empty" },
    logLevel: "error",
  });
}

/** Serves the peers' pages and, at /sample?<file>, a sample from `folder`. Nothing is compressed or kept. */
export function servePeers(folder, port) {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
    const send = (type, file) => {
      response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" });
      createReadStream(file)
        .on("error", () => response.end())
        .pipe(response);
    };
    const [, name, ending] = /^\/([a-z-]+)\.(js|css|html)$/.exec(pathname) ?? [];
    const sample = /^\?(\d+\.log)$/.exec(search)?.[1];
    if (pathname === "/sample" && sample) return send("text/plain", join(folder, sample));
    if (ending === "js") return send("text/javascript", join(folder, "bundles", `${name}.js`));
    if (ending === "css") return send("text/css", join(folder, "bundles", `${name}.css`));
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(
      `<!doctype html><title>${name}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/${name}.css">
       <div id="root"></div><script type="module" src="/${name}.js"></script>`,
    );
  });
  return new Promise((settle) => server.listen(port, "127.0.0.1", () => settle(server)));
}
