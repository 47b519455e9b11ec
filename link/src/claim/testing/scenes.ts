import { details, type PlayedServer } from "./server.ts";

/** Every state that the page can show, and how a server brings it about. Served before the page opens. */
export const scenes: { name: string; heading: string; play: (server: PlayedServer) => void }[] = [
  {
    name: "waiting",
    heading: "Connect T-Mobile to Budget Buddy",
    play: (server) => server.play(details, { status: "pending" }),
  },
  {
    name: "working",
    heading: "Connect T-Mobile to Budget Buddy",
    play: (server) => server.play({ ...details, status: "active" }, { status: "active", step: "working" }),
  },
  {
    name: "your-turn",
    heading: "Connect T-Mobile to Budget Buddy",
    play: (server) => server.play({ ...details, status: "active" }, { status: "active", step: "waiting_for_user" }),
  },
  {
    name: "complete-returning",
    heading: "Done",
    play: (server) => server.play({ ...details, returnUrl: `${server.url}/back?a=b%20c` }, { status: "complete" }),
  },
  { name: "complete", heading: "Done", play: (server) => server.play(details, { status: "complete" }) },
  {
    name: "failed",
    heading: "This attempt did not work",
    play: (server) =>
      server.play(
        { ...details, status: "failed", returnUrl: "myapp://done" },
        { status: "failed", error: { code: "CLIENT_TIMEOUT", message: "internal words" } },
      ),
  },
  {
    name: "failed-account-locked",
    heading: "This attempt did not work",
    play: (server) =>
      server.play(
        { ...details, status: "failed" },
        {
          status: "failed",
          error: {
            code: "AUTOMATION_ERROR",
            message: "T-Mobile says that the account is locked.",
            details: { reason: "account_locked" },
          },
        },
      ),
  },
  {
    name: "cancelled",
    heading: "This link was cancelled",
    play: (server) =>
      server.play(
        { ...details, returnUrl: "https://app.example/back" },
        { status: "expired", cancelledAt: 1_767_225_600_000 },
      ),
  },
  {
    name: "a-name-that-turns-around",
    heading: "Connect Uber Eats to \u05e9\u05dc\u05d5\u05dd EVIL Bank",
    play: (server) =>
      server.play(
        {
          ...details,
          requestedBy: "\u05e9\u05dc\u05d5\u05dd\u202e EVIL Bank",
          provider: { id: "ubereats", name: "Uber Eats", site: "http://www.ubereats.localhost:8787" },
          operations: [
            {
              resource: "orderHistory",
              action: "read",
              description: "Your past orders: restaurants, items, prices and dates",
              details: [],
            },
          ],
        },
        { status: "pending" },
      ),
  },
  {
    name: "expired",
    heading: "This link has expired",
    play: (server) => server.play({ status: 410, code: "link_expired" }),
  },
  {
    name: "unknown",
    heading: "This link does not exist",
    play: (server) => server.play({ status: 404, code: "not_found" }),
  },
  {
    name: "used",
    heading: "This link was already used",
    play: (server) => server.play({ ...details, status: "complete", mode: "live" }),
  },
  {
    name: "unreachable",
    heading: "The server cannot be reached",
    play: (server) => server.play({ status: 503, code: "internal" }),
  },
  {
    name: "long-words",
    heading:
      "Connect Supercalifragilistic Wireless Telecommunications to The Extraordinarily Long Name Of A Company GmbH & Co. KG",
    play: (server) =>
      server.play(
        {
          ...details,
          mode: "live",
          requestedBy: "The Extraordinarily Long Name Of A Company GmbH & Co. KG",
          provider: {
            id: "x",
            name: "Supercalifragilistic Wireless Telecommunications",
            site: "https://a.very.long.host.name.of.a.customer.account.portal.example.com/login",
          },
          operations: Array.from({ length: 10 }, () => ({
            resource: "x",
            action: "read",
            description: "Everything that there is to read about statements, with <b>no</b> markup at all",
            details: [
              "It reads everything that there is, and <i>more</i>; it works on a.very.long.host.name.of.a.customer.example only.",
            ],
          })),
        },
        { status: "pending" },
      ),
  },
];
