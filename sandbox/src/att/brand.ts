import type { Brand } from "../site/brand.ts";

export const brand: Brand = {
  id: "att",
  name: "AT&T",
  account: "user ID",
  hosts: {
    apex: "att.localhost",
    www: "www.att.localhost",
    signIn: "signin.att.localhost",
    pay: "payments.att.localhost",
  },
  secondFactor: "factor",
  start: "/acctmgmt/overview",
  headline: "Calls that connect, bills that add up",
  navigation: [
    { href: "/acctmgmt/overview", text: "Overview" },
    { href: "/acctmgmt/profile/paymentmethods", text: "Payments" },
    { href: "/acctmgmt/logout", text: "Sign out" },
  ],
  logout: "/acctmgmt/logout",
  look: {
    accent: "#0568ae",
    accentDark: "#044a7c",
    radius: "8px",
    css: "header { border-bottom: 0; box-shadow: 0 1px 6px #0002; } .card, .bills { border-radius: 8px; }",
  },
};
