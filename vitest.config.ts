import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{protocol,providers,device,server,sandbox,connect,link,cli,scripts}/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: each file may start a server and a browser.
    maxWorkers: 2,
  },
});
