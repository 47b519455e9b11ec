import { freePort } from "../../cli/src/runtime/port.ts";
import { type Running, removeFolder, type StartOptions, startPassage } from "../harness/passage-process.ts";

/** One server that all runs share, on one data folder and port. It may be killed at any moment and comes back by itself. */
export class SharedServer {
  /** The first life: its address and key are those of all. */
  readonly first: Running;
  readonly #data: string;
  readonly #port: number;
  readonly #lives: Running[];
  readonly #options: StartOptions;
  #up: Promise<Running>;
  #restarting = false;
  kills = 0;

  private constructor(first: Running, options: StartOptions) {
    this.first = first;
    this.#options = options;
    this.#data = first.data;
    this.#port = first.port;
    this.#lives = [first];
    this.#up = Promise.resolve(first);
  }

  get url(): string {
    return this.first.url;
  }

  get testKey(): string {
    return this.first.testKey as string;
  }

  static async start(options: StartOptions = {}): Promise<SharedServer> {
    return new SharedServer(await startPassage({ ...options, port: await freePort() }), options);
  }

  /** Resolves when the server runs: at once, or when its restart is over. */
  async up(): Promise<void> {
    await this.#up;
  }

  /** `kill -9`, then a start on the same folder and port. While one is under way, another kill is the same one. */
  kill(): Promise<void> {
    if (!this.#restarting) {
      this.#restarting = true;
      this.kills += 1;
      this.#up = this.#restart();
    }
    return this.up();
  }

  /** Lines of all lives that contain the text. */
  lines(text: string): string[] {
    return this.#lives.flatMap((life) => life.output).filter((line) => line.includes(text));
  }

  /** Words of workerd itself that are not one of our JSON lines: an exception that nobody caught is among them. */
  complaints(): string[] {
    const words = this.#lives.flatMap((life) => life.output);
    return words.filter(
      (line) => /exception|uncaught|error:|failed:|\bTypeError\b/i.test(line) && !line.startsWith("{"),
    );
  }

  async stop(): Promise<void> {
    const running = await this.#up;
    await running.stop();
    removeFolder(this.#data);
  }

  async #restart(): Promise<Running> {
    const running = await this.#up;
    await running.kill();
    const next = await startPassage({ ...this.#options, data: this.#data, port: this.#port });
    this.#lives.push(next);
    this.#restarting = false;
    return next;
  }
}
