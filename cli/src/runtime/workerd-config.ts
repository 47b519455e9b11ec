import { relative } from "node:path";
import { reservedRanges } from "@passage/protocol/addresses";
import type { WorkerManifest } from "./manifest.ts";

export interface Topology {
  /** Folder of the configuration file; `embed` paths are relative to it. */
  readonly folder: string;
  /** Folder of the objects' databases. */
  readonly objectsFolder: string;
  readonly server: WorkerManifest;
  /** Absolute path of the module that says what the server offers. */
  readonly catalog: string;
  /** null in production: the server answers alone and reaches no loopback address. */
  readonly sandbox: WorkerManifest | null;
  /** Sandbox sites that packages of providers bring, for the sandbox in front to pass requests to. */
  readonly sites: readonly SiteWorker[];
  readonly listen: { readonly host: string; readonly port: number };
  /** Names of environment variables that the server reads as bindings; their values never stand in the file. */
  readonly variables: readonly string[];
}

/** A sandbox site as a Worker of its own, which keeps nothing and reaches nothing. */
export interface SiteWorker {
  /** The twins that it answers as, such as `www.cedar-library.localhost`. */
  readonly hosts: readonly string[];
  /** Absolute path of its module. */
  readonly main: string;
}

/**
 * The network that leads out: public addresses only, looked at when a name has been resolved. What workerd itself calls
 * public still has benchmarking, NAT64, 6to4 and Azure's metadata address in it.
 */
export const internet = `(name = "internet", network = (
      allow = ["public"],
      deny = [${Object.keys(reservedRanges).map(text).join(", ")}],
      tlsOptions = (trustBrowserCas = true),
    ))`;

/** workerd's configuration. The server reaches public addresses only; the sandbox none at all. */
export function workerdConfig(topology: Topology): string {
  const { folder, objectsFolder, server, catalog, sandbox, sites, listen, variables } = topology;
  const bySites = Object.fromEntries(sites.flatMap(({ hosts }, index) => hosts.map((host) => [host, siteName(index)])));
  const workers = [
    worker(server, folder, { "catalog.js": catalog }, [
      ...variables.map((name) => `(name = ${text(name)}, fromEnvironment = ${text(name)})`),
      ...(server.assets ? [`(name = ${text(server.assets.binding)}, service = "assets")`] : []),
      ...(sandbox ? ['(name = "LOOPBACK", service = "loopback")'] : []),
    ]),
    ...(sandbox
      ? [
          worker(sandbox, folder, {}, [
            `(name = "PACKAGE_SITES", json = ${text(JSON.stringify(bySites))})`,
            ...sites.map((_, index) => `(name = ${text(siteName(index))}, service = ${text(siteName(index))})`),
          ]),
          ...sites.map((site, index) => siteWorker(siteName(index), site, sandbox, folder)),
        ]
      : []),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    ${workers.join(",\n    ")},
    ${internet},
    ${sites.length > 0 ? '(name = "nothing", network = (allow = [])),' : ""}
    ${sandbox ? '(name = "loopback", network = (allow = ["local"])),' : ""}
    ${server.assets ? `(name = "assets", disk = (path = ${text(server.assets.folder)})),` : ""}
    (name = "objects", disk = (path = ${text(objectsFolder)}, writable = true)),
  ],
  sockets = [(
    name = "http",
    address = ${text(`${listen.host.includes(":") ? `[${listen.host}]` : listen.host}:${listen.port}`)},
    http = (),
    service = ${text((sandbox ?? server).name)},
  )],
);
`;
}

function siteName(index: number): string {
  return `site-${index}`;
}

function siteWorker(name: string, { main }: SiteWorker, { compatibilityDate }: WorkerManifest, folder: string): string {
  return `(name = ${text(name)}, worker = (
      modules = [${module("site.js", main, folder)}],
      compatibilityDate = ${text(compatibilityDate)},
      globalOutbound = "nothing",
    ))`;
}

function module(name: string, path: string, folder: string): string {
  return `(name = ${text(name)}, esModule = embed ${text(relative(folder, path))})`;
}

/** @param beside further modules, by the names under which the Worker's own imports them */
function worker(
  manifest: WorkerManifest,
  folder: string,
  beside: Readonly<Record<string, string>>,
  extraBindings: readonly string[],
): string {
  const { name, main, compatibilityDate, compatibilityFlags, objects, services } = manifest;
  const bindings = [
    ...objects.map(
      ({ binding, className }) =>
        `(name = ${text(binding)}, durableObjectNamespace = (className = ${text(className)}))`,
    ),
    ...services.map(({ binding, service }) => `(name = ${text(binding)}, service = ${text(service)})`),
    ...extraBindings,
  ];
  const namespaces = objects.map(
    // The unique key names the folder of the object's databases: changing it would lose them.
    ({ className }) =>
      `(className = ${text(className)}, uniqueKey = ${text(className.toLowerCase())}, enableSql = true)`,
  );
  return `(name = ${text(name)}, worker = (
      modules = [${Object.entries({ "worker.js": main, ...beside })
        .map(([moduleName, path]) => module(moduleName, path, folder))
        .join(", ")}],
      compatibilityDate = ${text(compatibilityDate)},
      compatibilityFlags = [${compatibilityFlags.map(text).join(", ")}],
      durableObjectNamespaces = [${namespaces.join(", ")}],
      durableObjectStorage = (localDisk = "objects"),
      bindings = [
        ${bindings.join(",\n        ")}
      ],
      globalOutbound = "internet",
    ))`;
}

function text(value: string): string {
  return JSON.stringify(value);
}
