import { relative } from "node:path";
import { reservedRanges } from "@passage/protocol/addresses";
import type { WorkerManifest } from "./manifest.ts";

export interface Topology {
  /** Folder of the configuration file; `embed` paths are relative to it. */
  readonly folder: string;
  /** Folder of the objects' databases. */
  readonly objectsFolder: string;
  readonly server: WorkerManifest;
  /** null in production: the server answers alone and reaches no loopback address. */
  readonly sandbox: WorkerManifest | null;
  readonly listen: { readonly host: string; readonly port: number };
  /** Names of environment variables that the server reads as bindings; their values never stand in the file. */
  readonly variables: readonly string[];
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
  const { folder, objectsFolder, server, sandbox, listen, variables } = topology;
  const workers = [
    worker(server, folder, [
      ...variables.map((name) => `(name = ${text(name)}, fromEnvironment = ${text(name)})`),
      ...(server.assets ? [`(name = ${text(server.assets.binding)}, service = "assets")`] : []),
      ...(sandbox ? ['(name = "LOOPBACK", service = "loopback")'] : []),
    ]),
    ...(sandbox ? [worker(sandbox, folder, [])] : []),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    ${workers.join(",\n    ")},
    ${internet},
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

function worker(manifest: WorkerManifest, folder: string, extraBindings: readonly string[]): string {
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
      modules = [(name = "worker.js", esModule = embed ${text(relative(folder, main))})],
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
