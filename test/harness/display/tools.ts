import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** What the display needs, and Debian's package of it. */
const needed: Readonly<Record<string, string>> = {
  "/usr/bin/Xvfb": "xvfb",
  "/usr/bin/xdotool": "xdotool",
  "/usr/bin/dbus-daemon": "dbus-daemon",
  "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
  "/usr/bin/python3": "python3",
  "/usr/lib/python3/dist-packages/gi/__init__.py": "python3-gi",
};
/** Their files stand in a folder that differs between machines. */
const alwaysWith = ["gir1.2-atspi-2.0"];

/** Installs Xvfb, xdotool and the accessibility bus where one is missing: on Debian as root; elsewhere it throws what is missing. */
export function ensureDisplayTools(): void {
  const packages = Object.entries(needed).flatMap(([file, name]) => (existsSync(file) ? [] : [name]));
  if (packages.length === 0 && hasTypelib()) return;
  const wanted = [...packages, ...alwaysWith];
  const command = `apt-get install -y --no-install-recommends ${wanted.join(" ")}`;
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0)
    throw new Error(`The tests at a display need packages that are missing here. On Debian, as root: ${command}`);
  console.error(`Installing ${wanted.join(", ")} for the tests at a display …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const words of ["apt-get update -qq", `${command} -qq`]) {
    const [program = "", ...args] = words.split(" ");
    if (spawnSync(program, args, { stdio: ["ignore", "ignore", 2], env }).status !== 0)
      throw new Error(`"${words}" failed; its messages are above. Install the packages by hand.`);
  }
}

function hasTypelib(): boolean {
  const look = 'import gi; gi.require_version("Atspi", "2.0")';
  return spawnSync("/usr/bin/python3", ["-c", look], { stdio: "ignore" }).status === 0;
}
