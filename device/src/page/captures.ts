import { PassageError } from "@passage/protocol/errors";
import { type CaptureConfig, maxCaptureBytes } from "@passage/protocol/session";
import type { Telemetry } from "../egress/telemetry.ts";
import type { ExecutorParts } from "../executor/parts.ts";
import { Progress } from "../executor/progress.ts";
import { maskedPicture } from "./masked-picture.ts";

const defaultDelayMs = 250;
const defaultIntervalMs = 5_000;
const longestMs = 10_000;
/** What an event has around its capture. */
const envelopeBytes = 16_384;

type Parts = Pick<ExecutorParts, "page" | "origins" | "privacy" | "fields" | "egress">;

/** What the session asked to be captured: snapshots after each navigation, pictures at intervals. None in a private phase. */
export class Captures {
  readonly #parts: Parts;
  readonly #telemetry: Telemetry;
  readonly #onSkipped: (why: string) => void;
  #config: CaptureConfig = {};
  #delay: NodeJS.Timeout | undefined;
  #interval: NodeJS.Timeout | undefined;
  #underWay = false;

  constructor(parts: Parts, telemetry: Telemetry, onSkipped: (why: string) => void) {
    this.#parts = parts;
    this.#telemetry = telemetry;
    this.#onSkipped = onSkipped;
    parts.page.webview.listen((event) => {
      if (event.type === "loaded" || event.type === "sameDocument") this.#navigated();
    });
  }

  /** Follows the configuration from now on; a second hello changes nothing that runs already. */
  configure(config: CaptureConfig | undefined): void {
    this.#config = config ?? {};
    const { screenshots } = this.#config;
    clearInterval(this.#interval);
    if (!screenshots?.enabled) return;
    this.#interval = setInterval(
      () => void this.#capture("page.screenshot"),
      screenshots.intervalMs ?? defaultIntervalMs,
    );
  }

  stop(): void {
    clearTimeout(this.#delay);
    clearInterval(this.#interval);
  }

  #navigated(): void {
    const { snapshots } = this.#config;
    clearTimeout(this.#delay);
    if (!snapshots?.enabled) return;
    this.#delay = setTimeout(() => void this.#capture("page.snapshot"), snapshots.delayMs ?? defaultDelayMs);
  }

  /** One at a time; what cannot be taken now is left out, not made up for later. */
  async #capture(type: "page.snapshot" | "page.screenshot"): Promise<void> {
    const { page, origins, privacy, fields } = this.#parts;
    if (this.#underWay || privacy.reason) return;
    this.#underWay = true;
    const progress = new Progress(longestMs);
    try {
      const payload = await fields.reading(async () => {
        origins.demand(page.url());
        return type === "page.snapshot" ? await this.#snapshot(progress) : await this.#picture(progress);
      }, progress);
      if (JSON.stringify(payload).length > maxCaptureBytes - envelopeBytes) this.#onSkipped(`${type}: too large`);
      else this.#telemetry.captured(type, { ...payload, url: page.url() });
    } catch (error) {
      this.#onSkipped(`${type}: ${error instanceof PassageError ? error.code : "failed"}`);
    } finally {
      progress.finish();
      this.#underWay = false;
    }
  }

  async #snapshot(progress: Progress) {
    const taken = await progress.race(this.#parts.page.call("snapshot"));
    if (taken.kind === "gone") throw new PassageError("page_gone", "The page went on");
    return taken.value;
  }

  async #picture(progress: Progress) {
    const { page } = this.#parts;
    const { snapshot } = page.webview;
    if (!snapshot) throw new PassageError("unsupported_command", "This device cannot take pictures of the page");
    const wanted = { format: "jpeg", quality: 60, fullPage: false } as const;
    const picture = await maskedPicture({ ...this.#parts, progress }, () => snapshot(wanted));
    const title = await progress.race(page.call("title"));
    return { ...picture, title: title.kind === "value" ? title.value : "" };
  }
}
