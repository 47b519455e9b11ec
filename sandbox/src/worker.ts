import { appleReviewHost } from "./apple-review/host.ts";
import { appleReview } from "./apple-review/site.ts";
import { brand as attBrand } from "./att/brand.ts";
import { att } from "./att/site.ts";
import { type Env, packageSite } from "./env.ts";
import { indexSite } from "./index-page.ts";
import { brand as tmobileBrand } from "./tmobile/brand.ts";
import { tmobile } from "./tmobile/site.ts";
import { ubereats, ubereatsDomains } from "./ubereats/site.ts";
import { brand as verizonBrand } from "./verizon/brand.ts";
import { verizon } from "./verizon/site.ts";

export { Sites } from "./sites.ts";

const sites = [
  { apex: appleReviewHost, site: appleReview },
  { apex: attBrand.hosts.apex, site: att },
  { apex: tmobileBrand.hosts.apex, site: tmobile },
  ...ubereatsDomains.map((apex) => ({ apex, site: ubereats })),
  { apex: verizonBrand.hosts.apex, site: verizon },
];

/** Sandbox sites are told apart by Host; any other host is the product's. */
export default {
  fetch(request, env, context) {
    const address = URL.parse(request.url);
    if (!address || !/^[\w.:[\]-]+$/.test(address.hostname)) return unreadable();
    const { hostname } = address;
    if (hostname === "sandbox.localhost") return indexSite.fetch(request, env, context);
    const found = sites.find(({ apex }) => hostname === apex || hostname.endsWith(`.${apex}`));
    return found ? found.site.fetch(request, env, context) : (packageSite(env, hostname) ?? env.PASSAGE).fetch(request);
  },
} satisfies ExportedHandler<Env>;

/** Two Host headers, one that is no host, and `OPTIONS *` make an address that cannot be passed on: refused as the product refuses it. */
function unreadable(): Response {
  const error = "The request's address cannot be read. Send one Host header, and a path that begins with a slash.";
  return Response.json({ error, code: "malformed_request" }, { status: 400 });
}
