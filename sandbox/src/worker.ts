import type { Env } from "./env.ts";
import { indexSite } from "./index-page.ts";
import { tmobile } from "./tmobile/site.ts";

export { Sites } from "./sites.ts";

/** Sandbox sites are told apart by Host; any other host is the product's. */
export default {
  fetch(request, env, context) {
    const { hostname } = new URL(request.url);
    if (hostname === "sandbox.localhost") return indexSite.fetch(request, env, context);
    if (hostname === "t-mobile.localhost" || hostname.endsWith(".t-mobile.localhost")) {
      return tmobile.fetch(request, env, context);
    }
    return env.PASSAGE.fetch(request);
  },
} satisfies ExportedHandler<Env>;
