import * as z from "zod";

/** What several tools take. */
export const linkId = z.string().max(100).describe("link_…");
export const sessionId = z.string().max(100).describe("sess_…");
export const eventId = z.string().max(100).describe("evt_…");
export const limit = z.int().min(1).max(50).default(20).describe("1 to 50");
export const cursor = z.string().max(2_048).optional().describe("From the page before");
