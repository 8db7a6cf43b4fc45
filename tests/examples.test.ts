import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (name: string) => readFileSync(new URL(`../docs/${name}`, import.meta.url), "utf8");
const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));

/** What is wrong with an nginx example: no log line and no file may hold what somebody sends, or that they did. */
function nginxFaults(text: string): string[] {
  const lines = linesOf(text);
  const servers = lines.filter((line) => line === "server {").length;
  const must = (line: string, times: number) =>
    lines.filter((each) => each === line).length === times ? [] : [`${line} stands not ${times} times`];
  return [
    ...lines.filter((line) => line.startsWith("access_log") && line !== "access_log off;"),
    ...lines.filter((line) => line.startsWith("error_log") && line !== "error_log /dev/null crit;"),
    ...must("access_log off;", servers),
    ...must("error_log /dev/null crit;", servers),
    ...must("client_body_in_file_only off;", 1),
    ...must("proxy_request_buffering off;", 1),
    ...must("proxy_max_temp_file_size 0;", 1),
    ...(/add_header Strict-Transport-Security "max-age=\d{8}" always;/.test(text) ? [] : ["no HSTS"]),
    ...(text.includes("proxy_pass http://127.0.0.1:3000;") ? [] : ["another upstream"]),
    ...(/\$(remote_addr|proxy_add_x_forwarded_for)/.test(lines.join("\n")) ? ["gives an address on"] : []),
  ];
}

function caddyFaults(text: string): string[] {
  const lines = linesOf(text);
  const site = lines.slice(lines.indexOf("example.org {"));
  return [
    ...site.filter((line) => /^log\b/.test(line)),
    ...(lines.includes("exclude http.log http.handlers") ? [] : ["requests that fail are logged"]),
    ...(/Strict-Transport-Security "max-age=\d{8}"/.test(text) ? [] : ["no HSTS"]),
    ...(lines.includes("header_up -X-Forwarded-For") ? [] : ["gives an address on"]),
    ...(lines.some((line) => line.startsWith("reverse_proxy 127.0.0.1:3000")) ? [] : ["another upstream"]),
  ];
}

function unitFaults(text: string): string[] {
  const lines = linesOf(text);
  const wanted = [
    ...["DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes"],
    ...["CapabilityBoundingSet=", "LimitCORE=0", "UMask=0077", "Environment=HOST=127.0.0.1 PORT=3000"],
  ];
  const value = (name: string) => lines.find((line) => line.startsWith(`Environment=${name}=`))?.split("=")[2] ?? "";
  const apart = value("SECRETS_FILE").startsWith(value("DATA_DIR"));
  return [
    ...wanted.filter((line) => !lines.includes(line)),
    ...(apart ? ["secrets among the data"] : []),
    ...["DATA_DIR", "SECRETS_FILE", "BACKUP_DIR"].flatMap((name) => {
      const [, state = "none"] = /^\/var\/lib\/([\w-]+)/.exec(value(name)) ?? [];
      const made = lines.find((line) => line.startsWith("StateDirectory="))?.slice("StateDirectory=".length);
      return made?.split(" ").includes(state) ? [] : [`nobody may write at ${name}`];
    }),
    ...(value("BASE_URL").startsWith("https:") ? [] : ["no https"]),
  ];
}

describe.each([
  ["nginx.conf", nginxFaults],
  ["Caddyfile", caddyFaults],
  ["cuvam-te.service", unitFaults],
] as const)("docs/%s", (name, faults) => {
  it("logs nothing about anybody, keeps nothing on disk and lets nothing past TLS", () => {
    expect(faults(read(name))).toEqual([]);
  });

  it("is named where somebody looks for it", () => {
    expect(readFileSync(new URL("../README.md", import.meta.url), "utf8")).toContain(`docs/${name}`);
  });
});

describe("the checks can fail", () => {
  it.each([
    ["an access log", "access_log off;", "access_log /var/log/nginx/access.log;"],
    ["a server without its line", "access_log off;\n", "\n"],
    ["an error log with addresses", "error_log /dev/null crit;", "error_log /var/log/nginx/error.log;"],
    ["bodies in files", "client_body_in_file_only off;", "client_body_in_file_only clean;"],
    ["no HSTS", "Strict-Transport-Security", "X-Other"],
    ["an address that is given on", 'X-Real-IP ""', "X-Real-IP $remote_addr"],
  ])("for nginx: %s", (_, line, instead) => {
    expect(nginxFaults(read("nginx.conf").replace(line, instead))).not.toEqual([]);
  });

  it.each([
    ["an access log", "reverse_proxy", "log\n\treverse_proxy"],
    ["lines about requests that failed", "exclude http.log http.handlers", "level ERROR"],
    ["an address that is given on", "header_up -X-Forwarded-For", ""],
  ])("for Caddy: %s", (_, line, instead) => {
    expect(caddyFaults(read("Caddyfile").replace(line, instead))).not.toEqual([]);
  });

  it.each([
    ["a user of its own", "DynamicUser=yes", "User=root"],
    ["the whole disk", "ProtectSystem=strict", ""],
    ["every network", "HOST=127.0.0.1", "HOST=0.0.0.0"],
    ["a folder for backups", " cuvam-te-backups\n", "\n"],
    ["secrets in the backup", "/var/lib/cuvam-te-secrets/", "/var/lib/cuvam-te/store/"],
    ["no TLS", "BASE_URL=https", "BASE_URL=http"],
  ])("for systemd: %s", (_, line, instead) => {
    expect(unitFaults(read("cuvam-te.service").replace(line, instead))).not.toEqual([]);
  });
});
