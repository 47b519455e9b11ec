/** The orders page: ten orders a call, a button for more, and each order's receipt in a dialog with an address of its own. */
export const ordersAppScript = `
const list = document.getElementById("orders");
const state = document.getElementById("orders-state");
const alertBox = document.getElementById("orders-alert");
const more = document.getElementById("more");
const receipt = document.getElementById("receipt");
const shown = new Map();

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

async function call(name, body) {
  const response = await fetch("/_p/api/" + name, {
    method: "POST",
    headers: { "Content-Type": "application/json", "x-csrf-token": "x" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (answer.status !== "success") throw new Error(answer.data.message);
  return answer.data;
}

const money = (amount, currency) => amount.toLocaleString("en-US", { style: "currency", currency });
const day = (iso) => new Date(iso).toLocaleDateString("en-US", { month: "short", day: "numeric", year: "numeric" });

function row({ baseEaterOrder: order, storeInfo: store, fareInfo }) {
  const isRefunded = fareInfo?.checkoutInfo.some(({ key }) => key === "eats_fare.refund");
  const badge = order.isCancelled ? "Canceled" : isRefunded ? "Refunded" : "";
  const picture = element("img", { src: store.heroImageUrl, alt: "" });
  const items = order.shoppingCart.items.map(({ title, quantity, customizations }) => {
    const extras = customizations.flatMap(({ childOptions }) => childOptions.options.map((option) => option.title));
    return element("li", {}, element("span", { textContent: quantity }), element("span", { textContent: title }),
      ...(extras.length ? [element("small", { textContent: extras.join(", ") })] : []));
  });
  const total = fareInfo ? money(fareInfo.totalPrice / 100, order.currencyCode) : "";
  const about = order.numItems + (order.numItems === 1 ? " item · " : " items · ") + total + " · " + day(order.lastStateChangeAt);
  return element("div", {},
    element("a", { href: "/orders?mod=orderReceipt&modctx=" + order.uuid + "&ps=1" }, element("figure", {}, picture)),
    element("div", {},
      element("h2", { textContent: store.title }),
      element("p", {}, about + " ", ...(badge ? [element("span", { className: "badge", textContent: badge })] : [])),
      element("ul", {}, ...items),
      element("button", { className: "plain", textContent: "View receipt", onclick: () => openReceipt(order.uuid, true) })));
}

async function load() {
  more.disabled = true;
  alertBox.textContent = "";
  try {
    const { orderUuids, ordersMap, meta } = await call("getPastOrdersV1", { lastWorkflowUUID: [...shown.keys()].at(-1) ?? "" });
    for (const uuid of orderUuids) {
      shown.set(uuid, ordersMap[uuid]);
      list.append(row(ordersMap[uuid]));
    }
    more.hidden = !meta.hasMore;
    state.textContent = shown.size ? "" : "You have no orders yet.";
  } catch {
    state.textContent = "";
    alertBox.textContent = "We couldn't load your orders. Please try again.";
    more.hidden = false;
  }
  more.disabled = false;
}

function openReceipt(uuid, push) {
  const order = shown.get(uuid);
  if (!order) return;
  const { currencyCode } = order.baseEaterOrder;
  const rows = (order.fareInfo?.checkoutInfo ?? []).map(({ label, rawValue }) =>
    element("tr", {}, element("td", { textContent: label }), element("td", { textContent: money(rawValue, currencyCode) })));
  receipt.replaceChildren(
    element("h2", { id: "receipt-store", textContent: order.storeInfo.title }),
    element("p", { className: "quiet", textContent: day(order.baseEaterOrder.lastStateChangeAt) }),
    rows.length ? element("table", {}, element("tbody", {}, ...rows)) : element("p", { textContent: "You were not charged." }),
    element("button", { className: "button light", textContent: "Close", onclick: () => receipt.close() }));
  if (push) history.pushState(null, "", "/orders?mod=orderReceipt&modctx=" + uuid + "&ps=1");
  receipt.showModal();
}

receipt.addEventListener("close", () => history.replaceState(null, "", "/orders"));
list.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  openReceipt(new URL(link.href).searchParams.get("modctx"), true);
});
more.addEventListener("click", load);

const asked = new URLSearchParams(location.search).get("modctx");
load().then(() => { if (asked) openReceipt(asked, false); });
`;
