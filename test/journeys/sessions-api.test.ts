import { Passage } from "@passage/connect";
import { expect, test } from "vitest";
import { enterCode, openDeviceProcess, signInUpToCode } from "../harness/open-device.ts";
import { usePassage } from "../harness/use-passage.ts";

const passage = usePassage();

test("the Sessions API's quickstart, on the sandbox, in a real Chromium", { timeout: 90_000 }, async () => {
  const sdk = new Passage({ apiKey: passage.testKey as string, baseUrl: passage.url });
  const site = `http://www.t-mobile.localhost:${passage.port}`;

  const session = await sdk.sessions.create({ metadata: { order: "A-7" } });
  const device = await openDeviceProcess(`${session.websocketUrl}?token=${session.clientToken}`);
  const browser = await session.connect();
  await browser.waitForClient();

  await browser.updateStatus({ heading: "Opening T-Mobile" });
  const { status } = await browser.navigate({ url: `${site}/account` });
  expect(status).toBe(200);
  await browser.waitForSelector({ selector: "input#usernameTextBox" });

  const turn = browser.yieldToUser({
    status: { heading: "Sign in and open your bill" },
    conditions: [{ type: "networkRequest", urlContains: "/bill-dataset", successfulOnly: true, captureBody: true }],
    timeout: 60_000,
  });
  await signInUpToCode(device.person);
  await enterCode(device.person);
  await device.person.click("text=Bill & pay >> nth=0");
  const result = await turn;
  expect(result).toMatchObject({ matched: true, condition: 0, networkCapture: { method: "POST", status: 200 } });
  const body = JSON.parse(result.networkCapture?.responseBody ?? "null");
  expect(body.briteBillDataSet.autoPay).toMatchObject({ dueDate: expect.any(String) });

  await browser.waitForNetworkIdle();
  await browser.waitForSelector({ selector: "role=heading[name=/Bill/]" });
  const { text } = await browser.textContent({ selector: "h1" });
  const [title, url] = await browser.batch([{ command: "title" }, { command: "url" }]);
  expect(text).toContain("Bill");
  expect(title.title).toContain("T-Mobile");
  expect(url.url).toBe(`${site}/bill/summary`);
  const { data, format } = await browser.screenshot({ format: "jpeg" });
  expect({ format, isJpeg: data.startsWith("/9j/") }).toEqual({ format: "jpeg", isJpeg: true });
  await expect(browser.click({ selector: "#nowhere", timeout: 500 })).rejects.toMatchObject({
    code: "timeout",
    command: "click",
  });

  await browser.complete({ due: body.briteBillDataSet.autoPay.dueDate });
  expect(await device.ended, device.output()).toBe(0);
  const response = await fetch(`${passage.url}/v1/sessions/${session.sessionId}`, {
    headers: { authorization: `Bearer ${passage.testKey}` },
  });
  expect(await response.json()).toMatchObject({
    phase: "complete",
    metadata: { order: "A-7" },
    result: { due: body.briteBillDataSet.autoPay.dueDate },
  });
});
