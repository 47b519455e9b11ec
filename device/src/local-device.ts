import type { DeviceKey } from "@passage/protocol/sealed-value";
import type { CommandResponse, ServerMessage } from "@passage/protocol/session";
import { type AssembledDevice, assemble } from "./assemble.ts";
import type { Declares } from "./declared/operations.ts";
import type { HostName } from "./host-names.ts";
import type { BrowserHost, LaunchOptions } from "./hosts/browser/launch.ts";
import { openHost } from "./hosts/open-host.ts";
import { Page } from "./page/page.ts";
import type { AccountBinding } from "./reads/account-codes.ts";

/** What the device holds its driver to. Origins are those of the pages that really open: sandbox twins in test mode. */
export interface LocalManifest {
  readonly origins: readonly string[];
  readonly signIn: readonly string[];
  /** What the operation declares by name, with live addresses. Undefined: the driver is a developer's own, with every command. */
  readonly declares?: Declares | undefined;
  /** Where a live address really is. Default: there. */
  readonly place?: ((liveUrl: string) => string) | undefined;
  /** What codes for accounts are made with. Without it no read has one. */
  readonly account?: AccountBinding | undefined;
}

export interface LocalDeviceOptions extends LaunchOptions {
  readonly manifest: LocalManifest;
  /** Default `chromium`. */
  readonly host?: HostName | undefined;
  /** What the egress gate kept back, by name. */
  readonly onRefused?: ((what: string) => void) | undefined;
}

/** A device that is driven from its own process, with no session and no socket: same executor, private phase and egress gate. */
export class LocalDevice {
  readonly cdpPort: number | null;
  /** What sensitive arguments are sealed to. */
  readonly key: DeviceKey;
  readonly #host: BrowserHost;
  readonly #device: AssembledDevice;
  readonly #waiting = new Map<string, (response: CommandResponse) => void>();
  readonly #closed = Promise.withResolvers<void>();

  /** Opens a browser with a fresh profile. */
  static async open(options: LocalDeviceOptions): Promise<LocalDevice> {
    return new LocalDevice(await openHost(options.host ?? "chromium", options), options);
  }

  private constructor(host: BrowserHost, { manifest, onRefused }: LocalDeviceOptions) {
    this.#host = host;
    this.cdpPort = host.cdpPort;
    this.#device = assemble(new Page(host.webview), { onRefused });
    this.hold(manifest);
    this.key = this.#device.sealed.publicKey;
    this.#device.egress.attach((text) => this.#answered(text));
    host.webview.listen((event) => {
      if (event.type === "closed") void this.#device.executor.end("The window was closed").then(this.#closed.resolve);
    });
  }

  /** Resolves when the window was closed. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** Holds the driver to another manifest, as a session of its own would: what was read before is not counted. */
  hold({ origins, signIn, declares, place = (url) => url, account }: LocalManifest): void {
    const { operations, egress } = this.#device;
    this.#device.pin({ origins, signIn, operations: declares ? [declares] : [], place, account });
    operations.budget.renew();
    egress.told.renew();
  }

  /** How many bits the driver was told besides declared leaves, since it was last held to a manifest. */
  get toldBits(): number {
    return this.#device.egress.told.answers;
  }

  /** Has the request carried out. It always answers: each command and each yield has a deadline of its own. */
  ask(
    request: Extract<ServerMessage, { type: "server.command" | "server.set_interactive" }>,
  ): Promise<CommandResponse> {
    const id = request.type === "server.command" ? request.id : (request.yield?.id ?? "");
    const { promise, resolve } = Promise.withResolvers<CommandResponse>();
    this.#waiting.set(id, resolve);
    this.#device.executor.receive(request);
    return promise;
  }

  /** Ends the browser and wipes its profile. What still waits is answered `page_gone`. */
  async close(): Promise<void> {
    await this.#device.executor.end("The device was stopped");
    await this.#host.close();
    this.#device.forget();
  }

  #answered(text: string): boolean {
    const message: CommandResponse = JSON.parse(text);
    const resolve = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    resolve?.(message);
    return true;
  }
}
