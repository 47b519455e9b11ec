/**
 * The micro-app inside the frame. It mints the token with its own XHR and keeps it: the page around it gets the bills
 * and a way to download, never the token.
 */
export const briteBillScript = `
const startDelayMs = 300;
const summary = "/self-service-pub/v1/bill-summary";
const details = "/self-service-britebill/billing/v2/billdetails";
const form = { "Content-Type": "application/x-www-form-urlencoded" };
const json = { "Content-Type": "application/json", Accept: "application/json" };

function post(path, headers, body, responseType = "json") {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.timeout = 20000;
    request.responseType = responseType;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.onload = () => (request.status === 200 ? resolve(request.response) : reject(new Error(String(request.status))));
    request.onerror = request.ontimeout = () => reject(new Error("no answer"));
    request.send(body);
  });
}

async function start() {
  const { sessionData } = await post(summary, form, "action=getSessionData");
  const token = sessionData.accessTokenSAAS;
  const list = await post(summary, form, "action=getBillList&isBillCycleGroupByYear=true");
  const dataset = await post("/self-service-pub/v1/bill-dataset", json, "{}");

  function readBill(documentId, headers, responseType) {
    const trusted = { ...json, ...headers, authorization: "Bearer " + token, "x-auth-originator": token };
    return post(details, trusted, JSON.stringify({ puid: sessionData.PUID, ban: sessionData.BAN, documentId }), responseType);
  }

  const current = list.getBillList[0]?.bills[0];
  const reduced = current ? await readBill(current.documentId, { mode: "reduced" }) : null;
  const download = (documentId) => readBill(documentId, { mode: "summary", Accept: "application/pdf" }, "blob");
  parent.dispatchEvent(new parent.CustomEvent("britebill", { detail: { list, dataset, reduced, download } }));
}

setTimeout(() => start().catch((error) => {
  parent.dispatchEvent(new parent.CustomEvent("britebill-failed", { detail: error.message }));
}), startDelayMs);
`;
