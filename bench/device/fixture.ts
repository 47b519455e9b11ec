import type { Site } from "../../device/test/site.ts";

const row = (number: number) =>
  `<li class="bill" data-id="b${number}"><b>$${(number * 1.37 + 40).toFixed(2)}</b> <span>Due 2026-${String((number % 12) + 1).padStart(2, "0")}-21</span></li>`;

/** A page as a provider meets it: an account with a form, two dozen bills and a request of its own. No field for a secret. */
const html = `<title>Bills</title><style>body { font: 16px sans-serif; width: 380px } li { padding: 6px }</style>
<h1 id="title">Your bills</h1>
<form onsubmit="return false">
  <label>Name of this bill <input id="note" name="note"></label>
  <label><input id="paperless" type="checkbox"> Paperless</label>
  <label>Plan <select id="plan"><option value="a">Basic</option><option value="b">Unlimited</option></select></label>
  <label>Receipt <input id="receipt" type="file"></label>
  <button id="more" type="button" onclick="this.dataset.count = 1 + Number(this.dataset.count ?? 0)">Show more</button>
  <button id="ask" type="button" onclick="fetch('/api/bills?round=' + this.value)">Refresh</button>
</form>
<ul id="bills">${Array.from({ length: 24 }, (_, number) => row(number)).join("\n")}</ul>
<a href="/bills/2">Next page</a>`;

/** Serves the page and what it asks for; returns its address. */
export function serveFixture(site: Site): string {
  const bills = Array.from({ length: 24 }, (_, number) => ({ id: `b${number}`, amount: number * 1.37 + 40 }));
  site.answer("/api/bills", (_request, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data: { bills } })),
  );
  site.page("/bills/2", html);
  return site.page("/bills", html);
}
