import type { Command } from "./command.ts";

export const updateStatus: Command<"updateStatus"> = async ({ overlay }, status) => {
  overlay.updateStatus(status);
  return {};
};
