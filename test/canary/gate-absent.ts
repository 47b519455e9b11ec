import { registerHooks } from "node:module";

/**
 * Loaded before the program (`node --import`), it makes of our device one that leaks: no private phase, no owner of pages and
 * fields, and no scan of what it sends. It exists to show that the canary matrix would notice; nothing that is built or shipped contains it.
 */
const absent: Readonly<Record<string, string>> = {
  "egress/private-phase.ts": `
    Object.defineProperty(PrivatePhase.prototype, "reason", { get: () => null });
    Object.defineProperty(PrivatePhase.prototype, "hadField", { get: () => false });
    Object.defineProperty(PrivatePhase.prototype, "entered", { get: () => 0 });`,
  "page/ownership.ts": "Ownership.prototype.demand = () => {};",
  "hosts/browser/script-source.ts": `
    const guarded = readPageScript;
    readPageScript = async (...file) => {
      const parts = (await guarded(...file)).split(/\\bowns:[\\w$]+/);
      if (parts.length !== 2) throw new Error("The page script has its owners elsewhere");
      return parts.join("owns:()=>!1");
    };`,
  "egress/clearance.ts": "Clearance.prototype.clear = (message) => message;",
};

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    const found = Object.entries(absent).find(([file]) => url.endsWith(`/device/src/${file}`));
    return found ? { ...loaded, source: `${loaded.source}\n${found[1]}` } : loaded;
  },
});
