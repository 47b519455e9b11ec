/** The page that a run gets. `pageOver` makes one over a device that a test scripts. */
export type { Issued } from "@passage/automation/issued";
export { type Page, pageOver, type Turn } from "@passage/automation/page";
