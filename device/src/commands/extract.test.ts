import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { objectOf } from "../../test/object-shape.ts";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());
const extract = (params: Parameters<typeof rig.run<"extract">>[1]) => rig.run("extract", { timeout: 600, ...params });

const table = `<table><tr class=bill data-id=7><td class=when> May
    2026 </td><td class=due><b>9.99</b></td><td><a href="/pdf/7">PDF</a></td></tr>
  <tr class=bill data-id=8><td class=when>June</td><td class=due>8</td><td></td></tr></table>`;

describe("extract from the page", () => {
  test("rows: text, html, attributes, the row itself, and what may lack", async () => {
    await rig.show(table);
    const fields = {
      when: ".when",
      due: { selector: ".due", read: "html" },
      id: { read: "attribute:data-id" },
      pdf: { selector: "a", read: "attribute:href", optional: true },
    };
    const may = { when: "May 2026", due: "<b>9.99</b>", id: "7", pdf: "/pdf/7" };
    const june = { when: "June", due: "8", id: "8", pdf: null };
    expect((await extract({ from: "dom", rows: "tr.bill", fields })).result).toEqual({ data: [may, june] });
    expect((await extract({ from: "dom", rows: "tr.bill", fields, limit: 1 })).result).toEqual({ data: [may] });
    expect((await extract({ from: "dom", rows: "tr.none", fields })).result).toEqual({ data: [] });
    expect((await extract({ from: "dom", fields: { first: "tr.bill >> nth=0 >> .when" } })).result).toEqual({
      data: { first: "May 2026" },
    });
  });

  test.each([
    ["white space", "  $42.10\n  due ", "$42.10 due"],
    ["a line break", "12 Main St<br>Springfield", "12 Main St Springfield"],
    ["blocks", "<div>Jan 5</div><div>2026</div>", "Jan 5 2026"],
    ["a list", "<ul><li>Talk</li><li>Text</li></ul>", "Talk Text"],
    ["cells", "<table><tr><td>1</td><td>2</td></tr></table>", "1 2"],
    ["columns", "<div style='display:flex'><span>Jan</span><span>5</span></div>", "Jan 5"],
    ["inline parts", "<b>$</b><span>42</span><sup>.10</sup>", "$42.10"],
    ["display: none", "<span style='display:none'>$99.00</span>$42.10", "$42.10"],
    [
      "visibility",
      "<span style='visibility:hidden'>$99.00<i style='visibility:visible'>$1</i></span>$42.10",
      "$1$42.10",
    ],
    ["scripts and styles", "Total<script>var x=1</script><style>b{}</style> $5", "Total $5"],
    ["details", "<details><summary>Fees</summary>$1</details>", "Fees"],
    ["options", "Plan <select><option>Basic<option selected>Pro</select>", "Plan Basic Pro"],
    ["what was written in a field", "Note <textarea>old</textarea>", "Note"],
    ["capitals by style", "<span style='text-transform:uppercase'>May</span>", "May"],
    ["display: contents", "<div style='display:contents'>a<p>b</p></div>", "a b"],
    ["a form's fields called as properties", "<form>$5<input name=firstChild><input name=nodeType></form>", "$5"],
    ["an open shadow root", "<x-price><template shadowrootmode=open>$<slot></slot></template>5</x-price>", "$5"],
  ])("text is what a person reads: %s", async (_what, html, text) => {
    await rig.show(`<div id=it>${html}</div><div style="display:none"><p id=unshown>a<br>b<i hidden>c</i></p></div>`);
    const fields = { it: "#it", unshown: "#unshown" };
    expect((await extract({ from: "dom", fields })).result).toEqual({ data: { it: text, unshown: "a b" } });
  });

  test("waits for what is still being drawn", async () => {
    await rig.show("<ul><li class=row></li></ul>");
    const extracted = extract({ from: "dom", rows: ".row", fields: { name: "b" }, timeout: 5_000 });
    await rig.webview.evaluate("document.querySelector('.row').innerHTML = '<b>Ada</b>'; null");
    expect((await extracted).result).toEqual({ data: [{ name: "Ada" }] });
  });

  test.each([
    [
      "a field that lacks",
      { rows: "tr.bill", fields: { pdf: "a" } },
      "extract_failed",
      "row 2 of 2 (tr.bill), field pdf: a matches nothing",
    ],
    [
      "an attribute that lacks",
      { fields: { id: { selector: "table", read: "attribute:id" } } },
      "extract_failed",
      "field id: the element has no attribute id",
    ],
    [
      "a field that is many",
      { rows: "tr.bill", fields: { cell: "td" } },
      "strict_violation",
      "row 1 of 2 (tr.bill), field cell: The selector td matches 3",
    ],
    ["a selector that is none", { fields: { x: "td:nope(" } }, "invalid_selector", "field x"],
    ["rows that are none", { rows: "td:nope(", fields: {} }, "invalid_selector", "td:nope("],
  ] as const)("%s is told with its place", async (_what, params, code, message) => {
    await rig.show(table);
    const { error } = await extract({ from: "dom", ...params });
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test("what the person types into sensitive fields stays where it is", async () => {
    await rig.show(
      "<input id=p type=password value=canary><input id=c autocomplete='section-a one-time-code' value=canary>",
    );
    for (const selector of ["#p", "#c"]) {
      const { error } = await extract({ from: "dom", fields: { x: { selector, read: "attribute:value" } } });
      expect(error?.code).toBe("blocked_private");
    }
    expect((await extract({ from: "dom", fields: { x: { selector: "#p", read: "value" } } })).error?.code).toBe(
      "invalid_params",
    );
  });
});

describe("extract from a response", () => {
  const show = async (body: string) => {
    rig.site.answer("/api", (_request, response) => response.end(body));
    await rig.show("<script>fetch('/api')</script>");
  };

  test("the response is waited for, and only what the schema names leaves", async () => {
    await show(
      JSON.stringify({
        data: {
          bills: [
            { id: 1, dates: { due: "11/21/2026" }, token: "canary" },
            { id: 2, dates: { due: "soon" } },
          ],
        },
      }),
    );
    const before = rig.frames.length;
    const bill = objectOf({ id: { leaf: "integer" }, dates: objectOf({ due: { orNull: { leaf: "date" } } }) });
    const answer = await extract({
      from: "response",
      url: "/api$",
      schema: objectOf({ data: objectOf({ bills: { type: "array", maxItems: 12, items: bill } }) }),
      timeout: 5_000,
    });
    expect(answer.result).toEqual({
      data: {
        data: {
          bills: [
            { id: 1, dates: { due: "2026-11-21" } },
            { id: 2, dates: { due: null } },
          ],
        },
      },
      drift: [{ at: "data.bills[].dates.due", expected: "date", seen: "text", count: 1 }],
    });
    expect(rig.frames.slice(before).join()).not.toContain("canary");
    expect((await extract({ from: "response", url: "/api$" })).result.data.data.bills).toHaveLength(2);
  });

  test.each([
    [
      "a place that is not there",
      '{"a":{"b":1}}',
      { schema: objectOf({ a: objectOf({ c: { leaf: "integer" } }) }) },
      "extract_failed",
      "a.c is absent, not integer",
    ],
    ["a body that is not JSON", "<html>", {}, "extract_failed", "200 of "],
    ["no such response", "{}", { status: 404 }, "timeout", "No response was as wanted"],
    ["a schema that is none", "{}", { schema: { type: "string" } as never }, "invalid_params", "has none of"],
  ])("%s", async (_what, body, params, code, message) => {
    await show(body);
    const { error } = await extract({ from: "response", url: "/api$", ...params });
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
